/** Recordings that the database does not know and nobody archived: their session is what there is of them. */
import { appendFile, readdir, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Database } from '../../../../src/database/database.ts';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import { nullLogger } from '../../../../src/logger.ts';
import type { Part } from '../../../../src/media/part.ts';
import { giveTitle } from '../../../../src/recorder/recordings/given-titles.ts';
import { RecordingStore } from '../../../../src/recorder/recordings/recording-store.ts';
import { recordingMigrations } from '../../../../src/recorder/recordings/recording-tables.ts';
import { adoptSessions } from '../../../../src/recorder/recordings/unlisted-sessions.ts';
import { EVENTS_FILE, formatEvent } from '../../../../src/recorder/session/session-events.ts';
import { numberedProgram, readNumbers } from '../../../helpers/numbered-program.ts';
import { startRecordingServer } from '../../../helpers/recording-server.ts';
import { startTestRedis, type TestRedis } from '../../../helpers/redis.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';
import { TestSession } from '../../../helpers/test-session.ts';

type State = 'recording' | 'paused' | 'stopped';

const FOUND = { room: 'demo', title: 'Demo', session: 's1', state: 'archiving', framerate: 30 };

let parts: Part[];
let redis: TestRedis;
let ffmpeg: { path: string; ffprobePath: string };
let dataDir: string;

beforeAll(async () => {
  [parts, redis, ffmpeg] = await Promise.all([numberedProgram({ seconds: 8 }), startTestRedis(), locateFfmpeg({})]);
});
afterAll(() => redis.close());
beforeEach(async () => {
  dataDir = await tempDir();
});

/** A session of 195 frames on the disk, in which this happened: recording, state and frame. */
async function session(...happened: ReadonlyArray<readonly [string, State, number]>): Promise<string> {
  const live = await TestSession.open(dataDir, 's1', parts);
  live.feed(205);
  await live.log.reachedFrame(195);
  await live.log.close();
  const lines = happened.map(([recording, state, frame]) =>
    formatEvent({ type: 'recording', recording, state, ms: (frame * 1000) / 30 }),
  );
  const folder = join(dataDir, 'sessions', 's1');
  await appendFile(join(folder, EVENTS_FILE), lines.join(''));
  return folder;
}

async function list(): Promise<RecordingStore> {
  const database = await Database.open({ path: ':memory:', migrations: recordingMigrations, log: nullLogger });
  onTestFinished(() => database.close());
  return new RecordingStore(database);
}

async function found(store: RecordingStore, mayGoOn = false) {
  await adoptSessions({ store, dataDir, log: nullLogger }, () => mayGoOn);
  return store.list({ limit: 10 });
}

describe('a recording that is in no list and was not archived', () => {
  it('becomes a film of what was marked, at the start, and its session goes then', async () => {
    await session(['r1', 'recording', 40], ['r1', 'paused', 70], ['r1', 'recording', 150]);
    const worker = ffmpeg;
    const server = await startRecordingServer({
      redis: redis.url,
      dataDir,
      sessions: { find: () => undefined },
      worker,
    });
    onTestFinished(() => server.close());
    await vi.waitFor(
      async () => {
        const recording = await server.recordings.find('r1');
        expect([recording?.state, recording?.error]).toContain('ready');
        expect(recording).toMatchObject({ recovered: true, stopReason: 'crash', room: 'demo' });
      },
      { timeout: 40_000, interval: 50 },
    );
    // Two seconds of it are the picture that says that it paused.
    expect((await server.recordings.find('r1'))?.duration).toBeCloseTo((70 - 40 + 195 - 150) / 30 + 2, 1);
    const path = join(dataDir, 'recordings', 'r1', 'recording.mp4');
    const numbers = (await readNumbers(ffmpeg.path, path)).map(({ number }) => number);
    expect([numbers[0], numbers.at(-1)]).toEqual([40, 194]);
    await vi.waitFor(async () => expect(await readdir(join(dataDir, 'sessions'))).toEqual([]), { timeout: 9000 });
  });

  it('has the ranges that were marked: paused, stopped, or broken off where the disk ends', async () => {
    await session(
      ['r1', 'recording', 30],
      ['r2', 'recording', 60],
      ['r1', 'paused', 60],
      ['r1', 'recording', 90],
      ['r1', 'stopped', 120],
      ['r2', 'recording', 150],
    );
    await giveTitle(dataDir, 'r2', 'Ebb');
    const [r2, r1] = await found(await list());
    expect(r1).toMatchObject({ ...FOUND, id: 'r1' });
    expect(r1?.ranges).toEqual([
      { from: 30, to: 60, endedBy: 'pause' },
      { from: 90, to: 120 },
    ]);
    expect(r1).not.toHaveProperty('recovered');
    expect(r2).toMatchObject({ ...FOUND, id: 'r2', title: 'Ebb', recovered: true, stopReason: 'crash' });
    expect(r2?.ranges).toEqual([
      { from: 60, to: 150, endedBy: 'interruption' },
      { from: 150, to: 195, endedBy: 'interruption' },
    ]);
    expect((r2?.stoppedAt?.getTime() ?? 0) - (r2?.startedAt.getTime() ?? 0)).toBeCloseTo(((195 - 60) * 1000) / 30, -1);
  });

  it('is left alone when somebody removed it, or may come back to it', async () => {
    await session(['r1', 'recording', 30], ['r1', 'stopped', 120]);
    const store = await list();
    expect(await found(store, true)).toEqual([]);
    expect(await found(store)).toHaveLength(1);
    await store.remove('r1', new Date(0));
    expect(await found(store)).toEqual([]);
  });

  it.each([
    ['nothing is known of its session', (folder: string) => rm(join(folder, 'session.json'))],
    ['much of it is not there', (folder: string) => rm(join(folder, 'segment-0.m4s'))],
    ['a part of it is cut off', (folder: string) => truncate(join(folder, 'segment-1.m4s'), 10)],
    ['its index is gone', (folder: string) => rm(join(folder, 'parts.jsonl'))],
  ])('stays as files when %s', async (_, spoil) => {
    await spoil(await session(['r1', 'recording', 0], ['r1', 'stopped', 150]));
    expect(await found(await list())).toEqual([]);
  });
});
