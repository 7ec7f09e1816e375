/** `tracks/tracks.jsonl` of a session: the list of isolated tracks, and where each was closed. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Folder of isolated tracks in that of a session. */
export const TRACKS_FOLDER = 'tracks';

const natural = z.int().min(0);

const beginSchema = z.object({
  type: z.literal('track'),
  id: natural,
  participant: z.string().max(80),
  name: z.string(),
  source: z.enum(['mic', 'camera', 'screen', 'file']),
  kind: z.enum(['video', 'audio']),
  codec: z.enum(['h264', 'vp8', 'opus']),
  /** The participant's own number for it. */
  track: z.int(),
});

/** `fromMs`, `toMs`: milliseconds of the session, first capture time and end of the last packet. */
const extentSchema = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  packets: natural,
  /** Size of the first picture. */
  width: natural.exactOptional(),
  height: natural.exactOptional(),
});

const endSchema = extentSchema.extend({
  type: z.literal('end'),
  id: natural,
  /** Length of the file by then. */
  bytes: natural,
  /** Packets that were not kept so far. */
  lost: natural,
});

const lineSchema = z.discriminatedUnion('type', [beginSchema, endSchema]);

/** A track begins. */
export type TrackBegin = Readonly<z.infer<typeof beginSchema>>;
/** Its file was closed; it may be opened again. */
export type TrackEnd = Readonly<z.infer<typeof endSchema>>;
/** What is in a track's file. */
export type TrackExtent = Readonly<z.infer<typeof extentSchema>>;

/** A track with the newest line about its end, if there is one. */
export interface TrackEntry {
  readonly begin: TrackBegin;
  readonly end: TrackEnd | undefined;
}

/** Path of the index. */
export function trackIndexPath(sessionFolder: string): string {
  return join(sessionFolder, TRACKS_FOLDER, 'tracks.jsonl');
}

/** Path of a track's packets. */
export function trackPath(sessionFolder: string, id: number): string {
  return join(sessionFolder, TRACKS_FOLDER, `track-${id}.pkts`);
}

/** One line, with its line feed. */
export function formatTrackLine(line: TrackBegin | TrackEnd): string {
  return `${JSON.stringify(line)}\n`;
}

/** By id, in the order they began. Lines that are torn are left out; no index is no tracks. */
export async function readTrackIndex(sessionFolder: string): Promise<ReadonlyMap<number, TrackEntry>> {
  const text = await readFile(trackIndexPath(sessionFolder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const tracks = new Map<number, TrackEntry>();
  for (const line of text.split('\n').map(parseLine)) {
    if (line?.type === 'track') tracks.set(line.id, { begin: line, end: undefined });
    if (line?.type !== 'end') continue;
    const known = tracks.get(line.id);
    if (known) tracks.set(line.id, { ...known, end: line });
  }
  return tracks;
}

/** The first id that no track of the session has had: one without a line may have a file. */
export async function firstFreeTrackId(sessionFolder: string): Promise<number> {
  const ids = [...(await readTrackIndex(sessionFolder)).keys()];
  const names = await readdir(join(sessionFolder, TRACKS_FOLDER)).catch(() => []);
  for (const name of names) ids.push(Number(/^track-(\d{1,9})\.pkts$/.exec(name)?.[1] ?? -1));
  return Math.max(-1, ...ids) + 1;
}

function parseLine(line: string): TrackBegin | TrackEnd | undefined {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
