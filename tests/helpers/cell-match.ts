/** How alike two films are, cell by cell, and by how much one is behind the other. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BINARY = { encoding: 'buffer', maxBuffer: 1024 * 1024 * 1024 } as const;
/** Side of the squares that are compared, pixels, and the distance of one to the next: as is usual for this measure. */
const SIDE = 8;
const STEP = 4;
/** Constants of the measure for 8-bit samples. */
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;
/** How far is looked for the best match, frames to both sides. */
const REACH = 8;
/** Frames that tell where the best match is. */
const SEARCH_FRAMES = 24;

/** A part of a picture, pixels. */
export interface MatchedCell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How alike a cell is in both films. */
export interface CellMatch {
  /** Structural similarity of the luma, mean of all frames: 1 is the same. */
  readonly ssim: number;
  /** What three quarters of the frames do not reach: frames that a busy machine showed late in one of the films do not change it. */
  readonly upper: number;
  /** By how much the second film shows it later, milliseconds. */
  readonly offsetMs: number;
}

/** Luma of a cell, frame by frame. */
export async function lumaOf(file: string, { x, y, width, height }: MatchedCell): Promise<readonly Uint8Array[]> {
  const crop = `crop=${width}:${height}:${x}:${y}:exact=1,format=gray`;
  const output = ['-map', '0:v', '-fps_mode', 'passthrough', '-vf', crop, '-f', 'rawvideo', 'pipe:1'];
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', file, ...output], BINARY);
  const bytes = width * height;
  return Array.from({ length: Math.floor(stdout.length / bytes) }, (_, frame) =>
    stdout.subarray(frame * bytes, (frame + 1) * bytes),
  );
}

/** Compares a cell of two films with the same frame rate from `skip` frames on; both ends may differ by some frames. */
export async function matchCell(
  first: string,
  second: string,
  cell: MatchedCell,
  { framerate, skip }: { readonly framerate: number; readonly skip: number },
): Promise<CellMatch> {
  const [a, b] = [(await lumaOf(first, cell)).slice(skip), (await lumaOf(second, cell)).slice(skip)];
  const frames = Math.min(a.length, b.length) - 2 * REACH;
  if (frames < SEARCH_FRAMES) throw new Error(`The films are too short: ${a.length} and ${b.length} frames`);
  const alike = (frame: number, shift: number): number =>
    ssim(a[frame + REACH] as Uint8Array, b[frame + REACH + shift] as Uint8Array, cell.width, cell.height);
  const some = Array.from({ length: SEARCH_FRAMES }, (_, index) => Math.floor((index * frames) / SEARCH_FRAMES));
  const shifts = Array.from({ length: 2 * REACH + 1 }, (_, index) => index - REACH);
  const scores = shifts.map((shift) => upperOf(some.map((frame) => alike(frame, shift))));
  const best = shifts[scores.indexOf(Math.max(...scores))] ?? 0;
  const all = Array.from({ length: frames }, (_, frame) => alike(frame, best));
  return { ssim: mean(all), upper: upperOf(all), offsetMs: (best * 1000) / framerate };
}

/** Structural similarity of two pictures (Wang et al. 2004, with squares instead of a Gaussian window). */
export function ssim(a: Uint8Array, b: Uint8Array, width: number, height: number): number {
  let sum = 0;
  let count = 0;
  for (let y = 0; y + SIDE <= height; y += STEP) {
    for (let x = 0; x + SIDE <= width; x += STEP) {
      sum += squareSsim(a, b, y * width + x, width);
      count += 1;
    }
  }
  return sum / count;
}

function squareSsim(a: Uint8Array, b: Uint8Array, start: number, stride: number): number {
  let [sumA, sumB, squaresA, squaresB, products] = [0, 0, 0, 0, 0];
  for (let row = 0; row < SIDE; row += 1) {
    for (let at = start + row * stride, end = at + SIDE; at < end; at += 1) {
      const [p, q] = [a[at] as number, b[at] as number];
      sumA += p;
      sumB += q;
      squaresA += p * p;
      squaresB += q * q;
      products += p * q;
    }
  }
  const n = SIDE * SIDE;
  const [meanA, meanB] = [sumA / n, sumB / n];
  const varianceA = squaresA / n - meanA * meanA;
  const varianceB = squaresB / n - meanB * meanB;
  const covariance = products / n - meanA * meanB;
  return (
    ((2 * meanA * meanB + C1) * (2 * covariance + C2)) /
    ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2))
  );
}

function upperOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length * 0.75)] ?? 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
