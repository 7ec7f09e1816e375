import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import type { Part } from '../../../../src/media/part.ts';
import { archiveFolder, readManifest } from '../../../../src/recorder/archive/archive-manifest.ts';
import { formatEvent } from '../../../../src/recorder/session/session-events.ts';
import { numberedProgram, readNumbers } from '../../../helpers/numbered-program.ts';
import { type RecordingServer, startRecordingServer } from '../../../helpers/recording-server.ts';
import { startTestRedis, type TestRedis } from '../../../helpers/redis.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';
import { TestSession } from '../../../helpers/test-session.ts';

const WAIT = { timeout: 20_000, interval: 25 };
const LONG = 600_000;

let parts: Part[];
let redis: TestRedis;
let ffmpeg: { path: string; ffprobePath: string };
let dataDir: string;
let session: TestSession | undefined;
let server: RecordingServer;

beforeAll(async () => {
  [parts, redis, ffmpeg] = await Promise.all([numberedProgram({ seconds: 12 }), startTestRedis(), locateFfmpeg({})]);
  return () => redis.close();
});
beforeEach(async () => {
  dataDir = await tempDir();
});
afterEach(async () => {
  await session?.log.close();
  session = undefined;
});

async function startServer(graceMs = 0): Promise<RecordingServer> {
  const sessions = { find: (room: string) => (session?.roomId === room ? session : undefined) };
  server = await startRecordingServer({ redis: redis.url, dataDir, sessions, worker: ffmpeg, more: { graceMs } });
  onTestFinished(() => server.close());
  return server;
}

/** A recording from frame 40 on, of which the last person leaves at frame 100. */
async function recorded(): Promise<{ readonly id: string; readonly live: TestSession }> {
  await startServer();
  const live = await TestSession.open(dataDir, 's1', parts);
  session = live;
  live.feed(40);
  const { id } = await server.recordings.start('demo');
  live.feed(100);
  live.emptySince = 100;
  return { id, live };
}

async function end(live: TestSession): Promise<void> {
  await server.recordings.sessionEnding(live);
  await live.log.close();
  session = undefined;
}

async function archived(id: string): Promise<void> {
  await vi.waitFor(async () => {
    const found = await server.recordings.find(id);
    expect([found?.state, found?.error]).toContain('ready');
  }, WAIT);
}

const ranges = async (id: string): Promise<unknown> => (await server.store.find(id))?.ranges;

describe('a recording whose room is empty in the end', () => {
  it('ends two seconds behind the last person, and its manifest says what was left out', async () => {
    const { id, live } = await recorded();
    live.feed(330);
    await end(live);
    expect(await ranges(id)).toEqual([{ from: 40, to: 160, emptyTo: 330 }]);
    expect(live.written).toContainEqual({ type: 'recording', recording: id, state: 'stopped', ms: 160_000 / 30 });
    await archived(id);
    const view = await server.recordings.find(id);
    expect(view).toMatchObject({ stopReason: 'session_ended' });
    expect(view?.duration).toBeCloseTo(4, 1);
    const shown = await readNumbers(ffmpeg.path, join(dataDir, 'recordings', id, 'recording.mp4'));
    expect(shown.at(-1)?.number).toBe(159);
    const manifest = await readManifest(archiveFolder(dataDir, id));
    expect(manifest).toMatchObject({
      ranges: [{ from: 40, to: 160 }],
      empty: [{ from: 160, to: 330 }],
      missingFrames: 0,
    });
  });

  it('keeps everything when somebody comes back, and when somebody stops it', async () => {
    const back = await recorded();
    back.live.feed(150);
    back.live.emptySince = undefined;
    back.live.feed(240);
    back.live.emptySince = 230;
    await end(back.live);
    expect(await ranges(back.id)).toEqual([{ from: 40, to: 240 }]);
    await archived(back.id);
    expect(await readManifest(archiveFolder(dataDir, back.id))).not.toHaveProperty('empty');
    await server.close();
    dataDir = await tempDir();
    const stopped = await recorded();
    stopped.live.feed(330);
    await server.recordings.stop(stopped.id);
    expect(await ranges(stopped.id)).toEqual([{ from: 40, to: 330 }]);
  });

  it('keeps everything of what somebody began in the empty room', async () => {
    const { id, live } = await recorded();
    live.feed(150);
    await server.recordings.pause(id);
    live.feed(200);
    await server.recordings.resume(id);
    live.feed(330);
    await end(live);
    expect(await ranges(id)).toEqual([
      { from: 40, to: 150, endedBy: 'pause' },
      { from: 200, to: 330 },
    ]);
  });
});

/** The server dies at frame 330 of the session, of which all is on the disk. */
async function crashed(...events: Parameters<typeof formatEvent>[0][]): Promise<string> {
  const { id, live } = await recorded();
  live.feed(330);
  await live.log.close();
  session = undefined;
  await writeFile(join(live.log.folder, 'events.jsonl'), events.map(formatEvent).join(''));
  await server.close();
  return id;
}

const JOINED = { type: 'joined', ms: 0, participant: 'a', name: 'Ann', role: 'host' } as const;
const LEFT = { type: 'left', ms: 100_000 / 30, participant: 'a' } as const;

describe('a recording whose server died while its room was empty', () => {
  it('ends behind the last person when nobody comes back', async () => {
    const id = await crashed(JOINED, LEFT);
    await startServer();
    await archived(id);
    expect(await ranges(id)).toEqual([{ from: 40, to: 160, endedBy: 'interruption', emptyTo: 330 }]);
    expect(await server.recordings.find(id)).toMatchObject({ recovered: true, stopReason: 'crash' });
    expect((await readManifest(archiveFolder(dataDir, id)))?.empty).toEqual([{ from: 160, to: 330 }]);
  });

  it('goes on from there when somebody does', async () => {
    const id = await crashed(JOINED, LEFT);
    await startServer(LONG);
    const resumable = server.recordings.takeInterrupted('demo');
    if (!resumable) throw new Error('Nothing waits in this room.');
    expect(resumable.firstFrame).toBe(330);
    session = await TestSession.resume(dataDir, resumable, []);
    session.frame = 400;
    server.recordings.sessionOpened(session);
    session.frame = 430;
    await server.recordings.pause(id);
    expect(await ranges(id)).toEqual([
      { from: 40, to: 160, endedBy: 'interruption', emptyTo: 330 },
      { from: 400, to: 430, endedBy: 'pause' },
    ]);
  });

  it('is kept to its end when somebody was there', async () => {
    const id = await crashed(JOINED);
    await startServer();
    await archived(id);
    expect(await ranges(id)).toEqual([{ from: 40, to: 330, endedBy: 'interruption' }]);
  });
});
