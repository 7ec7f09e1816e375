/** Which pictures of a recording are shown beside it: pure. */
import type { ArchivePiece } from './archive-plan.ts';
import type { PartEntry } from '../session/session-index.ts';
import { type Cue, webvtt } from './webvtt.ts';

/** Pixels: the width of a tile, which is in the recording's own shape. */
export const TILE_WIDTH = 160;
/** Tiles in one picture, at most: across, and down. */
const GRID = 10;
const SHEET_TILES = GRID * GRID;
/** Pictures of tiles, at most. */
const MAX_SHEETS = 4;
/** Seconds between two tiles; from one to the next when there would be too many. Beyond them it is doubled. */
const INTERVALS = [2, 5, 10, 15, 20, 30, 60] as const;

/** One picture full of tiles. */
export interface SpriteSheet {
  /** Plain name in the archive. */
  readonly file: string;
  readonly columns: number;
  readonly rows: number;
  /** Times of its tiles, from left to right and from top to bottom, in seconds of the recording. */
  readonly times: readonly number[];
}

/** All tiles of a recording. */
export interface SpritePlan {
  /** Seconds between two tiles. */
  readonly interval: number;
  readonly tile: { readonly width: number; readonly height: number };
  readonly sheets: readonly SpriteSheet[];
}

/** @param seconds length of the recording, above 0. */
export function planSprites(seconds: number, form: { readonly width: number; readonly height: number }): SpritePlan {
  const interval = intervalFor(seconds);
  const count = Math.max(1, Math.ceil(seconds / interval));
  const times = Array.from({ length: count }, (_, index) => index * interval);
  const sheets = Math.ceil(count / SHEET_TILES);
  return {
    interval,
    tile: { width: TILE_WIDTH, height: Math.max(2, 2 * Math.round((TILE_WIDTH * form.height) / form.width / 2)) },
    sheets: Array.from({ length: sheets }, (_, sheet) => {
      const own = times.slice(sheet * SHEET_TILES, (sheet + 1) * SHEET_TILES);
      const columns = Math.min(GRID, own.length);
      const file = sheets === 1 ? 'sprite.jpg' : `sprite-${sheet + 1}.jpg`;
      return { file, columns, rows: Math.ceil(own.length / columns), times: own };
    }),
  };
}

/** Where each tile is, as a cue for the time it stands for. */
export function spriteVtt({ interval, tile, sheets }: SpritePlan, seconds: number): string {
  return webvtt(
    sheets.flatMap(({ file, columns, times }) =>
      times.map((from, index): Cue => {
        const place = [index % columns, Math.floor(index / columns)] as const;
        const area = [place[0] * tile.width, place[1] * tile.height, tile.width, tile.height].join(',');
        return { from, to: Math.min(from + interval, seconds), payload: `${file}#xywh=${area}` };
      }),
    ),
  );
}

/** The part whose key frame is shown nearest before a time, else the first that follows; undefined when there is none. */
export function keyPartAt(
  pieces: readonly Pick<ArchivePiece, 'from' | 'to' | 'outputFrame' | 'parts'>[],
  framerate: number,
  seconds: number,
): PartEntry | undefined {
  const wanted = Math.floor(seconds * framerate + 1e-6);
  // Between two pieces something stands for what is left out: then it is the first picture after that.
  const piece = pieces.find(({ from, to, outputFrame }) => wanted < outputFrame + to - from) ?? pieces.at(-1);
  if (!piece) return undefined;
  const frame = Math.max(piece.from, piece.from + wanted - piece.outputFrame);
  const keys = piece.parts.filter(({ independent }) => independent);
  // What was shown before the recording began is not of the recording, unless there is nothing else.
  const inside = keys.filter(({ firstFrame }) => firstFrame >= piece.from && firstFrame < piece.to);
  return inside.findLast(({ firstFrame }) => firstFrame <= frame) ?? inside[0] ?? keys[0];
}

/** Times at which to look for a picture that stands for the whole, away from the very beginning and end. */
export function posterTimes(seconds: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => ((index + 0.5) / count) * seconds);
}

function intervalFor(seconds: number): number {
  const most = SHEET_TILES * MAX_SHEETS;
  let interval = INTERVALS.find((each) => seconds / each <= most) ?? INTERVALS[INTERVALS.length - 1] ?? 60;
  while (seconds / interval > most) interval *= 2;
  return interval;
}
