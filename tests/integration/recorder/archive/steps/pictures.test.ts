import { execFile } from 'node:child_process';
import { readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Part } from '../../../../../src/media/part.ts';
import type { FrameRange } from '../../../../../src/recorder/recordings/frame-range.ts';
import { picturesStep } from '../../../../../src/recorder/archive/steps/pictures.ts';
import { numberedProgram } from '../../../../helpers/numbered-program.ts';
import { stepContext } from '../../../../helpers/step-context.ts';
import { tempDir } from '../../../../helpers/temp-dir.ts';
import { TestSession } from '../../../../helpers/test-session.ts';

const run = promisify(execFile);
const RANGES: readonly FrameRange[] = [
  { from: 60, to: 180, endedBy: 'pause' },
  { from: 240, to: 360 },
];
let parts: Part[];

beforeAll(async () => {
  parts = await numberedProgram({ seconds: 12 });
});

async function session(content: readonly Part[] = parts): Promise<{ dataDir: string; folder: string }> {
  const dataDir = await tempDir();
  const written = await TestSession.open(dataDir, 's1', content);
  written.feed(Number.POSITIVE_INFINITY);
  await written.log.close();
  return { dataDir, folder: written.log.folder };
}

/** The numbers that the tiles of a sprite show: each is a row of bars. */
async function tileNumbers(ffmpeg: string, file: string, columns: number, count: number): Promise<number[]> {
  const look = `scale=${columns * 12}:1:flags=area,format=gray`;
  const args = ['-v', 'error', '-i', file, '-vf', look, '-f', 'rawvideo', 'pipe:1'];
  const { stdout } = await run(ffmpeg, args, { encoding: 'buffer' });
  return Array.from({ length: count }, (_, tile) =>
    [...stdout.subarray(tile * 12, (tile + 1) * 12)].reduce(
      (sum, grey, digit) => sum + (grey > 120 ? 2 ** digit : 0),
      0,
    ),
  );
}

describe('the step pictures', () => {
  it('shows and sounds out a recording', async () => {
    const { dataDir } = await session();
    const progress: number[] = [];
    const context = await stepContext(dataDir, 's1', RANGES, { onProgress: (share) => progress.push(share) });
    const { files, facts } = await picturesStep(context);
    expect(files.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'poster poster.jpg',
      'sprite sprite.jpg',
      'sprite sprite.vtt',
      'waveform waveform.json',
    ]);
    expect((await readdir(context.folder)).sort()).toEqual(files.map(({ name }) => name).sort());
    expect(facts).toMatchObject({ spriteInterval: 2, waveformInterval: 0.1 });
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);

    const sprite = join(context.folder, 'sprite.jpg');
    // Ten seconds: four, a slate of two for which the next picture stands, four.
    expect(await tileNumbers(context.ffmpegPath, sprite, 5, 5)).toEqual([60, 120, 240, 240, 300]);
    const vtt = await readFile(join(context.folder, 'sprite.vtt'), 'utf8');
    expect(vtt).toContain('00:00:08.000 --> 00:00:10.000\nsprite.jpg#xywh=640,0,160,26\n');
    const [poster] = await tileNumbers(context.ffmpegPath, join(context.folder, 'poster.jpg'), 1, 1);
    expect([60, 120, 240, 300]).toContain(poster);

    const waveform = JSON.parse(await readFile(join(context.folder, 'waveform.json'), 'utf8'));
    expect(waveform).toMatchObject({ version: 1, duration: 10, interval: 0.1, max: 100 });
    expect(waveform.peaks).toHaveLength(100);
    // A beep of 0.1 s at each whole second of the session; nothing in the slate.
    const loud = [...waveform.peaks.entries()].filter(([, peak]) => peak > 30).map(([point]) => Math.round(point / 10));
    expect(new Set(loud)).toEqual(new Set([0, 1, 2, 3, 6, 7, 8, 9]));
    expect(Math.max(...waveform.peaks.slice(43, 58))).toBeLessThan(5);
  });

  it('goes through changes of the encoding, and fills in for what is damaged', async () => {
    const other = await numberedProgram({ seconds: 12, profile: 'high', generation: 1 });
    const mixed = [...parts.slice(0, 12), ...other.slice(12)];
    const { dataDir, folder } = await session(mixed);
    await truncate(join(folder, 'segment-4.m4s'), 100);
    const context = await stepContext(dataDir, 's1', [{ from: 0, to: 360 }]);
    await picturesStep(context);
    const numbers = await tileNumbers(context.ffmpegPath, join(context.folder, 'sprite.jpg'), 6, 6);
    expect(numbers).toEqual([0, 60, 120, 180, 180, 300]);
  });

  it('ends when the work is given up', async () => {
    const { dataDir } = await session();
    const context = await stepContext(dataDir, 's1', RANGES, { signal: AbortSignal.abort() });
    await expect(picturesStep(context)).rejects.toThrow();
  });
});
