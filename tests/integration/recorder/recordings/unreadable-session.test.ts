import { cp, mkdir, mkdtemp, readdir, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import type { Part } from '../../../../src/media/part.ts';
import { archiveFailureOf } from '../../../../src/recorder/archive/archive-failure.ts';
import type { RecordingState, RecordingView } from '../../../../src/recorder/recordings/recording-view.ts';
import { numberedProgram } from '../../../helpers/numbered-program.ts';
import { type RecordingServer, startRecordingServer } from '../../../helpers/recording-server.ts';
import { startTestRedis, type TestRedis } from '../../../helpers/redis.ts';
import { TestSession } from '../../../helpers/test-session.ts';

const WAIT = { timeout: 20_000, interval: 25 };

let parts: Part[];
let redis: TestRedis;
let ffmpeg: { path: string; ffprobePath: string };
let dataDir: string;
let folder: string;
let session: TestSession | undefined;
let server: RecordingServer;
let id: string;

async function startServer(worker = true): Promise<void> {
  server = await startRecordingServer({
    redis: redis.url,
    dataDir,
    sessions: { find: (room) => (session?.roomId === room ? session : undefined) },
    worker: worker ? ffmpeg : undefined,
    more: { graceMs: 600_000 },
  });
  // Whoever tries again asks it first.
  await vi.waitFor(() => expect(server.queue.available).toBe(true), WAIT);
}

async function reaches(state: RecordingState): Promise<RecordingView | undefined> {
  return vi.waitFor(async () => {
    const view = await server.recordings.find(id);
    expect([view?.state, view?.error]).toContain(state);
    return view;
  }, WAIT);
}

beforeAll(async () => {
  [parts, redis, ffmpeg] = await Promise.all([numberedProgram({ seconds: 8 }), startTestRedis(), locateFfmpeg({})]);
});
afterAll(() => redis.close());
// A server dies that records from frame 40 on; 195 are on the disk.
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gridcast-unread-'));
  folder = join(dataDir, 'sessions', 's1');
  await startServer(false);
  session = await TestSession.open(dataDir, 's1', parts);
  session.feed(40);
  ({ id } = await server.recordings.start('demo'));
  session.feed(205);
  await session.log.close();
  session = undefined;
  await server.close();
});
afterEach(async () => {
  await server.close();
  await rm(dataDir, { recursive: true, force: true });
});

const SECONDS = (195 - 40) / 30;

describe('a recording whose server died, and whose session', () => {
  it('is on a disk that is away at the start, is tried again once that is back, and has all that was kept', async () => {
    const away = join(dataDir, 'away');
    await rename(join(dataDir, 'sessions'), away);
    await startServer();
    const failed = await reaches('failed');
    expect(failed).toMatchObject({ recovered: true, stopReason: 'crash' });
    expect(archiveFailureOf(failed?.error ?? '').code).toBe('disk_failed');
    // In vain, for now.
    await server.recordings.retry(id);
    await reaches('failed');
    await server.close();
    await rename(away, join(dataDir, 'sessions'));
    await startServer();
    expect(await readdir(join(dataDir, 'sessions'))).toEqual(['s1']);
    await server.recordings.retry(id);
    expect((await reaches('ready'))?.duration).toBeCloseTo(SECONDS, 1);
    expect((await server.store.find(id))?.ranges).toEqual([{ from: 40, to: 195, endedBy: 'interruption' }]);
  });

  it('has a file that cannot be looked at, loses nothing of it', async () => {
    const [segment, away] = [join(folder, 'segment-2.m4s'), join(dataDir, 'away')];
    await rename(segment, away);
    await symlink(segment, segment);
    await startServer();
    await reaches('failed');
    await rename(away, segment);
    await server.recordings.retry(id);
    expect((await reaches('ready'))?.duration).toBeCloseTo(SECONDS, 1);
  });

  it('cannot be repaired is archived as it is, and waits for nobody', async () => {
    await mkdir(join(folder, 'parts.jsonl.new'));
    await startServer();
    expect(server.recordings.takeInterrupted('demo')).toBeUndefined();
    expect((await reaches('ready'))?.duration).toBeCloseTo(SECONDS, 1);
  });
});

describe('a recording that runs, as an older list has it,', () => {
  it('is ready when its archive is there, whether its session is or not', async () => {
    const older = join(dataDir, 'older.sqlite');
    await cp(join(dataDir, 'db.sqlite'), older);
    await startServer();
    await server.recordings.stop(id);
    const before = await reaches('ready');
    await vi.waitFor(async () => expect(await readdir(join(dataDir, 'sessions'))).toEqual([]), WAIT);
    await server.close();
    await rename(older, join(dataDir, 'db.sqlite'));
    await startServer(false);
    const after = await reaches('ready');
    expect(after).toMatchObject({ sha256: before?.sha256, duration: before?.duration });
    const { size } = await server.recordings.file(id, 'recording.mp4');
    expect(size).toBe(before?.size);
  });
});
