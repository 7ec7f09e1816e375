/** Which numbers a film shows. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { STAMP_ROW, STAMPED, numberOf } from '../page/stamp.ts';
import { NUMBERS } from './numbered-sender.ts';

const run = promisify(execFile);
const BINARY = { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 } as const;
const LIGHT = 128;

/** A film that was decoded from end to end. */
export interface NumberedFilm {
  readonly seconds: number;
  /** The stamp of each of its pictures, undefined where none can be read. */
  readonly stamps: readonly (number | undefined)[];
  /** What the decoder complained of; empty: nothing. */
  readonly complaint: string;
}

/** Decodes pictures and sound. Rejects when that cannot be done. @param file of a program of 640x360 that shows the numbers alone. */
export async function readFilm(ffmpeg: string, ffprobe: string, file: string): Promise<NumberedFilm> {
  const { x, y, cell, cells } = STAMP_ROW;
  // The middle of each cell: what a codec does to edges is not looked at.
  const crop = `crop=${cells * cell}:${cell / 2}:${x}:${y + cell / 4}`;
  const look = `scale=${STAMPED.width}:${STAMPED.height},${crop},scale=${cells}:1:flags=area,format=gray`;
  const picture = ['-map', '0:v', '-fps_mode', 'passthrough', '-vf', look, '-f', 'rawvideo', 'pipe:1'];
  const sound = ['-map', '0:a', '-f', 'null', '-'];
  const decoded = await run(ffmpeg, ['-v', 'error', '-i', file, ...picture, ...sound], BINARY);
  const probed = await run(ffprobe, ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', file]);
  const { stdout } = decoded;
  const stamps = Array.from({ length: stdout.length / cells }, (_, frame) =>
    numberOf([...stdout.subarray(frame * cells, (frame + 1) * cells)].map((grey) => grey > LIGHT)),
  );
  return { seconds: Number(probed.stdout), stamps, complaint: decoded.stderr.toString().trim() };
}

/**
 * The numbers shown, in order and each once, as the sender counted them.
 * @param near a number that was captured about when the film began
 */
export function shownNumbers(stamps: readonly (number | undefined)[], near: number): readonly number[] {
  const { count } = NUMBERS;
  const shown: number[] = [];
  let last = near - count / 2;
  for (const stamp of stamps) {
    if (stamp === undefined) continue;
    const next = last + ((((stamp - last) % count) + count) % count);
    // The same picture again, or one that came late, would be almost a whole round ahead.
    if (shown.length > 0 && next - last > count - NUMBERS.fps) continue;
    if (next !== shown.at(-1)) shown.push(next);
    last = next;
  }
  return shown;
}
