/** The events of a session, as lines of `events.jsonl`, all on one clock. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** Name of the file in the session's folder. */
export const EVENTS_FILE = 'events.jsonl';

/** Longest line that is read: a layout with all its lists takes some ten thousand characters. */
const MAX_LINE = 256 * 1024;
const id = z.string().max(80);
const at = { ms: z.number() };
const who = { ...at, participant: id };

/** One event; told apart by `type`. */
export const sessionEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('joined'), ...who, name: z.string(), role: z.enum(['host', 'participant']) }),
  z.object({ type: z.literal('left'), ...who }),
  z.object({ type: z.literal('renamed'), ...who, name: z.string() }),
  z.object({ type: z.literal('connection'), ...who, connected: z.boolean() }),
  z.object({ type: z.literal('loudness'), ...who, silenced: z.boolean(), gainDb: z.number() }),
  z.object({ type: z.literal('consent'), ...who, given: z.boolean() }),
  z.object({
    type: z.literal('track-added'),
    ...who,
    track: z.int(),
    kind: z.enum(['video', 'audio']),
    source: z.enum(['mic', 'camera', 'screen', 'file']),
  }),
  z.object({ type: z.literal('track-removed'), ...who, track: z.int() }),
  z.object({ type: z.literal('track-state'), ...who, track: z.int(), state: z.enum(['live', 'paused', 'muted']) }),
  z.object({ type: z.literal('speaking'), ...at, participants: z.array(id), speaker: id.optional() }),
  z.object({ type: z.literal('title'), ...at, title: z.string() }),
  z.object({ type: z.literal('layout'), ...at, layout: z.unknown() }),
  z.object({ type: z.literal('annotation'), ...at, annotation: z.unknown() }),
  z.object({ type: z.literal('marker'), ...at, label: z.string(), recording: id.optional() }),
  z.object({ type: z.literal('chat'), ...at, id, participant: id, name: z.string(), text: z.string() }),
  z.object({
    type: z.literal('file'),
    ...at,
    id,
    participant: id,
    name: z.string(),
    /** As its sender calls it. */
    file: z.string(),
    fileType: z.string(),
    size: z.int().min(0),
    sha256: z.string(),
    /** In the timeline of an archive: its name there, or that somebody had deleted it before. */
    archived: z.string().optional(),
    deleted: z.literal(true).optional(),
  }),
  z.object({ type: z.literal('file-gone'), ...at, id }),
  z.object({ type: z.literal('recording'), ...at, recording: id, state: z.enum(['recording', 'paused', 'stopped']) }),
  // By how much the program shows what somebody sends later than it was captured.
  z.object({ type: z.literal('playout'), ...who, delayMs: z.number() }),
  z.object({ type: z.literal('disk'), ...at, state: z.enum(['full', 'writes']) }),
  z.object({ type: z.literal('program'), ...at, state: z.enum(['interrupted', 'resumed']) }),
]);

/** `ms`: milliseconds of the session, whose frame n is at `n * 1000 / framerate`. Told apart by `type`. */
export type SessionEvent = Readonly<z.infer<typeof sessionEventSchema>>;

/** Whether it comes again and again, and only the last of its kind holds. */
export function isPassing({ type }: Pick<SessionEvent, 'type'>): boolean {
  return type === 'speaking' || type === 'playout';
}

/** One line of the file, with its line feed. */
export function formatEvent(event: SessionEvent): string {
  // Readers of lines take these two for line feeds, and people may write them.
  return `${JSON.stringify(event).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`;
}

/** One line as an event; undefined when it is torn or of another version. */
export function parseEvent(line: string): SessionEvent | undefined {
  if (line.length > MAX_LINE) return undefined;
  try {
    return sessionEventSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** All events of a session in the order they were written; none when the file is not there. Lines that are torn are left out. */
export async function* readSessionEvents(folder: string): AsyncGenerator<SessionEvent> {
  const input = createReadStream(join(folder, EVENTS_FILE));
  const lines = createInterface({ input, crlfDelay: Infinity });
  try {
    for await (const line of lines) {
      const event = line === '' ? undefined : parseEvent(line);
      if (event) yield event;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  } finally {
    lines.close();
    input.destroy();
  }
}
