import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createSpawner, type SpawnFfmpeg } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { ThumbnailMaker } from '../../../src/hls/thumbnail-maker.ts';
import { Thumbnails } from '../../../src/hls/thumbnails.ts';
import { nullLogger } from '../../../src/logger.ts';
import type { Part } from '../../../src/media/part.ts';
import { readPicture } from '../../../src/room/picture-file.ts';
import { systemClock, type Clock } from '../../../src/util/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { faults, fakeFfmpeg } from '../../helpers/fake-ffmpeg.ts';
import { numberedProgram, readNumbers } from '../../helpers/numbered-program.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { TestSession } from '../../helpers/test-session.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

let ffmpeg: { path: string };
let parts: Part[];

beforeAll(async () => {
  ffmpeg = await locateFfmpeg({});
  parts = await numberedProgram({ seconds: 10 });
});

/**
 * A session of five segments, or of fewer frames; counts the processes that are started. No time passes for them unless the
 * test says so: on the busiest machine none is given up.
 */
async function setUp(ffmpegPath = ffmpeg.path, clock: Clock = new FakeClock(), frames = 300) {
  const dir = await tempDir();
  const session = await TestSession.open(dir, 's1', parts);
  const feed = async (frame: number): Promise<void> => {
    session.feed(frame);
    await session.log.reachedFrame(frame);
  };
  await feed(frames);
  const starts: number[] = [];
  const real = createSpawner(ffmpegPath);
  const spawn: SpawnFfmpeg = (args, options) => {
    const child = real(args, options);
    starts.push(child.pid ?? 0);
    return child;
  };
  const maker = new ThumbnailMaker({ spawn, clock, log: nullLogger });
  const thumbnails = new Thumbnails(
    { source: () => session.log, framerate: 30, listedSegments: 100 },
    maker,
    nullLogger,
  );
  onTestFinished(async () => {
    await maker.close();
    await session.log.close();
  });
  return { dir, thumbnails, maker, starts, session, feed };
}

const isRunning = (pid: number): boolean => existsSync(`/proc/${pid}`);

describe('Thumbnails', () => {
  it('show the first picture of their segment, small, and are made once', async () => {
    const { dir, thumbnails, starts } = await setUp();
    expect(starts).toEqual([]);
    const answer = await thumbnails.get('thumbnail-3.jpg');
    expect(answer).toMatchObject({
      status: 200,
      contentType: 'image/jpeg',
      cacheControl: 'public, max-age=3600, immutable',
    });
    const file = join(dir, 'picture.jpg');
    await writeFile(file, answer?.body ?? '');
    expect((await readNumbers(ffmpeg.path, file)).map(({ number }) => number)).toEqual([180]);
    expect(readPicture(Buffer.from(answer?.body ?? ''))).toEqual({ type: 'image/jpeg', width: 240, height: 40 });
    expect(await thumbnails.get('thumbnail-3.jpg')).toEqual(answer);
    expect(starts).toHaveLength(1);
    await vi.waitFor(() => expect(isRunning(starts[0] ?? 0)).toBe(false), WAIT);
  });

  it('that many ask for at once are made once', async () => {
    const { thumbnails, starts } = await setUp();
    const answers = await Promise.all([1, 1, 2, 1].map(async (segment) => thumbnails.get(`thumbnail-${segment}.jpg`)));
    expect(answers.map((answer) => answer?.status)).toEqual([200, 200, 200, 200]);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).not.toEqual(answers[0]);
    expect(starts).toHaveLength(2);
  });

  it('of segments that are not on the disk are not found, and cost no process', async () => {
    const { thumbnails, starts } = await setUp();
    expect(await thumbnails.get('thumbnail-9.jpg')).toMatchObject({ status: 404 });
    expect(starts).toEqual([]);
  });

  it('that hang are given up, with their process, and may be asked for again', async () => {
    const clock = new FakeClock();
    const dir = await tempDir();
    const { thumbnails, starts } = await setUp(await fakeFfmpeg(dir, faults.ignoresSignals), clock);
    const asked = thumbnails.get('thumbnail-1.jpg');
    await vi.waitFor(() => expect(starts).toHaveLength(1), WAIT);
    // Five seconds of patience, then three steps of its end.
    for (let step = 0; step < 4; step += 1) clock.advance(step === 0 ? 5000 : 300);
    await vi.waitFor(
      () => {
        clock.advance(300);
        expect(isRunning(starts[0] ?? 0)).toBe(false);
      },
      { timeout: 10_000 },
    );
    expect(await asked).toMatchObject({ status: 404, cacheControl: 'no-store' });
    void thumbnails.get('thumbnail-1.jpg');
    await vi.waitFor(() => expect(starts).toHaveLength(2), WAIT);
    clock.advance(5000);
    await vi.waitFor(
      () => {
        clock.advance(300);
        expect(isRunning(starts[1] ?? 0)).toBe(false);
      },
      { timeout: 10_000 },
    );
  });

  it('that cannot be made are not found', async () => {
    const { thumbnails } = await setUp(await fakeFfmpeg(await tempDir(), faults.crashes));
    expect(await thumbnails.get('thumbnail-1.jpg')).toMatchObject({ status: 404 });
  });
});

describe('the poster of a session', () => {
  const about = { contentType: 'image/jpeg', cacheControl: 'public, max-age=5' };

  it('is its newest picture, as large as the program where that is small, and made once for everybody', async () => {
    const { dir, thumbnails, starts, session } = await setUp();
    const [answer, same] = await Promise.all([thumbnails.poster(), thumbnails.poster()]);
    expect(answer).toMatchObject({ status: 200, ...about, etag: expect.stringMatching(/^"[\w-]{22}"$/) });
    expect(same).toBe(answer);
    expect(await thumbnails.poster()).toBe(answer);
    expect(starts).toHaveLength(1);
    const file = join(dir, 'poster.jpg');
    await writeFile(file, answer.body);
    const shown = (await readNumbers(ffmpeg.path, file)).map(({ number }) => number);
    expect(shown).toEqual([session.log.segments.at(-1)?.firstFrame]);
    expect(readPicture(Buffer.from(answer.body))).toEqual({ type: 'image/jpeg', width: 384, height: 64 });
  });

  it('is made anew once the program is five seconds further, and not before', async () => {
    const { thumbnails, starts, feed } = await setUp(ffmpeg.path, new FakeClock(), 120);
    const first = await thumbnails.poster();
    // Two seconds further, then four.
    for (const frame of [180, 240]) {
      await feed(frame);
      expect(await thumbnails.poster()).toBe(first);
    }
    await feed(300);
    const next = await thumbnails.poster();
    expect(next).toMatchObject({ status: 200, ...about });
    expect(next.etag).not.toBe(first.etag);
    expect(starts).toHaveLength(2);
  });

  it('is not there while nothing was made of it', async () => {
    const { thumbnails } = await setUp(await fakeFfmpeg(await tempDir(), faults.crashes));
    expect(await thumbnails.poster()).toMatchObject({ status: 404, cacheControl: 'no-store' });
  });
});

describe('ThumbnailMaker', () => {
  it('lets thirty wait beside the one it makes, and refuses more', async () => {
    const started = Promise.withResolvers<void>();
    const real = createSpawner(await fakeFfmpeg(await tempDir(), faults.endsAtInt));
    const spawn: SpawnFfmpeg = (args, options) => {
      started.resolve();
      return real(args, options);
    };
    const maker = new ThumbnailMaker({ spawn, clock: systemClock, log: nullLogger });
    const works = Array.from({ length: 31 }, () => maker.make(async () => Buffer.from('no media'))).filter(
      (work) => work !== undefined,
    );
    expect(works).toHaveLength(31);
    expect(maker.make(async () => undefined)).toBeUndefined();
    await started.promise;
    const [settled] = await Promise.all([Promise.allSettled(works), maker.close()]);
    const [first, ...rest] = settled.map(({ status }) => status);
    expect(first).toBe('rejected');
    // They were never started.
    expect(new Set(rest)).toEqual(new Set(['fulfilled']));
  });
});
