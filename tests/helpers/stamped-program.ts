/** The numbers that a tile of the program shows, read out of its pixels. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { STAMPED, STAMP_ROW, numberOf } from '../../bench/page/stamp.ts';
import type { Frame } from '../../src/protocol/frame.ts';

/** Where a stamped picture is shown, whole: pixels of the program. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const run = promisify(execFile);
const BINARY = { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 } as const;
const LIGHT = 128;

/**
 * One for each frame of a program that was received from a key frame on, undefined where there is none to be read.
 * @param file to write, in a folder that the caller removes.
 */
export async function readStamps(
  ffmpeg: string,
  file: string,
  frames: readonly Frame[],
  place: Place,
): Promise<readonly (number | undefined)[]> {
  await writeFile(file, Buffer.concat(frames.map(({ payload }) => payload)));
  const scale = place.width / STAMPED.width;
  const { x, y, cell, cells } = STAMP_ROW;
  // The middle of each cell: what a codec does to edges is not looked at.
  const [left, top] = [place.x + x * scale, place.y + (y + cell / 4) * scale];
  const crop = `crop=${cells * cell * scale}:${(cell / 2) * scale}:${left}:${top}`;
  const look = `${crop},scale=${cells}:1:flags=area,format=gray`;
  const args = [
    '-v',
    'error',
    '-f',
    'h264',
    '-i',
    file,
    '-fps_mode',
    'passthrough',
    '-vf',
    look,
    '-f',
    'rawvideo',
    '-',
  ];
  const { stdout } = await run(ffmpeg, args, BINARY);
  return Array.from({ length: stdout.length / cells }, (_, frame) =>
    numberOf([...stdout.subarray(frame * cells, (frame + 1) * cells)].map((grey) => grey > LIGHT)),
  );
}
