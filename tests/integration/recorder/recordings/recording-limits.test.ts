import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Part } from '../../../../src/media/part.ts';
import { NO_LIMITS, type RecordingLimits } from '../../../../src/recorder/recordings/recording-limits.ts';
import type { RecordingView } from '../../../../src/recorder/recordings/recording-view.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { numberedProgram } from '../../../helpers/numbered-program.ts';
import { type RecordingServer, startRecordingServer } from '../../../helpers/recording-server.ts';
import { startTestRedis, type TestRedis } from '../../../helpers/redis.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';
import { TestSession } from '../../../helpers/test-session.ts';

const WAIT = { timeout: 20_000, interval: 10 };

let parts: Part[];
let redis: TestRedis;
let clock: FakeClock;
let session: TestSession;
let server: RecordingServer;
let free: number;
let idle: boolean;

beforeAll(async () => {
  [parts, redis] = await Promise.all([numberedProgram({ seconds: 4 }), startTestRedis()]);
});
afterAll(() => redis.close());
beforeEach(() => {
  clock = new FakeClock();
  free = 50;
  idle = false;
});
afterEach(async () => {
  await session.log.close();
  await server.close();
});

/** A recording from frame 0 on. */
async function recording(limits: Partial<RecordingLimits>): Promise<string> {
  const dataDir = await tempDir();
  const limited = { limits: { ...NO_LIMITS, ...limits }, freePercent: async () => free, isIdle: () => idle };
  const sessions = { find: (room: string) => (room === 'demo' ? session : undefined) };
  server = await startRecordingServer({
    redis: redis.url,
    dataDir,
    sessions,
    worker: undefined,
    more: { ...limited, clock },
  });
  session = await TestSession.open(dataDir, 's1', parts);
  const { id } = await server.recordings.start('demo');
  session.feed(90);
  await session.log.reachedFrame(90);
  return id;
}

const view = (id: string): Promise<RecordingView | undefined> => server.recordings.find(id);

/** A second passes, and what it leads to. */
async function second(): Promise<void> {
  await clock.run(1000);
}

async function ends(id: string, stopReason: RecordingView['stopReason']): Promise<void> {
  await vi.waitFor(async () => expect(await view(id)).toMatchObject({ state: 'archiving', stopReason }), WAIT);
  await vi.waitFor(() => expect(server.marks.at(-1)).toEqual(['demo', 'off']), { timeout: 9000 });
}

describe('a recording that nobody stops', () => {
  it('ends when it is as long as one may be; pauses do not count', async () => {
    const id = await recording({ seconds: 3600 });
    await server.recordings.pause(id);
    session.frame += 1_000_000;
    await server.recordings.resume(id);
    session.frame += 3600 * 30 - 90 - 1;
    await second();
    expect(await view(id)).toMatchObject({ state: 'recording', duration: 3599.967 });
    session.frame += 1;
    await second();
    await ends(id, 'duration_limit');
    expect((await view(id))?.duration).toBe(3600);
  });

  it('ends when it takes as much space as one may', async () => {
    const bytes = parts.filter(({ firstFrame }) => firstFrame < 90).reduce((sum, { data }) => sum + data.byteLength, 0);
    const id = await recording({ bytes: bytes + 1 });
    await second();
    expect(await view(id)).toMatchObject({ state: 'recording' });
    session.feed(105);
    await session.log.reachedFrame(105);
    await second();
    await ends(id, 'size_limit');
  });

  it('ends behind the last person when nobody has been there for so long', async () => {
    const id = await recording({ idleMs: 60_000 });
    idle = true;
    session.emptySince = 20;
    await clock.run(1000);
    session.frame += 60 * 30;
    await clock.run(60_000);
    await ends(id, 'idle');
    expect((await server.store.find(id))?.ranges).toEqual([{ from: 0, to: 80, emptyTo: 90 + 60 * 30 }]);
  });

  it('ends when nothing has happened for too long', async () => {
    const id = await recording({ idleMs: 60_000 });
    idle = true;
    await clock.run(60_999, 1000);
    expect(await view(id)).toMatchObject({ state: 'recording' });
    await second();
    await ends(id, 'idle');
  });

  it('ends when the disk has too little space, and none begins until it has', async () => {
    const id = await recording({ floorPercent: 5 });
    free = 4.99;
    await clock.run(8000, 1000);
    await ends(id, 'disk_floor');
    await expect(server.recordings.start('demo')).rejects.toMatchObject({ status: 507, code: 'disk_floor' });
    await expect(server.recordings.requireSpace()).rejects.toMatchObject({ code: 'disk_floor' });
    expect((await server.recordings.list({ limit: 9 })).items).toHaveLength(1);
    free = 5;
    expect(await server.recordings.start('demo')).toMatchObject({ state: 'recording' });
  });
});

describe('a recording on a disk that is full', () => {
  it('says so as long as it runs and the log cannot be written', async () => {
    const id = await recording({});
    const failed = vi.spyOn(session.log, 'failed', 'get').mockReturnValue({ code: 'disk_full', reason: 'ENOSPC' });
    expect(await view(id)).toMatchObject({ state: 'recording', problem: { code: 'disk_full' } });
    await server.recordings.pause(id);
    expect(await view(id)).not.toHaveProperty('problem');
    failed.mockRestore();
  });

  it('is ended with its session as soon as that can be stored', async () => {
    const id = await recording({});
    const full = new Error('database or disk is full');
    const change = vi.spyOn(server.store, 'change').mockRejectedValue(full);
    await expect(server.recordings.stop(id)).rejects.toBe(full);
    await expect(server.recordings.pause(id)).rejects.toBe(full);
    expect(session.keepers).toBe(1);
    await server.recordings.sessionEnding(session);
    await session.log.close();
    await clock.run(20_000, 1000);
    expect((await server.store.find(id))?.state).toBe('recording');
    change.mockRestore();
    await clock.run(10_000, 1000);
    await ends(id, 'session_ended');
    expect(session.keepers).toBe(0);
  });
});
