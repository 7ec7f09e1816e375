import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import { nullLogger } from '../../../../src/logger.ts';
import type { Part } from '../../../../src/media/part.ts';
import { givenTitle } from '../../../../src/recorder/recordings/given-titles.ts';
import type { RecordingsOptions } from '../../../../src/recorder/recordings/recordings-options.ts';
import type { RecordingState } from '../../../../src/recorder/recordings/recording-view.ts';
import { numberedProgram, readNumbers } from '../../../helpers/numbered-program.ts';
import { type RecordingServer, startRecordingServer } from '../../../helpers/recording-server.ts';
import { startTestRedis, type TestRedis } from '../../../helpers/redis.ts';
import { slowClock } from '../../../helpers/slow-clock.ts';
import { TestSession } from '../../../helpers/test-session.ts';

const WAIT = { timeout: 20_000, interval: 25 };

let parts: Part[];
let redis: TestRedis;
let ffmpeg: { path: string; ffprobePath: string };
let dataDir: string;
let session: TestSession | undefined;
let sessions = 0;
let server: RecordingServer;

async function startServer(
  options: { worker?: boolean; keepSegments?: number; more?: Partial<RecordingsOptions> } = {},
): Promise<RecordingServer> {
  const started = await startRecordingServer({
    redis: redis.url,
    dataDir,
    sessions: { find: (room) => (session?.roomId === room ? session : undefined) },
    worker: options.worker === false ? undefined : ffmpeg,
    ...(options.more && { more: options.more }),
  });
  // Folders that lie there before are those of ended sessions.
  sessions += 1;
  session = await TestSession.open(dataDir, `s${sessions}`, parts, options.keepSegments);
  return started;
}

async function reaches(id: string, state: RecordingState): Promise<void> {
  await vi.waitFor(async () => {
    const view = await server.recordings.find(id);
    // The error says more than a wrong state.
    expect([view?.state, view?.error]).toContain(state);
  }, WAIT);
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const film = (id: string): string => join(dataDir, 'recordings', id, 'recording.mp4');

beforeAll(async () => {
  [parts, redis, ffmpeg] = await Promise.all([numberedProgram({ seconds: 12 }), startTestRedis(), locateFfmpeg({})]);
});
afterAll(() => redis.close());
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gridcast-rec-'));
});
afterEach(async () => {
  await session?.log.close();
  await server.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe('Recordings', () => {
  it('keeps what runs between start and stop, without the pause, as a film that can be downloaded', async () => {
    // Parts that do not come are waited for ten seconds: another archive is to be made meanwhile, however busy the machine is.
    server = await startServer({ more: { clock: slowClock(10), outboxIntervalMs: 20 } });
    const { recordings } = server;
    session?.feed(70);
    const started = await recordings.start('demo');
    expect(started).toMatchObject({ room: 'demo', title: 'Room demo', state: 'recording', duration: 0 });
    // What it is called changes nothing of what becomes of it.
    expect(await recordings.rename(started.id, 'Ebb')).toMatchObject({ ...started, title: 'Ebb' });
    expect(await givenTitle(dataDir, started.id)).toBe('Ebb');
    await expect(recordings.rename('r9', 'Ebb')).rejects.toMatchObject({ code: 'recording_not_found' });
    expect(await givenTitle(dataDir, 'r9')).toBeUndefined();
    session?.feed(100);
    expect((await recordings.find(started.id))?.duration).toBe(1);
    expect(await recordings.pause(started.id)).toMatchObject({ state: 'paused', duration: 1 });
    session?.feed(160);
    expect(await recordings.resume(started.id)).toMatchObject({ state: 'recording', duration: 1 });
    session?.feed(220);
    const stopped = await recordings.stop(started.id);
    expect(stopped).toMatchObject({ state: 'archiving', duration: 3, progress: 0 });
    expect(stopped.stoppedAt).toBeDefined();
    // The last ten frames are in a part that is not complete yet. Another archive comes and goes; this one waits.
    const ranges = [{ from: 0, to: 30 }];
    const other = { id: 'rOther', room: 'empty', title: '', session: session?.id ?? '', framerate: 30, ranges };
    await session?.log.reachedFrame(30);
    await server.store.insert({ ...other, state: 'archiving', startedAt: new Date() });
    await vi.waitFor(() => expect(server.queue.available).toBe(true), WAIT);
    await server.queue.enqueue({ recording: other.id, session: other.session, ranges });
    await reaches(other.id, 'ready');
    expect(await server.queue.state(started.id)).toEqual({ kind: 'missing' });
    session?.feed(300);
    await reaches(started.id, 'ready');
    const view = await recordings.find(started.id);
    // Two seconds of it are the picture that says that it paused.
    expect(view?.duration).toBeCloseTo(5, 1);
    const file = await recordings.file(started.id, 'recording.mp4');
    expect(file).toMatchObject({ size: view?.size, etag: view?.sha256, contentType: 'video/mp4' });
    expect(file.downloadName).toMatch(/^Ebb \d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.mp4$/);
    const numbers = (await readNumbers(ffmpeg.path, film(started.id))).map((frame) => frame.number);
    expect(numbers[0]).toBe(70);
    expect(numbers.at(-1)).toBe(219);
    expect(server.marks).toEqual([
      ['demo', 'recording'],
      ['demo', 'paused'],
      ['demo', 'recording'],
      ['demo', 'off'],
    ]);
  });

  it('refuses what is not possible, each with its own reason', async () => {
    server = await startServer({ worker: false });
    const { recordings } = server;
    await expect(recordings.start('nowhere')).rejects.toMatchObject({ status: 404, code: 'room_not_found' });
    await expect(recordings.start('empty')).rejects.toMatchObject({ status: 409, code: 'not_live' });
    session?.feed(30);
    const results = await Promise.allSettled([recordings.start('demo'), recordings.start('demo')]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected']);
    await expect(recordings.start('demo')).rejects.toMatchObject({ status: 409, code: 'already_recording' });
    const id = (await recordings.list({ limit: 5 })).items[0]?.id ?? '';
    await expect(recordings.file(id, 'recording.mp4')).rejects.toMatchObject({ status: 409, code: 'not_ready' });
    await expect(recordings.retry(id)).rejects.toMatchObject({ status: 409, code: 'not_failed' });
    session?.feed(60);
    await recordings.stop(id);
    expect((await recordings.stop(id)).state).toBe('archiving');
    await expect(recordings.pause(id)).rejects.toMatchObject({ status: 409, code: 'not_recording' });
    for (const act of ['pause', 'resume', 'stop', 'retry', 'remove'] as const) {
      await expect(recordings[act]('rNobody')).rejects.toMatchObject({ status: 404, code: 'recording_not_found' });
    }
    await expect(recordings.list({ limit: 1, cursor: 'abc' })).rejects.toMatchObject({ code: 'bad_cursor' });
  });

  it('fails a recording without a single frame at once, and keeps nothing for it', async () => {
    server = await startServer({ worker: false });
    session?.feed(45);
    const { id } = await server.recordings.start('demo');
    expect(await server.recordings.stop(id)).toMatchObject({ state: 'failed', duration: 0 });
    await expect(server.recordings.retry(id)).rejects.toMatchObject({ code: 'not_failed' });
  });

  /** The mixer of a session starts late: the first picture that is made is frame 120. */
  async function startsLate(): Promise<TestSession> {
    await session?.log.close();
    session = await TestSession.open(dataDir, 'late', parts.slice(8));
    session.feed(10);
    return session;
  }

  it('keeps nothing of a recording that is stopped before the first picture is made, and says so', async () => {
    server = await startServer();
    const late = await startsLate();
    const { id } = await server.recordings.start('demo');
    late.feed(70);
    expect(await server.recordings.stop(id)).toMatchObject({ state: 'archiving', duration: 2 });
    late.feed(180);
    await reaches(id, 'failed');
    const error = expect.stringContaining('before its first picture') as string;
    expect(await server.recordings.find(id)).toMatchObject({ duration: 0, error, stopReason: 'asked' });
    await expect(server.recordings.retry(id)).rejects.toMatchObject({ code: 'not_failed' });
    await server.recordings.sessionEnding(late);
    await late.log.close();
    await vi.waitFor(async () => expect(await exists(late.log.folder)).toBe(false), WAIT);
  });

  it('leaves it to the archive to say what a disk has lost', async () => {
    server = await startServer({ worker: false });
    const late = await startsLate();
    const { id } = await server.recordings.start('demo');
    late.feed(70);
    vi.spyOn(late.log, 'failed', 'get').mockReturnValue({ code: 'disk_full', reason: 'ENOSPC' });
    await server.recordings.stop(id);
    late.feed(180);
    await vi.waitFor(async () => expect(await server.queue.state(id)).toMatchObject({ kind: 'pending' }), WAIT);
    expect(await server.recordings.find(id)).toMatchObject({ state: 'archiving', duration: 2 });
  });

  it('stops with its session and deletes the folder of the session once the archive is ready', async () => {
    server = await startServer();
    session?.feed(10);
    const { id } = await server.recordings.start('demo');
    session?.feed(200);
    const ended = session;
    if (!ended) throw new Error('no session');
    await server.recordings.sessionEnding(ended);
    await expect(server.recordings.start('demo')).rejects.toMatchObject({ code: 'not_live' });
    await ended.log.close();
    await reaches(id, 'ready');
    await vi.waitFor(async () => expect(await exists(ended.log.folder)).toBe(false), WAIT);
    expect(await exists(film(id))).toBe(true);
  });

  it('goes on with a recording that cannot be deleted for now', async () => {
    let isFull = true;
    const onRemoving = async (): Promise<void> => {
      if (isFull) throw new Error('The disk is full.');
    };
    server = await startServer({ worker: false, more: { onRemoving } });
    session?.feed(10);
    const { id } = await server.recordings.start('demo');
    await expect(server.recordings.remove(id)).rejects.toThrow('The disk is full.');
    session?.feed(100);
    expect(await server.recordings.find(id)).toMatchObject({ state: 'recording', duration: 3 });
    expect(server.marks).toEqual([['demo', 'recording']]);
    isFull = false;
    await server.recordings.remove(id);
    expect(server.marks.at(-1)).toEqual(['demo', 'off']);
    expect(await server.recordings.find(id)).toBeUndefined();
  });

  it('keeps nothing twice when a pause was stored and the database could not say so', async () => {
    server = await startServer();
    session?.feed(30);
    const { id } = await server.recordings.start('demo');
    session?.feed(60);
    const change = server.store.change.bind(server.store);
    vi.spyOn(server.store, 'change').mockImplementationOnce(async (...asked) => {
      await change(...asked);
      throw new Error('Connection terminated unexpectedly');
    });
    await expect(server.recordings.pause(id)).rejects.toThrow('terminated');
    session?.feed(90);
    await server.recordings.stop(id);
    expect((await server.store.find(id))?.ranges).toEqual([{ from: 30, to: 60, endedBy: 'pause' }]);
  });

  it('waits for no recording whose start has failed when its session ends', async () => {
    const { promise: told, reject } = Promise.withResolvers<number>();
    const error = vi.fn<() => void>();
    server = await startServer({ worker: false, more: { firstFrame: () => told, log: { ...nullLogger, error } } });
    const started = server.recordings.start('demo');
    const ending = session && server.recordings.sessionEnding(session);
    reject(new Error('The disk is full.'));
    await expect(started).rejects.toThrow('The disk is full.');
    await ending;
    expect(error).not.toHaveBeenCalled();
  });

  it('waits for no recording that is being deleted when its session ends', async () => {
    const error = vi.fn<() => void>();
    server = await startServer({ worker: false, more: { log: { ...nullLogger, error } } });
    const { id } = await server.recordings.start('demo');
    await Promise.all([server.recordings.remove(id), session && server.recordings.sessionEnding(session)]);
    expect(error).not.toHaveBeenCalled();
  });

  it('deletes the folder of a session that nobody recorded as soon as it ends', async () => {
    server = await startServer({ worker: false });
    session?.feed(200);
    if (!session) throw new Error('no session');
    await server.recordings.sessionEnding(session);
    expect(await exists(session.log.folder)).toBe(true);
    await session.log.close();
    const { folder } = session.log;
    await vi.waitFor(async () => expect(await exists(folder)).toBe(false), WAIT);
  });

  it('holds the media of a running recording on the disk, and lets it go when the archive is ready', async () => {
    server = await startServer({ keepSegments: 2 });
    session?.feed(65);
    const { id } = await server.recordings.start('demo');
    session?.feed(125);
    await server.recordings.stop(id);
    await server.recordings.remove(id);
    session?.feed(130);
    const kept = await server.recordings.start('demo');
    session?.feed(185);
    await server.recordings.stop(kept.id);
    session?.feed(300);
    await session?.log.reachedFrame(300);
    const segments = async (): Promise<string[]> =>
      (await readdir(session?.log.folder ?? '')).filter((name) => name.endsWith('.m4s')).sort();
    await reaches(kept.id, 'ready');
    // Let go right after it is ready; what is let go is deleted with the next part.
    let frame = 300;
    await vi.waitFor(async () => {
      frame = Math.min(360, frame + 15);
      session?.feed(frame);
      await session?.log.reachedFrame(frame);
      expect(await segments()).toEqual(['segment-4.m4s', 'segment-5.m4s']);
    }, WAIT);
  });

  it('removes a running recording with everything of it', async () => {
    server = await startServer();
    session?.feed(30);
    const { id } = await server.recordings.start('demo');
    session?.feed(90);
    await server.recordings.remove(id);
    expect(await server.recordings.find(id)).toBeUndefined();
    expect(server.marks.at(-1)).toEqual(['demo', 'off']);
    const next = await server.recordings.start('demo');
    session?.feed(150);
    await server.recordings.stop(next.id);
    await reaches(next.id, 'ready');
    await server.recordings.remove(next.id);
    expect(await readdir(join(dataDir, 'recordings'))).toEqual([]);
    await expect(server.recordings.file(next.id, 'recording.mp4')).rejects.toMatchObject({ status: 404 });
  });

  it('gives out only files that the archive lists', async () => {
    server = await startServer();
    session?.feed(30);
    const { id } = await server.recordings.start('demo');
    session?.feed(90);
    await server.recordings.stop(id);
    await reaches(id, 'ready');
    for (const name of [
      '../../db.sqlite',
      '..',
      '',
      'recording.mp4/',
      '/etc/passwd',
      'nothing.txt',
      'manifest.json\0',
    ]) {
      await expect(server.recordings.file(id, name)).rejects.toMatchObject({ status: 404, code: 'unknown_file' });
    }
  });

  it('archives up to the last part on the disk what ran when the server died', async () => {
    server = await startServer({ worker: false });
    session?.feed(40);
    const running = await server.recordings.start('demo');
    session?.feed(205);
    await session?.log.close();
    await mkdir(join(dataDir, 'sessions', 'unrecorded'), { recursive: true });
    // A crash: nothing was told to anybody.
    await server.close();
    server = await startServer();
    await reaches(running.id, 'ready');
    // Frames 195 to 204 were in a part that was not complete.
    expect((await server.recordings.find(running.id))?.duration).toBeCloseTo((195 - 40) / 30, 1);
    const stoppedAt = new Date(1_800_000_006_500).toISOString();
    const ended = { stoppedAt, recovered: true, stopReason: 'crash' };
    expect(await server.recordings.find(running.id)).toMatchObject(ended);
    await vi.waitFor(async () => expect(await readdir(join(dataDir, 'sessions'))).toEqual([session?.id]), WAIT);
    // The worker clears up once the archive is there for all to see.
    await vi.waitFor(async () => expect(await readdir(join(dataDir, 'recordings'))).toEqual([running.id]), WAIT);
  });

  it('lists newest first, page by page, without gaps while new ones come', async () => {
    server = await startServer({ worker: false });
    const ids: string[] = [];
    const add = async (index: number): Promise<void> => {
      const id = `r${index}`;
      const startedAt = new Date(Date.UTC(2026, 0, 1, 0, 0, Math.floor(index / 2)));
      await server.store.insert({
        id,
        room: index % 3 === 0 ? 'three' : 'demo',
        title: 't',
        session: 'sx',
        state: 'recording',
        startedAt,
        ranges: [{ from: 0, to: null }],
        framerate: 30,
      });
      ids.push(id);
    };
    for (let index = 0; index < 7; index += 1) await add(index);
    const first = await server.recordings.list({ limit: 3 });
    expect(first.items.map((item) => item.id)).toEqual(['r6', 'r5', 'r4']);
    await add(9);
    const second = await server.recordings.list({ limit: 3, cursor: first.next ?? '' });
    expect(second.items.map((item) => item.id)).toEqual(['r3', 'r2', 'r1']);
    const third = await server.recordings.list({ limit: 3, cursor: second.next ?? '' });
    expect(third.items.map((item) => item.id)).toEqual(['r0']);
    expect(third.next).toBeUndefined();
    expect((await server.recordings.list({ limit: 9, room: 'three' })).items.map((item) => item.id)).toEqual([
      'r9',
      'r6',
      'r3',
      'r0',
    ]);
    expect((await server.recordings.list({ limit: 9, state: 'ready' })).items).toEqual([]);
  });
});
