/** How much of the disk recordings take, by what the configuration says is kept. Pure; bytes, and GB of a thousand million of them. */
import type { Config } from '../config/schema.ts';

/** What one room with `PEOPLE` leaves on the disk. */
export interface DiskEstimate {
  /** Bytes of one recorded hour that stay; 0: they go to a store, and nothing stays here. */
  readonly keptPerHour: number;
  /** Bytes of one recorded hour while its archive is made, or until it is in the store. */
  readonly mostPerHour: number;
  /** Bytes of a live room that nobody records: what viewers go back through. */
  readonly live: number;
  /** What is counted, as a sentence without a full stop. */
  readonly counted: string;
}

/** In the room that is counted. */
export const PEOPLE = 4;
/** What the mixer asks of everybody's pictures together: bits for a pixel of the program. */
const BITS_PER_PIXEL = 0.12;
/** What one microphone sends. */
const VOICE_KBIT = 48;

/** What one room of the configured program takes; four people send as much as the mixer asks of them. */
export function estimateDisk({ program, hls, storage, recordings }: Config): DiskEstimate {
  const film = bytesAnHour((program.videoKbit + program.audioKbit) * 1000);
  const pictures = program.width * program.height * program.framerate * BITS_PER_PIXEL;
  const tracks = bytesAnHour(pictures + PEOPLE * VOICE_KBIT * 1000);
  const goes = storage.kind === 's3' && !storage.keepLocal;
  const { maxGigabytes, days } = recordings.retention;
  const parts = `${gb(film)} GB of film, ${gb(film)} GB of the same as HLS and ${gb(tracks)} GB of what ${PEOPLE} people send`;
  const rules = [
    ...(goes ? ['it goes to the store and stays here only until then'] : []),
    ...(maxGigabytes > 0 ? [`the oldest go beyond ${maxGigabytes} GB`] : []),
    ...(days > 0 ? [`each goes after ${days} days`] : []),
  ];
  return {
    keptPerHour: goes ? 0 : 2 * film + tracks,
    // The session's own log is there too, of which the HLS is a part.
    mostPerHour: 2 * film + 2 * tracks,
    live: (film * 2 * hls.dvrMinutes) / 60,
    counted: [`an hour is ${parts}`, ...rules].join('; '),
  };
}

/** Hours of recordings that `bytes` are enough for; where none stays, of those that are under way at the same time. */
export function hoursIn(bytes: number, { keptPerHour, mostPerHour }: DiskEstimate): number {
  return Math.max(0, bytes) / (keptPerHour > 0 ? keptPerHour : mostPerHour);
}

function bytesAnHour(bitsPerSecond: number): number {
  return (bitsPerSecond * 3600) / 8;
}

function gb(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
