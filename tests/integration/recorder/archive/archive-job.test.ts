import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import { probeFile } from '../../../../src/ffmpeg/probe.ts';
import { nullLogger } from '../../../../src/logger.ts';
import { walkBoxes } from '../../../../src/media/fmp4-reader.ts';
import type { Part } from '../../../../src/media/part.ts';
import { finishArchive } from '../../../../src/recorder/archive/archive-finish.ts';
import type { ArchiveContext } from '../../../../src/recorder/archive/archive-job.ts';
import { SLATE_SECONDS } from '../../../../src/recorder/archive/archive-plan.ts';
import { ARCHIVE_STEPS } from '../../../../src/recorder/archive/archive-step.ts';
import type { FrameRange } from '../../../../src/recorder/recordings/frame-range.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { filmOnly } from '../../../helpers/film-only.ts';
import { numberedProgram, readBeeps, readNumbers } from '../../../helpers/numbered-program.ts';
import { TestSession } from '../../../helpers/test-session.ts';

const FPS = 30;
/** Frames that tell of a pause. */
const SLATE = SLATE_SECONDS * FPS;
// AAC units of 21 ms cannot be cut: a later range's sound starts with the nearest one. Its attack is heard up to 2 ms off.
const SOUND_TOLERANCE = 0.0107 + 0.002;

let parts: Part[];
let shared: string;
let ffmpeg: { path: string; ffprobePath: string };
let dataDir: string;

beforeAll(async () => {
  ffmpeg = await locateFfmpeg({});
  parts = await numberedProgram({ seconds: 12 });
  shared = await mkdtemp(join(tmpdir(), 'gridcast-job-'));
});
afterAll(() => rm(shared, { recursive: true, force: true }));
beforeEach(async () => {
  dataDir = await mkdtemp(join(shared, 'data-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function write(session: string, content: readonly Part[]): Promise<string> {
  const log = await TestSession.open(dataDir, session, content);
  log.feed(Number.POSITIVE_INFINITY);
  await log.log.close();
  return log.log.folder;
}

function context(overrides: Partial<ArchiveContext> = {}): ArchiveContext {
  return {
    dataDir,
    ffmpegPath: ffmpeg.path,
    ffprobePath: ffmpeg.ffprobePath,
    clock: systemClock,
    log: nullLogger,
    onProgress: () => {},
    ...overrides,
  };
}

const run = (ranges: FrameRange[], overrides?: Partial<ArchiveContext>) =>
  finishArchive({ recording: 'r1', session: 's1', ranges }, filmOnly, context(overrides));

const film = (): string => join(dataDir, 'recordings', 'r1', 'recording.mp4');

/** Where a frame of the session is in an archive of `ranges`, in seconds; undefined when it is not in it. */
function archiveTime(frame: number, ranges: readonly FrameRange[]): number | undefined {
  let before = 0;
  for (const { from, to } of ranges) {
    if (frame >= from && frame < to) return (before + frame - from) / FPS;
    before += to - from + SLATE;
  }
  return undefined;
}

/** Every frame of the ranges is shown at its time, and every whole second beeps at its own. */
async function expectContent(ranges: readonly FrameRange[]): Promise<void> {
  // The last picture of a burst is the one on the screen.
  const shown = new Map<number, number>();
  for (const { seconds, number } of await readNumbers(ffmpeg.path, film())) {
    shown.set(Math.floor(seconds * FPS + 0.25), number);
  }
  const wanted = ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index));
  const places = wanted.map((frame) => Math.round((archiveTime(frame, ranges) ?? 0) * FPS));
  expect(places.map((place) => shown.get(place))).toEqual(wanted);
  expect(shown.size).toBe(wanted.length + (ranges.length - 1) * SLATE);
  const beeps = await readBeeps(ffmpeg.path, film());
  for (let second = 0; second < 12; second += 1) {
    const expected = archiveTime(second * FPS, ranges);
    // The attack of a beep right at a cut lies in the unit before it.
    if (expected === undefined || ranges.some((range) => range.from === second * FPS)) continue;
    const nearest = Math.min(...beeps.map((beep) => Math.abs(beep - expected)));
    expect(nearest, `beep of second ${second} at ${expected}`).toBeLessThan(SOUND_TOLERANCE);
  }
}

describe('finishArchive', () => {
  it('makes one fast-start MP4 that starts and ends at the exact frames, with sound in step', async () => {
    await write('s1', parts);
    const ranges = [{ from: 77, to: 301 }];
    const progress: number[] = [];
    const manifest = await run(ranges, { onProgress: (share) => progress.push(share) });

    const bytes = await readFile(film());
    const boxes = [...walkBoxes(bytes)].map((box) => box.type);
    expect(boxes.indexOf('moov')).toBeLessThan(boxes.indexOf('mdat'));
    expect(boxes).not.toContain('moof');
    const probed = await probeFile(ffmpeg.ffprobePath, film(), systemClock);
    const media = probed.streams.filter(({ kind }) => kind === 'video' || kind === 'audio');
    expect(media.map((stream) => stream.codec)).toEqual(['h264', 'aac']);
    expect(Math.abs((probed.durationSeconds ?? 0) - 224 / FPS)).toBeLessThan(0.2);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const described = { kind: 'film', title: 'Demo', contentType: 'video/mp4', size: bytes.length, sha256 };
    expect(manifest.files).toEqual([{ name: 'recording.mp4', ...described }]);
    expect(manifest.left).toEqual([]);
    expect(manifest).toMatchObject({ recording: 'r1', session: 's1', ranges, missingFrames: 0, framerate: FPS });
    // The other steps have nothing to do here, and nothing to tell.
    expect(progress.at(-1)).toBeCloseTo(1 / ARCHIVE_STEPS.length);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    await expectContent(ranges);
  });

  it('joins ranges, with a picture that tells of each pause between them', async () => {
    await write('s1', parts);
    const ranges = [
      { from: 61, to: 130 },
      { from: 179, to: 260 },
      { from: 300, to: 341 },
    ];
    const manifest = await run(ranges);
    expect(manifest.duration).toBeCloseTo((69 + 81 + 41 + 2 * SLATE) / FPS, 1);
    await expectContent(ranges);
  });

  it('joins parts of encoders with different parameter sets', async () => {
    const other = await numberedProgram({ seconds: 12, profile: 'baseline', generation: 1 });
    const changed = other.slice(12).map((part, index) => ({ ...part, discontinuity: index === 0 }));
    await write('s1', [...parts.slice(0, 12), ...changed]);
    const ranges = [{ from: 100, to: 300 }];
    await run(ranges);
    await expectContent(ranges);
  });

  it('keeps the time of a gap in the program', async () => {
    // The mixer was away for two seconds: frames 120 to 179 never existed.
    await write('s1', [...parts.slice(0, 8), ...parts.slice(12)]);
    const manifest = await run([{ from: 60, to: 300 }]);
    expect(manifest.missingFrames).toBe(60);
    expect(manifest.duration).toBeCloseTo(8, 1);
    const shown = await readNumbers(ffmpeg.path, film());
    const after = shown.find((frame) => frame.number === 180);
    expect(after?.seconds).toBeCloseTo(4, 2);
    const beeps = await readBeeps(ffmpeg.path, film());
    expect(Math.min(...beeps.map((beep) => Math.abs(beep - 5)))).toBeLessThan(SOUND_TOLERANCE);
  });

  it('leaves out a damaged part and what depends on it', async () => {
    const folder = await write('s1', parts);
    const segment = join(folder, 'segment-1.m4s');
    const bytes = await readFile(segment);
    const secondPart = parts[4]?.data.byteLength ?? 0;
    bytes.fill(0xff, secondPart, secondPart + 8);
    await writeFile(segment, bytes);
    await run([{ from: 0, to: 240 }]);
    const numbers = (await readNumbers(ffmpeg.path, film())).map((frame) => frame.number);
    expect(numbers).toContain(74);
    expect(numbers).not.toContain(75);
    expect(numbers).not.toContain(119);
    expect(numbers).toContain(120);
  });

  it('ends with the last part that a crash left whole', async () => {
    const folder = await write('s1', parts);
    await truncate(join(folder, 'segment-2.m4s'), (parts[8]?.data.byteLength ?? 0) + 5);
    for (const gone of [3, 4, 5]) await rm(join(folder, `segment-${gone}.m4s`));
    const manifest = await run([{ from: 30, to: 360 }]);
    expect(manifest.ranges).toEqual([{ from: 30, to: 135 }]);
    expect(manifest.missingFrames).toBe(225);
    await expectContent([{ from: 30, to: 135 }]);
  });

  it('recognises a finished archive and does not make it again', async () => {
    await write('s1', parts);
    const first = await run([{ from: 0, to: 60 }]);
    const made = await stat(film());
    const again = await run([{ from: 0, to: 60 }], { ffmpegPath: '/nowhere/ffmpeg' });
    expect(again).toEqual(first);
    expect((await stat(film())).mtimeMs).toBe(made.mtimeMs);
  });

  it('gives one archive when two workers are at it at once', async () => {
    await write('s1', parts);
    const ranges = [{ from: 10, to: 200 }];
    const [one, two] = await Promise.all([run(ranges), run(ranges)]);
    expect(one).toEqual(two);
    expect(await readdir(join(dataDir, 'recordings'))).toEqual(['r1']);
    await expectContent(ranges);
  });

  it('says when nothing of it is on the disk, and leaves nothing behind', async () => {
    await write('s1', parts.slice(0, 4));
    await expect(run([{ from: 600, to: 700 }])).rejects.toThrow(/Nothing of this recording is on the disk/);
    await expect(
      finishArchive({ recording: 'r1', session: 'gone', ranges: [{ from: 0, to: 9 }] }, filmOnly, context()),
    ).rejects.toThrow(/Nothing of this recording/);
    expect(await readdir(join(dataDir, 'recordings')).catch(() => [])).toEqual([]);
  });

  it('refuses a film that does not hold what it should, and leaves nothing behind', async () => {
    await write('s1', parts);
    const wrong = join(dataDir, 'wrong-ffmpeg');
    // Everything but the last second.
    await writeFile(
      wrong,
      `#!/bin/sh\nfor last; do :; done\nexec ${ffmpeg.path} "\${@}" -t 1 -c copy -f mp4 "$last"\n`,
      {
        mode: 0o755,
      },
    );
    await expect(run([{ from: 0, to: 240 }], { ffmpegPath: wrong })).rejects.toThrow(/does not hold what it should/);
    expect(await readdir(join(dataDir, 'recordings'))).toEqual([]);
  });

  it('stops when it is told to', async () => {
    await write('s1', parts);
    const abort = new AbortController();
    const work = run([{ from: 0, to: 300 }], { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(work).rejects.toThrow();
    expect(await readdir(join(dataDir, 'recordings'))).toEqual([]);
  });
});
