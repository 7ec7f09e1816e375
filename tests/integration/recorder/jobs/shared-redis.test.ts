/** A Redis that is not Gridcast's alone, or that answers and takes nothing. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { checkRedis } from '../../../../src/cli/doctor-redis.ts';
import { checkWorkers } from '../../../../src/cli/doctor-workers.ts';
import { workerCommand } from '../../../../src/cli/worker.ts';
import { configSchema } from '../../../../src/config/schema.ts';
import { type Logger, nullLogger } from '../../../../src/logger.ts';
import { ArchiveQueue } from '../../../../src/recorder/archive/archive-queue.ts';
import { startArchiveWorker } from '../../../../src/recorder/archive/archive-worker.ts';
import { findNamespace, makeNamespace, NAMESPACE_FILE } from '../../../../src/recorder/jobs/redis-namespace.ts';
import { RenderQueue } from '../../../../src/recorder/render/render-queue.ts';
import { startRenderWorker } from '../../../../src/recorder/render/render-worker.ts';
import { DataLock } from '../../../../src/server/data-lock.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { startTestRedis, type TestRedis } from '../../../helpers/redis.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

const WAIT = { timeout: 20_000, interval: 100 };
const JOB = { recording: 'r1', session: 's1', ranges: [{ from: 0, to: 30 }] };

let redis: TestRedis;
let admin: Redis;

beforeAll(async () => {
  redis = await startTestRedis();
  admin = new Redis(redis.url.replace('unix://', ''));
});
afterEach(async () => {
  await admin.config('SET', 'maxmemory', '0');
  await admin.config('SET', 'maxmemory-policy', 'noeviction');
  await admin.replicaof('NO', 'ONE');
});
afterAll(async () => {
  admin.disconnect();
  await redis.close();
});

async function queueOf(dataDir: string, log: Logger = nullLogger): Promise<ArchiveQueue> {
  const namespace = await makeNamespace(dataDir);
  const queue = new ArchiveQueue({ redis: redis.url, namespace, retry: { attempts: 1, firstMs: 10 }, log });
  onTestFinished(() => queue.close());
  await vi.waitFor(() => expect(queue.available).toBe(true), WAIT);
  return queue;
}

async function workFor(dataDir: string): Promise<void> {
  const common = {
    redis: redis.url,
    namespace: await findNamespace(dataDir),
    dataDir,
    ffmpegPath: 'ffmpeg',
    ffprobePath: 'ffprobe',
    concurrency: 1,
    log: nullLogger,
    clock: systemClock,
  };
  const worker = startArchiveWorker(common);
  const nothing = { localPath: () => Promise.reject(new Error('There is no archive here.')) };
  const renderer = startRenderWorker({ ...common, archives: nothing });
  onTestFinished(async () => void (await Promise.all([worker.close(), renderer.close()])));
}

describe('a Redis that several servers use', () => {
  it('keeps the jobs of each data folder apart', async () => {
    const [own, other] = [await tempDir(), await tempDir()];
    const [ownQueue, otherQueue] = [await queueOf(own), await queueOf(other)];
    await workFor(other);
    await ownQueue.enqueue(JOB);
    await otherQueue.enqueue({ ...JOB, recording: 'r2' });
    // The worker of the other has come to its own job, which has nothing to be made of.
    await vi.waitFor(async () => expect(await otherQueue.state('r2')).toMatchObject({ kind: 'failed' }), WAIT);
    expect(await ownQueue.state('r1')).toEqual({ kind: 'pending', progress: 0 });
    expect(await otherQueue.state('r1')).toEqual({ kind: 'missing' });
  });

  it('tells of jobs that nobody can take, and that a worker of the same folder has come', async () => {
    const [own, other] = [await tempDir(), await tempDir()];
    const queue = await queueOf(own);
    expect(await queue.unattended()).toEqual({});
    const before = Date.now();
    await queue.enqueue(JOB);
    await makeNamespace(other);
    await workFor(other);
    const { since = 0 } = (await queue.unattended()) ?? {};
    expect(since).toBeGreaterThanOrEqual(before);
    // It keeps its connections to itself.
    await admin.call('ACL', 'SETUSER', 'default', '-client');
    onTestFinished(async () => void (await admin.call('ACL', 'SETUSER', 'default', '+client')));
    expect(await queue.unattended()).toBeUndefined();
    await admin.call('ACL', 'SETUSER', 'default', '+client');
    await workFor(own);
    await vi.waitFor(async () => expect(await queue.unattended()).toEqual({}), WAIT);
  });

  it('tells of renders that nobody can take, until a worker has come', async () => {
    const dataDir = await tempDir();
    const namespace = await makeNamespace(dataDir);
    const queue = new RenderQueue({
      redis: redis.url,
      namespace,
      retry: { attempts: 1, firstMs: 10 },
      log: nullLogger,
    });
    onTestFinished(() => queue.close());
    await vi.waitFor(async () => expect(await queue.unattended()).toEqual({}), WAIT);
    const before = Date.now();
    await queue.enqueue({ recording: 'r1', render: 'v1' });
    const { since = 0 } = (await queue.unattended()) ?? {};
    expect(since).toBeGreaterThanOrEqual(before);
    await workFor(dataDir);
    await vi.waitFor(async () => expect(await queue.unattended()).toEqual({}), WAIT);
  });

  it('is asked by the doctor for workers, who says since when what was ordered waits', async () => {
    const dataDir = await tempDir();
    const config = (workers: number) =>
      configSchema.parse({ redis: { url: redis.url }, server: { data: dataDir }, archive: { workers } });
    // No server was here yet.
    expect(await checkWorkers(config(0), systemClock)).toEqual([]);
    const queue = await queueOf(dataDir);
    const before = Date.now();
    await queue.enqueue(JOB);
    const [alone] = await checkWorkers(config(0), systemClock);
    expect(alone).toMatchObject({ verdict: 'warn', remedy: expect.stringContaining('"gridcast worker"') });
    const [, since = ''] = /ordered at (\S+) waits$/.exec(alone?.text ?? '') ?? [];
    expect(Date.parse(since)).toBeGreaterThanOrEqual(before);
    // Its own come with the server, and soon after it.
    const later = { ...systemClock, wallMs: () => Date.now() + 60_000 };
    expect(await checkWorkers(config(1), later)).toEqual([]);
    const lock = await DataLock.take(dataDir);
    onTestFinished(() => lock.close());
    expect(await checkWorkers(config(1), systemClock)).toEqual([]);
    expect(await checkWorkers(config(1), later)).toMatchObject([
      { verdict: 'warn', text: expect.stringContaining('does not run') },
    ]);
    await workFor(dataDir);
    const well = [{ verdict: 'ok', subject: 'Workers', text: '1 connected' }];
    await vi.waitFor(async () => expect(await checkWorkers(config(0), systemClock)).toEqual(well), WAIT);
  });

  it('knows the folder by a name that is made once, by the server', async () => {
    const dataDir = await tempDir();
    await expect(findNamespace(dataDir)).rejects.toThrow('is not the data folder of a server');
    const name = await makeNamespace(dataDir);
    expect(await readdir(dataDir)).toEqual([NAMESPACE_FILE]);
    expect([await makeNamespace(dataDir), await findNamespace(dataDir)]).toEqual([name, name]);
    await writeFile(join(dataDir, NAMESPACE_FILE), '../x:y\n');
    await expect(makeNamespace(dataDir)).rejects.toThrow('delete it and start the server again');
    await expect(makeNamespace(join(dataDir, 'nowhere'))).rejects.toThrow('cannot be made');
  });

  it('gives nothing to a worker whose folder is not the server’s, which says so and ends', async () => {
    const GRIDCAST_DATA = await tempDir();
    const worker = workerCommand([], { ...process.env, REDIS_URL: redis.url, GRIDCAST_DATA });
    await expect(worker).rejects.toThrow(/is it mounted\?/);
  });
});

describe('a Redis that answers and takes nothing', () => {
  const ILLS: ReadonlyArray<readonly [string, RegExp, () => Promise<unknown>]> = [
    ['is full', /^OOM /, () => admin.config('SET', 'maxmemory', '1')],
    ['has become a replica', /^READONLY /, () => admin.replicaof('127.0.0.1', 1)],
  ];
  for (const [ill, words, befall] of ILLS) {
    it(`is told of once when it ${ill}, and is well again afterwards`, async () => {
      const warn = vi.fn<Logger['warn']>();
      const queue = await queueOf(await tempDir(), { ...nullLogger, warn });
      expect(await queue.health()).toBe('well');
      await befall();
      for (let again = 0; again < 3; again += 1) {
        expect(await queue.health()).toBe('refuses');
        await expect(queue.enqueue(JOB)).rejects.toMatchObject({ code: 'redis_unavailable' });
      }
      const told = warn.mock.calls.map(([, fields]) => String(fields?.['reason']));
      expect(told.filter((reason) => words.test(reason))).not.toEqual([]);
      expect(new Set(told).size).toBe(told.length);
      await admin.config('SET', 'maxmemory', '0');
      await admin.replicaof('NO', 'ONE');
      expect(await queue.health()).toBe('well');
      await expect(queue.enqueue(JOB)).resolves.toBeUndefined();
    });
  }

  it('is found by the doctor', async () => {
    const check = () => checkRedis(configSchema.parse({ redis: { url: redis.url } }), systemClock);
    expect(await check()).toMatchObject({ verdict: 'ok', text: expect.stringMatching(/answers \(\d+\.\d+\.\d+\)$/) });
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await check()).toMatchObject({
      verdict: 'warn',
      text: expect.stringContaining('drops jobs when its memory is full (maxmemory-policy allkeys-lru)'),
      remedy: 'set its maxmemory-policy to noeviction',
    });
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
    await admin.config('SET', 'maxmemory', '1');
    expect(await check()).toMatchObject({ verdict: 'FAIL', text: expect.stringContaining('is full') });
    await admin.config('SET', 'maxmemory', '0');
    await admin.replicaof('127.0.0.1', 1);
    expect(await check()).toMatchObject({ verdict: 'FAIL', text: expect.stringContaining('is a replica') });
  });
});
