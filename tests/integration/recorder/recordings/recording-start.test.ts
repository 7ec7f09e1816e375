import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Part } from '../../../../src/media/part.ts';
import type { LiveSession } from '../../../../src/recorder/session/live-session.ts';
import { numberedProgram } from '../../../helpers/numbered-program.ts';
import { type RecordingServer, startRecordingServer } from '../../../helpers/recording-server.ts';
import { startTestRedis, type TestRedis } from '../../../helpers/redis.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';
import { TestSession } from '../../../helpers/test-session.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 20_000 };

let parts: Part[];
let dataDir: string;
let redis: TestRedis;
let server: RecordingServer;
let session: TestSession;
let firstFrame: ReturnType<typeof vi.fn<(live: LiveSession) => Promise<number>>>;

beforeAll(async () => {
  [parts, redis] = await Promise.all([numberedProgram({ seconds: 4 }), startTestRedis()]);
});
afterAll(() => redis.close());
beforeEach(async () => {
  dataDir = await tempDir();
  firstFrame = vi.fn<(live: LiveSession) => Promise<number>>(async (live) => live.currentFrame());
  server = await startRecordingServer({
    redis: redis.url,
    dataDir,
    sessions: { find: (room) => (session.roomId === room ? session : undefined) },
    worker: undefined,
    more: { firstFrame: (live) => firstFrame(live) },
  });
  session = await TestSession.open(dataDir, 's1', parts);
  session.feed(30);
  return async () => {
    await session.log.close();
    await server.close();
  };
});

describe('a recording that starts', () => {
  it('is told to the room before anything of it is kept, and begins when everybody knows', async () => {
    const { recordings, store, marks } = server;
    const known = Promise.withResolvers<number>();
    firstFrame.mockReturnValueOnce(known.promise);
    const starting = recordings.start('demo');
    await vi.waitFor(() => expect(firstFrame).toHaveBeenCalledOnce(), WAIT);
    expect(marks).toEqual([['demo', 'recording']]);
    expect(await store.list({ limit: 10 })).toEqual([]);
    expect(session.keepers).toBe(0);
    session.feed(45);
    known.resolve(session.currentFrame());
    const { id } = await starting;
    expect((await store.find(id))?.ranges).toEqual([{ from: 45, to: null }]);
    expect(session.keepers).toBe(1);
  });

  it('goes on after a pause in the same way', async () => {
    const { recordings, store, marks } = server;
    const { id } = await recordings.start('demo');
    session.feed(60);
    await recordings.pause(id);
    const known = Promise.withResolvers<number>();
    firstFrame.mockReturnValueOnce(known.promise);
    const resuming = recordings.resume(id);
    await vi.waitFor(() => expect(firstFrame).toHaveBeenCalledTimes(2), WAIT);
    expect(marks.slice(2)).toEqual([['demo', 'recording']]);
    expect(session.keepers).toBe(0);
    known.resolve(90);
    await resuming;
    expect((await store.find(id))?.ranges.at(-1)).toEqual({ from: 90, to: null });
  });

  it('pauses still when it cannot go on', async () => {
    const { recordings, marks } = server;
    const { id } = await recordings.start('demo');
    session.feed(60);
    await recordings.pause(id);
    firstFrame.mockRejectedValueOnce(new Error('Nobody can be told'));
    await expect(recordings.resume(id)).rejects.toThrow('Nobody can be told');
    expect(marks.slice(1)).toEqual([
      ['demo', 'paused'],
      ['demo', 'recording'],
      ['demo', 'paused'],
    ]);
  });

  it('is taken back when it cannot begin, and may be tried again', async () => {
    const { recordings, marks } = server;
    firstFrame.mockRejectedValueOnce(new Error('Nobody can be told'));
    await expect(recordings.start('demo')).rejects.toThrow('Nobody can be told');
    expect(marks).toEqual([
      ['demo', 'recording'],
      ['demo', 'off'],
    ]);
    expect(await recordings.start('demo')).toMatchObject({ state: 'recording' });
  });

  it('by itself holds the session from its first frame on: everybody knew before', async () => {
    const { recordings, store } = server;
    const { id } = await recordings.start('demo', 'whole');
    expect((await store.find(id))?.ranges).toEqual([{ from: 0, to: null }]);
    expect(firstFrame).not.toHaveBeenCalled();
  });

  it('does so too in a session that begins while the one before it is still ending', async () => {
    const { recordings, store, marks } = server;
    const before = session;
    const { id: first } = await recordings.start('demo');
    session = await TestSession.open(dataDir, 's2', parts);
    const { id: second } = await recordings.start('demo', 'whole');
    await expect(recordings.start('demo')).rejects.toMatchObject({ code: 'already_recording' });
    before.feed(60);
    await recordings.sessionEnding(before);
    await before.log.close();
    expect(await store.find(first)).toMatchObject({ stopReason: 'session_ended', ranges: [{ from: 30, to: 60 }] });
    expect(await recordings.find(second)).toMatchObject({ state: 'recording' });
    session.feed(45);
    expect(await recordings.pause(second)).toMatchObject({ state: 'paused' });
    expect(marks.map(([, mark]) => mark)).toEqual(['recording', 'recording', 'off', 'paused']);
  });
});
