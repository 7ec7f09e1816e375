import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Database } from '../../../../src/database/database.ts';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import { nullLogger } from '../../../../src/logger.ts';
import { connectRedis } from '../../../../src/recorder/jobs/redis-connection.ts';
import { renderFolder, rendersFolder } from '../../../../src/recorder/render/render-files.ts';
import { RenderQueue } from '../../../../src/recorder/render/render-queue.ts';
import { type RenderRequest, renderRequestSchema } from '../../../../src/recorder/render/render-request.ts';
import { RenderStore, renderMigrations } from '../../../../src/recorder/render/render-store.ts';
import { readTimeline } from '../../../../src/recorder/render/render-timeline.ts';
import { RecordingKeys } from '../../../../src/recorder/storage/recording-keys.ts';
import type { Seal } from '../../../../src/recorder/storage/seal.ts';
import { isSealed, sealFile } from '../../../../src/recorder/storage/sealed-file.ts';
import { startRenderWorker } from '../../../../src/recorder/render/render-worker.ts';
import { type RenderLimits, Renders, type RenderView } from '../../../../src/recorder/render/renders.ts';
import { takeInUnlisted } from '../../../../src/recorder/render/unlisted-renders.ts';
import { CloseStack } from '../../../../src/util/close-stack.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { startTestRedis, type TestRedis } from '../../../helpers/redis.ts';
import { descendantsOf, isAlive } from '../../mixer/processes.ts';
import { archivesIn, writeTrackArchive } from '../../../helpers/track-archive.ts';

const WORKER = fileURLToPath(new URL('../../../helpers/render-worker-main.ts', import.meta.url));
const LIMITS: RenderLimits = { maxPerRecording: 3, maxQueued: 2, maxSeconds: 100 };
const SHORT = request({ from: 1, to: 1.5, format: 'wav' });
const PATIENCE = { timeout: 40_000, interval: 50 };

let redis: TestRedis;
let ffmpeg: { path: string; ffprobePath: string };
let dataDir: string;
let stack = new CloseStack();

beforeAll(async () => {
  redis = await startTestRedis();
  ffmpeg = await locateFfmpeg({});
  dataDir = await mkdtemp(join(tmpdir(), 'gridcast-renders-'));
  const people = [{ id: 'ana', from: 0, to: 20, toneHz: 400 }];
  await writeTrackArchive(dataDir, { recording: 'r1', people, duration: 20 });
});
afterEach(async () => {
  await stack.close();
  stack = new CloseStack();
  await rm(rendersFolder(dataDir), { recursive: true, force: true });
  await flush();
});
afterAll(async () => {
  await redis.close();
  await rm(dataDir, { recursive: true, force: true });
});

function request(given: object): RenderRequest {
  return renderRequestSchema.parse(given);
}

/** Redis loses everything. */
async function flush(): Promise<void> {
  const link = connectRedis(redis.url, 'worker', () => {});
  await link.redis.flushall();
  await link.close();
}

/** A finished render on the disk, made by nobody. */
async function finished(recording: string, render: string, more: object = {}): Promise<void> {
  const folder = renderFolder(dataDir, { recording, render });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'render.wav'), 'wav');
  const about = {
    version: 1,
    id: render,
    recording,
    file: 'render.wav',
    size: 3,
    sha256: 'a'.repeat(64),
    duration: 0.5,
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...about, ...more }));
}

const ANYWHERE = { exists: async () => true, wasRemoved: async () => false };

interface Opening {
  readonly wasRemoved?: (id: string) => boolean;
  readonly exists?: (id: string) => boolean;
  readonly limits?: RenderLimits;
  readonly attempts?: number;
  readonly keyOf?: (recording: string) => Promise<Uint8Array | undefined>;
}

async function open({
  exists = () => true,
  wasRemoved = () => false,
  limits = LIMITS,
  attempts = 3,
  keyOf,
}: Opening = {}) {
  const path = ':memory:';
  const database = await Database.open({ path, migrations: renderMigrations, log: nullLogger });
  stack.defer(() => database.close());
  const queue = new RenderQueue({ redis: redis.url, retry: { attempts, firstMs: 10 }, log: nullLogger });
  stack.defer(() => queue.close());
  const store = new RenderStore(database);
  const renders = await Renders.open({
    ...{ store, queue, dataDir, limits, clock: systemClock, log: nullLogger, intervalMs: 50 },
    timeline: () => readTimeline(join(dataDir, 'recordings', 'r1', 'timeline.json')),
    exists: async (id) => exists(id),
    wasRemoved: async (id) => wasRemoved(id),
    ...(keyOf && { keyOf }),
  });
  stack.defer(() => renders.close());
  return { renders, store, queue };
}

function work(change: { ffmpegPath?: string; seal?: Seal; lockMs?: number } = {}): { close(): Promise<void> } {
  const worker = startRenderWorker({
    ...{ redis: redis.url, dataDir, archives: archivesIn(dataDir), concurrency: 1 },
    ...{ ffmpegPath: ffmpeg.path, ffprobePath: ffmpeg.ffprobePath, log: nullLogger, clock: systemClock, ...change },
  });
  stack.defer(() => worker.close());
  return worker;
}

function reaches(renders: Renders, id: string, state: RenderView['state']): Promise<RenderView> {
  return vi.waitFor(async () => {
    const render = await renders.find('r1', id);
    if (render.state !== state) throw new Error(`It is ${render.state}: ${render.error}`);
    return render;
  }, PATIENCE);
}

const onDisk = (): Promise<string[]> => readdir(join(rendersFolder(dataDir), 'r1')).catch(() => []);

describe('renders', () => {
  it('are made by a worker, are there to be fetched, and go when they are deleted', async () => {
    const { renders } = await open();
    work();
    const { id, state, format, from, to } = await renders.create('r1', SHORT);
    expect({ state, format, from, to }).toEqual({ state: 'waiting', format: 'wav', from: 1, to: 1.5 });
    const ready = await reaches(renders, id, 'ready');
    expect(ready).toMatchObject({ progress: 1, duration: expect.closeTo(0.5, 1) });
    expect(await renders.file('r1', id)).toMatchObject({
      contentType: 'audio/wav',
      size: ready.size,
      etag: ready.sha256,
    });
    expect(await renders.list('r1')).toEqual([ready]);
    expect(await onDisk()).toEqual([id]);
    await renders.remove('r1', id);
    await expect(renders.find('r1', id)).rejects.toMatchObject({ code: 'render_not_found' });
    expect(await onDisk()).toEqual([]);
  });

  it('are encrypted like their recording, and read again in any part', async () => {
    const keys = new RecordingKeys({ dataDir });
    const { renders } = await open({ keyOf: (recording) => keys.find(recording) });
    work({ seal: async (recording, path) => sealFile(path, await keys.create(recording)) });
    const { id } = await renders.create('r1', SHORT);
    await reaches(renders, id, 'ready');
    expect(await isSealed(join(rendersFolder(dataDir), 'r1', id, 'render.wav'))).toBe(true);
    const file = await renders.file('r1', id);
    expect((await buffer(await file.read({ start: 8, end: 11 }))).toString()).toBe('WAVE');
    const whole = await buffer(await file.read());
    expect(createHash('sha256').update(whole).digest('hex')).toBe(file.etag);
    await keys.remove('r1');
    await expect(renders.file('r1', id)).rejects.toMatchObject({ code: 'key_missing' });
  });

  it('are of their recording alone', async () => {
    const { renders } = await open();
    const { id } = await renders.create('r1', SHORT);
    await expect(renders.find('r2', id)).rejects.toMatchObject({ code: 'render_not_found' });
    await expect(renders.remove('r2', id)).rejects.toMatchObject({ code: 'render_not_found' });
    await expect(renders.file('r1', id)).rejects.toMatchObject({ code: 'not_ready' });
  });

  it('are ordered again when Redis has lost them', async () => {
    const { renders, queue } = await open();
    const { id } = await renders.create('r1', SHORT);
    await vi.waitFor(async () => expect(await queue.state(id)).toEqual({ kind: 'waiting' }), PATIENCE);
    await flush();
    work();
    await reaches(renders, id, 'ready');
  });

  it('fail after three tries with the reason, and leave nothing behind', async () => {
    const { renders } = await open();
    work({ ffmpegPath: '/no/such/ffmpeg' });
    const { id } = await renders.create('r1', SHORT);
    const { error } = await reaches(renders, id, 'failed');
    expect(error).toContain('/no/such/ffmpeg');
    expect(await onDisk()).toEqual([]);
  });

  it('that are being made are given up when they are deleted', async () => {
    const { renders, queue } = await open();
    work();
    const { id } = await renders.create('r1', request({ format: 'mp4', width: 1280, height: 720 }));
    await reaches(renders, id, 'active');
    await renders.remove('r1', id);
    // The job itself ends well: nobody wanted it any more.
    await vi.waitFor(async () => expect(['completed', 'missing']).toContain((await queue.state(id)).kind), PATIENCE);
    await vi.waitFor(async () => expect(await onDisk()).toEqual([]), PATIENCE);
  });

  it('go to another worker when theirs is ended, and that costs them no try', async () => {
    const { renders } = await open({ attempts: 1 });
    const first = work();
    const { id } = await renders.create('r1', request({ to: 6, format: 'mp4' }));
    await reaches(renders, id, 'active');
    await first.close();
    expect((await renders.find('r1', id)).state).not.toBe('failed');
    work();
    await reaches(renders, id, 'ready');
  });

  it('go to another worker when theirs is killed, and no process of it goes on', async () => {
    const { renders } = await open({ attempts: 1 });
    const child = spawn(process.execPath, [WORKER, redis.url, dataDir, ffmpeg.path, ffmpeg.ffprobePath], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    stack.defer(() => child.kill('SIGKILL'));
    const { id } = await renders.create('r1', request({ to: 6, format: 'mp4' }));
    // The encoder and a decoder.
    const running = await vi.waitFor(() => {
      const all = descendantsOf(child.pid ?? 0);
      if (all.length < 2) throw new Error('It has not begun');
      return all;
    }, PATIENCE);
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(running.filter(({ pid }) => isAlive(pid))).toEqual([]), PATIENCE);
    work({ lockMs: 1000 });
    await reaches(renders, id, 'ready');
    // What the killed one left goes a moment after the file is there for all to see.
    await vi.waitFor(async () => expect(await onDisk()).toEqual([id]), PATIENCE);
  });

  it('of a deleted recording go with it, also those that nobody remembers', async () => {
    const { renders } = await open();
    work();
    const { id } = await renders.create('r1', SHORT);
    await reaches(renders, id, 'ready');
    await renders.removeRecording('r1');
    expect(await renders.list('r1')).toEqual([]);
    expect(await readdir(rendersFolder(dataDir))).toEqual([]);
  });

  it('that are not finished and in no list are deleted at the start, and those of recordings that somebody removed', async () => {
    await writeTrackArchive(dataDir, { recording: '../renders/removed', people: [], duration: 1 });
    await writeTrackArchive(dataDir, { recording: '../renders/r1/vstray', people: [], duration: 1 });
    await writeTrackArchive(dataDir, { recording: '../renders/r1/.vstray.0a1b', people: [], duration: 1 });
    await finished('removed', 'vold');
    await open({ wasRemoved: (id) => id === 'removed' });
    expect(await readdir(rendersFolder(dataDir))).toEqual([]);
  });

  it('that are finished and in no list are listed again, as they were', async () => {
    const { renders } = await open();
    work();
    const { id } = await renders.create('r1', SHORT);
    const { createdAt: _, ...made } = await reaches(renders, id, 'ready');
    const other = await open();
    expect(await other.renders.list('r1')).toEqual([{ ...made, createdAt: expect.any(String) }]);
    const { read } = await other.renders.file('r1', id);
    expect(
      createHash('sha256')
        .update(await buffer(await read()))
        .digest('hex'),
    ).toBe(made.sha256);
    await other.renders.remove('r1', id);
    // As in an old copy of the data folder, which is put back.
    await finished('r1', id, { order: { ...SHORT, width: 320, height: 180 }, madeAt: '2031-05-14T12:00:00.000Z' });
    expect(await other.store.wasRemoved(id)).toBe(true);
    await takeInUnlisted({ ...other, ...{ dataDir, clock: systemClock, log: nullLogger }, ...ANYWHERE });
    expect(await onDisk()).toEqual([]);
  });

  it('that are finished stay where nothing can be told of them, and where their recording is in no list', async () => {
    await finished('r1', 'vbefore');
    await finished('lost', 'vwhole', {
      order: { ...SHORT, width: 320, height: 180 },
      madeAt: '2031-05-14T12:00:00.000Z',
    });
    const { renders } = await open({ exists: (id) => id === 'r1' });
    expect(await renders.list('r1')).toEqual([]);
    expect(await onDisk()).toEqual(['vbefore']);
    expect(await readdir(join(rendersFolder(dataDir), 'lost'))).toEqual(['vwhole']);
  });

  it('wait in so many places as there are, and no more', async () => {
    const { renders } = await open();
    const first = await renders.create('r1', SHORT);
    await renders.create('r1', SHORT);
    await expect(renders.create('r1', SHORT)).rejects.toMatchObject({ code: 'renders_busy', status: 429 });
    await renders.remove('r1', first.id);
    await renders.create('r1', SHORT);
  });

  it('of one recording are so many as it may have, and no more', async () => {
    const { renders } = await open({ limits: { ...LIMITS, maxQueued: 10 } });
    const all = await Promise.allSettled(Array.from({ length: 4 }, () => renders.create('r1', SHORT)));
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
    expect(all[3]).toMatchObject({ reason: { code: 'too_many_renders', status: 409 } });
  });
});
