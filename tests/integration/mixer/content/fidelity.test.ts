import { beforeAll, describe, expect, it } from 'vitest';
import { decodeScaled } from '../../../../bench/check/decode-scaled.ts';
import { measureFidelity } from '../../../../bench/check/fidelity.ts';
import { paintedLoop } from '../../../../bench/check/painted.ts';
import type { CodedLoop } from '../../../../bench/room/coded-loop.ts';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';

const LEAST = 0.93;
const SCENES = [0, 5, 9];

describe('the cells of a program of 1280x720 at the default bit rate', () => {
  let ffmpeg: string;
  let loops: readonly CodedLoop[];

  beforeAll(async () => {
    ffmpeg = (await locateFfmpeg({})).path;
    loops = await Promise.all(SCENES.map((scene) => paintedLoop(ffmpeg, scene, 45)));
  });

  // Figures: npm run bench:mixer:content
  it.each([4, 9])('are like what people send, with %i of them', async (tiles) => {
    const cells = await measureFidelity({ ffmpeg, loops, tiles, samples: 6 });
    expect(cells).toHaveLength(tiles);
    expect(Math.min(...cells.map(({ all }) => all)), JSON.stringify(cells)).toBeGreaterThanOrEqual(LEAST);
    expect(Math.min(...cells.map(({ luma }) => luma)), JSON.stringify(cells)).toBeGreaterThanOrEqual(LEAST);
  });

  it.each([
    ['none beside one of 640x360', { width: 426, height: 238 }, false],
    ['none above one of 640x360', { width: 424, height: 242 }, false],
    ['bars beside one of 640x360 that is shown much lower', { width: 426, height: 220 }, true],
  ])('have bars only around pictures of another shape: %s', async (_, size, bars) => {
    const [frame] = await decodeScaled(ffmpeg, loops[0] as CodedLoop, { ...size, fit: 'contain' });
    const { width, height } = size;
    const row = Array.from({ length: width }, (_, x) => frame?.[x + width * Math.floor(height / 2)] ?? 0);
    const column = Array.from({ length: height }, (_, y) => frame?.[y * width + Math.floor(width / 2)] ?? 0);
    const edges = [row[0], row[1], row.at(-1), row.at(-2), column[0], column[1], column.at(-1), column.at(-2)];
    expect(edges.some((luma = 0) => luma <= 17)).toBe(bars);
  });
});
