/** Stamps read off a browser's screen, for canvases that a page cannot read itself without disturbing what draws on them. */
import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import type { Sighting } from './page-scripts.ts';
import { STAMP_ROW } from './stamp.ts';

const PROGRAM = { width: 1280, height: 720 } as const;

/** A part of a page, pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A picture of a stamp's row, PNG, and when it was taken: milliseconds since 1970. */
export interface RowShot {
  readonly png: Uint8Array;
  readonly atMs: number;
}

/** The row of cells of a tile at `corner` (pixels of a program of 1280x720), where `canvas` is shown with bars around its picture. */
export function rowBox(canvas: Box, [left, top]: readonly [number, number]): Box {
  const scale = Math.min(canvas.width / PROGRAM.width, canvas.height / PROGRAM.height);
  const originX = canvas.x + (canvas.width - PROGRAM.width * scale) / 2;
  const originY = canvas.y + (canvas.height - PROGRAM.height * scale) / 2;
  const { x, y, cell, cells } = STAMP_ROW;
  return {
    x: originX + (left + x) * scale,
    y: originY + (top + y + cell / 4) * scale,
    width: cells * cell * scale,
    height: (cell / 2) * scale,
  };
}

/** What the shots show, all of one size. Rejects when `ffmpeg` cannot be started. */
export async function readShots(ffmpeg: string, shots: readonly RowShot[]): Promise<readonly Sighting[]> {
  const { cells } = STAMP_ROW;
  const filter = `format=gray,scale=${cells}:1:flags=area`;
  const input = ['-v', 'error', '-f', 'image2pipe', '-c:v', 'png', '-i', 'pipe:0'];
  const child = spawn(ffmpeg, [...input, '-vf', filter, '-fps_mode', 'passthrough', '-f', 'rawvideo', 'pipe:1'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  child.stdin.on('error', () => {
    // It ended early, and says why.
  });
  child.stdin.end(Buffer.concat(shots.map(({ png }) => png)));
  const levels = await Promise.race([buffer(child.stdout), failed]);
  return shots.flatMap(({ atMs }, index): Sighting[] => {
    const row = levels.subarray(index * cells, (index + 1) * cells);
    return row.length < cells ? [] : [[0, [...row].map((level) => (level > 127 ? '1' : '0')).join(''), atMs]];
  });
}
