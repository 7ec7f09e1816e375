/** The index of a session's log: the parts of its segment files. One JSON object a line, appended, never changed. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isCode } from '../../errors.ts';
import type { InitSegment, Part } from '../../media/part.ts';

/** Name of the index in the session's folder. */
export const INDEX_FILE = 'parts.jsonl';

/** Name of a segment's file: the concatenation of its parts. */
export function segmentFile(segment: number): string {
  return `segment-${segment}.m4s`;
}

/** Name of the file with the start (`ftyp` + `moov`) of every segment of a generation. */
export function initFile(generation: number): string {
  return `init-${generation}.mp4`;
}

const natural = z.int().min(0);

const partSchema = z.object({
  type: z.literal('part'),
  segment: natural,
  /** Position in the segment. */
  index: natural,
  /** Bytes before it in the segment's file. */
  offset: natural,
  bytes: natural,
  firstFrame: natural,
  frames: natural,
  independent: z.boolean(),
  discontinuity: z.boolean(),
  /** Generation of the init segment. */
  init: natural,
  /** Milliseconds since 1970-01-01T00:00Z. */
  wallTime: z.number(),
});

const initSchema = z.object({
  type: z.literal('init'),
  generation: natural,
  codecs: z.array(z.string()),
  width: natural,
  height: natural,
  framerate: z.number().positive(),
});

const lineSchema = z.discriminatedUnion('type', [partSchema, initSchema]);

/** A part on disk. */
export type PartEntry = Readonly<z.infer<typeof partSchema>>;
/** An init segment on disk. */
export type InitEntry = Readonly<z.infer<typeof initSchema>>;

/** A session as it lies on disk, in the order it was written. */
export interface SessionIndex {
  readonly inits: ReadonlyMap<number, InitEntry>;
  readonly parts: readonly PartEntry[];
}

/** The entry of a part whose data was written at `offset`. */
export function partEntry(part: Part, offset: number): PartEntry {
  return {
    type: 'part',
    segment: part.segment,
    index: part.index,
    offset,
    bytes: part.data.byteLength,
    firstFrame: part.firstFrame,
    frames: part.frames,
    independent: part.independent,
    discontinuity: part.discontinuity,
    init: part.init.generation,
    wallTime: part.wallTime,
  };
}

/** The entry of an init segment. */
export function initEntry(init: InitSegment): InitEntry {
  const { generation, codecs, width, height, framerate } = init;
  return { type: 'init', generation, codecs: [...codecs], width, height, framerate };
}

/** One line of the index, with its line feed. */
export function formatEntry(entry: PartEntry | InitEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/** One line as an entry; undefined when it is torn or foreign. */
export function parseEntry(line: string): PartEntry | InitEntry | undefined {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** Reads all lines that are whole: a crash or a full disk may have torn some. */
export function parseIndex(text: string): SessionIndex {
  const inits = new Map<number, InitEntry>();
  const parts: PartEntry[] = [];
  for (const line of text.split('\n')) {
    const entry = line === '' ? undefined : parseEntry(line);
    if (entry?.type === 'init') inits.set(entry.generation, entry);
    if (entry?.type === 'part') parts.push(entry);
  }
  return { inits, parts };
}

/**
 * Reads a session's folder; leaves out parts whose bytes are not all there. A missing index is an empty session.
 * @throws Error of the file system when the folder cannot be read.
 */
export async function loadSessionIndex(folder: string): Promise<SessionIndex> {
  const index = parseIndex(await readFile(join(folder, INDEX_FILE), 'utf8').catch(emptyWhenMissing));
  const sizes = new Map<number, number>();
  for (const { segment } of index.parts) {
    if (!sizes.has(segment)) sizes.set(segment, await sizeOf(join(folder, segmentFile(segment))));
  }
  const present = index.parts.filter((part) => part.offset + part.bytes <= (sizes.get(part.segment) ?? 0));
  return { inits: index.inits, parts: present };
}

/** First frame after the last part; 0 for an empty session. */
export function endFrameOf(index: SessionIndex): number {
  return index.parts.reduce((end, part) => Math.max(end, part.firstFrame + part.frames), 0);
}

function emptyWhenMissing(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}

/** What cannot be looked at is not gone: whoever took it for that would leave it out for good. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return 0;
    throw error;
  }
}
