import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import type { Part } from '../../../../src/media/part.ts';
import type { RecordingsOptions } from '../../../../src/recorder/recordings/recordings-options.ts';
import type { RecordingState, RecordingView } from '../../../../src/recorder/recordings/recording-view.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { numberedProgram, readNumbers } from '../../../helpers/numbered-program.ts';
import { type RecordingServer, startRecordingServer } from '../../../helpers/recording-server.ts';
import { startTestRedis, type TestRedis } from '../../../helpers/redis.ts';
import { TestSession } from '../../../helpers/test-session.ts';

const WAIT = { timeout: 20_000, interval: 25 };
const LONG = 600_000;

let parts: Part[];
let redis: TestRedis;
let ffmpeg: { path: string; ffprobePath: string };
let dataDir: string;
let session: TestSession | undefined;
let server: RecordingServer;

async function startServer(graceMs: number, worker = false, more: Partial<RecordingsOptions> = {}): Promise<void> {
  server = await startRecordingServer({
    redis: redis.url,
    dataDir,
    sessions: { find: (room) => (session?.roomId === room ? session : undefined) },
    worker: worker ? ffmpeg : undefined,
    more: { graceMs, ...more },
  });
}

/** A recording from frame 40 on, and the death of its server at frame 205, of which 195 are on the disk. */
async function crashed(act: (id: string) => Promise<void> = async () => {}): Promise<string> {
  await startServer(LONG);
  session = await TestSession.open(dataDir, 's1', parts);
  session.feed(40);
  const { id } = await server.recordings.start('demo');
  session.feed(160);
  await act(id);
  session.feed(205);
  // Nothing is told to anybody.
  await session.log.close();
  session = undefined;
  await server.close();
  return id;
}

/** Somebody is in the room again at frame 240. */
async function comeBack(): Promise<TestSession> {
  const resumable = server.recordings.takeInterrupted('demo');
  if (!resumable) throw new Error('Nothing waits in this room.');
  expect(resumable).toMatchObject({ firstFrame: 195, log: { nextSegment: 4, nextGeneration: 1 } });
  const since = parts
    .filter(({ firstFrame }) => firstFrame >= 240)
    .map((part) => ({ ...part, init: { ...part.init, generation: 1 }, discontinuity: part.firstFrame === 240 }));
  session = await TestSession.resume(dataDir, resumable, since);
  server.recordings.sessionOpened(session);
  return session;
}

const view = async (id: string): Promise<RecordingView | undefined> => server.recordings.find(id);

async function reaches(id: string, state: RecordingState): Promise<void> {
  await vi.waitFor(async () => {
    const found = await view(id);
    expect([found?.state, found?.error]).toContain(state);
  }, WAIT);
}

beforeAll(async () => {
  [parts, redis, ffmpeg] = await Promise.all([numberedProgram({ seconds: 12 }), startTestRedis(), locateFfmpeg({})]);
});
afterAll(() => redis.close());
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gridcast-crash-'));
});
afterEach(async () => {
  await session?.log.close();
  session = undefined;
  await server.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe('a recording whose server died', () => {
  it('goes on in the same session as soon as somebody is back, and becomes one film of both pieces', async () => {
    const id = await crashed();
    await startServer(LONG, true);
    const { recordings, store } = server;
    const interrupted = await view(id);
    expect(interrupted).toMatchObject({ state: 'recording', problem: { code: 'interrupted' } });
    expect(interrupted?.duration).toBeCloseTo((195 - 40) / 30, 2);
    expect(server.marks).toEqual([['demo', 'recording']]);
    expect(await readdir(join(dataDir, 'sessions'))).toEqual(['s1']);
    await expect(recordings.pause(id)).rejects.toMatchObject({ status: 409, code: 'interrupted' });
    const back = await comeBack();
    await expect(recordings.start('demo')).rejects.toMatchObject({ code: 'already_recording' });
    back.feed(300);
    await back.log.reachedFrame(300);
    expect(await view(id)).not.toHaveProperty('problem');
    expect(await recordings.stop(id)).toMatchObject({ state: 'archiving', stopReason: 'asked' });
    expect((await store.find(id))?.ranges).toEqual([
      { from: 40, to: 195, endedBy: 'interruption' },
      { from: 240, to: 300 },
    ]);
    await reaches(id, 'ready');
    expect(await view(id)).not.toHaveProperty('recovered');
    const path = join(dataDir, 'recordings', id, 'recording.mp4');
    const shown = [...new Set((await readNumbers(ffmpeg.path, path)).map(({ number }) => number))];
    const wanted = parts.flatMap(({ firstFrame, frames }) => Array.from({ length: frames }, (_, n) => firstFrame + n));
    // The picture that says that it was interrupted has no number.
    expect(shown.filter((number) => number !== 0)).toEqual(
      wanted.filter((n) => (n >= 40 && n < 195) || (n >= 240 && n < 300)),
    );
  });

  it('keeps what came since somebody is back also when the database could not be told of it', async () => {
    const id = await crashed();
    await startServer(LONG);
    const { recordings, store } = server;
    const change = vi.spyOn(store, 'change').mockRejectedValueOnce(new Error('database or disk is full'));
    const back = await comeBack();
    await vi.waitFor(() => expect(change).toHaveBeenCalledTimes(1), WAIT);
    back.feed(300);
    await back.log.reachedFrame(300);
    await recordings.pause(id);
    expect((await store.find(id))?.ranges).toEqual([
      { from: 40, to: 195, endedBy: 'interruption' },
      { from: 240, to: 300, endedBy: 'pause' },
    ]);
  });

  it.each([
    { when: 'a minute', awayMs: 60_000, state: 'recording' },
    { when: 'more than an hour', awayMs: 3_660_000, state: 'archiving' },
  ])('waits for $when by a clock that was set ahead by two hours while it ran as by any other', async (given) => {
    const id = await crashed();
    // The session's own time began at 1.8e12, and did not follow.
    const aheadMs = 1_800_000_000_000 + 2 * 3_600_000;
    await utimes(join(dataDir, 'sessions', 's1', 'parts.jsonl'), aheadMs / 1000, aheadMs / 1000);
    await startServer(LONG, false, { clock: new FakeClock(aheadMs + given.awayMs) });
    expect((await server.store.find(id))?.state).toBe(given.state);
  });

  it('is stored as going on as soon as the database can be told, for the next crash', async () => {
    const id = await crashed();
    const clock = new FakeClock(systemClock.wallMs());
    await startServer(LONG, false, { clock });
    const change = vi.spyOn(server.store, 'change').mockRejectedValueOnce(new Error('database or disk is full'));
    await comeBack();
    await vi.waitFor(() => expect(change).toHaveBeenCalledTimes(1), WAIT);
    await vi.waitFor(async () => {
      clock.advance(5000);
      expect((await server.store.find(id))?.ranges).toEqual([
        { from: 40, to: 195, endedBy: 'interruption' },
        { from: 240, to: null },
      ]);
    }, WAIT);
  });

  it('holds what it has of the time before on the disk, like what stopped in it', async () => {
    const earlier: string[] = [];
    const id = await crashed(async (first) => {
      await server.recordings.stop(first);
      earlier.push(first);
      session?.feed(185);
      await server.recordings.start('demo');
    });
    await startServer(LONG);
    expect((await view(id))?.state).toBe('archiving');
    const back = await comeBack();
    back.feed(360);
    await back.log.reachedFrame(360);
    const files = async (): Promise<string[]> =>
      (await readdir(back.log.folder)).filter((name) => name.startsWith('segment-')).sort();
    // Frames 40 to 159, and from 185 on; two segments would be kept without them.
    const all = [0, 1, 2, 3, 4, 5].map((n) => `segment-${n}.m4s`);
    expect(await files()).toEqual(all);
    expect(earlier).toEqual([id]);
  });

  it('is closed as it is when nobody comes back in time', async () => {
    const id = await crashed();
    await startServer(1, true);
    await reaches(id, 'ready');
    const stoppedAt = new Date(1_800_000_006_500).toISOString();
    expect(await view(id)).toMatchObject({ recovered: true, stopReason: 'crash', stoppedAt });
    expect((await view(id))?.duration).toBeCloseTo((195 - 40) / 30, 1);
    await vi.waitFor(async () => expect(await readdir(join(dataDir, 'sessions'))).toEqual([]), WAIT);
    expect(server.marks).toEqual([
      ['demo', 'recording'],
      ['demo', 'off'],
    ]);
    expect(server.recordings.takeInterrupted('demo')).toBeUndefined();
  });

  it('still pauses if it paused, and can be resumed', async () => {
    const id = await crashed(async (running) => void (await server.recordings.pause(running)));
    await startServer(LONG);
    expect(await view(id)).toMatchObject({ state: 'paused', duration: 4, problem: { code: 'interrupted' } });
    expect(server.marks).toEqual([['demo', 'paused']]);
    const back = await comeBack();
    back.feed(300);
    expect(await view(id)).toMatchObject({ state: 'paused', duration: 4 });
    await server.recordings.resume(id);
    back.feed(330);
    expect(await server.recordings.stop(id)).toMatchObject({ duration: 5 });
    expect((await server.store.find(id))?.ranges).toEqual([
      { from: 40, to: 160, endedBy: 'pause' },
      { from: 300, to: 330 },
    ]);
  });

  it('can be stopped and deleted while it waits', async () => {
    const id = await crashed();
    await startServer(LONG);
    const stopped = await server.recordings.stop(id);
    expect(stopped).toMatchObject({ state: 'archiving', stopReason: 'asked', recovered: true });
    expect(server.recordings.takeInterrupted('demo')).toBeUndefined();
    await server.close();
    await rm(dataDir, { recursive: true });
    const another = await crashed();
    await startServer(LONG);
    await server.recordings.remove(another);
    await vi.waitFor(async () => expect(await readdir(join(dataDir, 'sessions'))).toEqual([]), { timeout: 9000 });
    expect(server.recordings.takeInterrupted('demo')).toBeUndefined();
  });

  it('waits again when the server dies again before anybody is back, and is closed when its room is gone', async () => {
    const id = await crashed();
    await startServer(LONG);
    await server.close();
    await startServer(LONG);
    expect(await view(id)).toMatchObject({ state: 'recording', problem: { code: 'interrupted' } });
    await server.recordings.roomRemoved('empty');
    await server.recordings.roomRemoved('demo');
    expect(await view(id)).toMatchObject({ state: 'archiving', stopReason: 'crash', recovered: true });
  });
});
