import { readFile, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import HLS from 'hls-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Part } from '../../../../../src/media/part.ts';
import type { FrameRange } from '../../../../../src/recorder/recordings/frame-range.ts';
import { vodStep } from '../../../../../src/recorder/archive/steps/vod.ts';
import { numberedProgram, readNumbers } from '../../../../helpers/numbered-program.ts';
import { stepContext } from '../../../../helpers/step-context.ts';
import { tempDir } from '../../../../helpers/temp-dir.ts';
import { TestSession } from '../../../../helpers/test-session.ts';

const RANGES: readonly FrameRange[] = [
  { from: 70, to: 131, endedBy: 'pause' },
  { from: 190, to: 260 },
];
let parts: Part[];

beforeAll(async () => {
  parts = await numberedProgram({ seconds: 12 });
});

async function session(): Promise<{ dataDir: string; folder: string }> {
  const dataDir = await tempDir();
  const written = await TestSession.open(dataDir, 's1', parts);
  written.feed(360);
  await written.log.close();
  return { dataDir, folder: written.log.folder };
}

const frames = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

describe('the step vod', () => {
  it('plays the recording over the segments of its session', async () => {
    const { dataDir, folder } = await session();
    const context = await stepContext(dataDir, 's1', RANGES);
    const { files } = await vodStep(context);
    expect(files.map(({ name }) => name)).toEqual([
      'vod.m3u8',
      'vod-init-0.mp4',
      'vod-segment-1.m4s',
      'vod-segment-2-1.m4s',
      'vod-segment-3.m4s',
      'vod-segment-4-2.m4s',
    ]);
    expect((await readdir(context.folder)).sort()).toEqual(files.map(({ name }) => name).sort());
    const text = await readFile(join(context.folder, 'vod.m3u8'), 'utf8');
    expect(text).toMatch(/TYPE:VOD[^]*TIME-OFFSET=0\.33333[^]*DISCONTINUITY\n[^]*#EXT-X-ENDLIST\n$/);
    const playlist = HLS.parse(text);
    if (playlist.isMasterPlaylist) throw new Error('It is no media playlist');
    expect(playlist.segments.map(({ uri, discontinuity }) => [uri, discontinuity ?? false])).toEqual([
      ['vod-segment-1.m4s', false],
      ['vod-segment-2-1.m4s', false],
      ['vod-segment-3.m4s', true],
      ['vod-segment-4-2.m4s', false],
    ]);
    expect(
      playlist.segments.every(({ programDateTime, map }) => programDateTime && map?.uri === 'vod-init-0.mp4'),
    ).toBe(true);
    const shown = await readNumbers(context.ffmpegPath, join(context.folder, 'vod.m3u8'));
    expect(shown.map(({ number }) => number)).toEqual([...frames(60, 135), ...frames(180, 270)]);
    const inode = async (path: string): Promise<number> => (await stat(path)).ino;
    expect(await inode(join(context.folder, 'vod-segment-3.m4s'))).toBe(await inode(join(folder, 'segment-3.m4s')));
    // What is cut is a copy: the session's own stays whole.
    expect((await stat(join(folder, 'segment-4.m4s'))).size).toBeGreaterThan(
      (await stat(join(context.folder, 'vod-segment-4-2.m4s'))).size,
    );
  });

  it('copies the newest segment, to which something may yet be added', async () => {
    const { dataDir, folder } = await session();
    const context = await stepContext(dataDir, 's1', [{ from: 240, to: 360 }]);
    await vodStep(context);
    const [copied, own] = await Promise.all([
      stat(join(context.folder, 'vod-segment-5.m4s')),
      stat(join(folder, 'segment-5.m4s')),
    ]);
    expect(copied.size).toBe(own.size);
    expect(copied.ino).not.toBe(own.ino);
  });

  it('does not pretend to have what is not on the disk, as after a power cut, and has the rest', async () => {
    const { dataDir, folder } = await session();
    const { size } = await stat(join(folder, 'segment-4.m4s'));
    await truncate(join(folder, 'segment-3.m4s'), 10);
    await truncate(join(folder, 'segment-4.m4s'), size - 1);
    const [first] = RANGES as [FrameRange];
    const ranges = [first, { from: 190, to: 290, endedBy: 'pause' } as const, { from: 300, to: 310 }];
    const context = await stepContext(dataDir, 's1', ranges);
    const { files } = await vodStep(context);
    expect(files.map(({ name }) => name)).toEqual([
      'vod.m3u8',
      'vod-init-0.mp4',
      'vod-segment-1.m4s',
      'vod-segment-2-1.m4s',
      'vod-segment-4.m4s',
      'vod-segment-5-1.m4s',
    ]);
    const shown = await readNumbers(context.ffmpegPath, join(context.folder, 'vod.m3u8'));
    expect(shown.map(({ number }) => number)).toEqual([...frames(60, 135), ...frames(240, 285), ...frames(300, 315)]);
    await expect(vodStep({ ...context, job: { ...context.job, ranges: [] } })).rejects.toThrow('no segment');
  });
});
