import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Database } from '../../../../src/database/database.ts';
import { type Logger, nullLogger } from '../../../../src/logger.ts';
import { removeArchive } from '../../../../src/recorder/archive/archive-folders.ts';
import { UnavailableError } from '../../../../src/errors.ts';
import { RecordingStore } from '../../../../src/recorder/recordings/recording-store.ts';
import { recordingMigrations } from '../../../../src/recorder/recordings/recording-tables.ts';
import { ArchiveUse } from '../../../../src/recorder/storage/archive-use.ts';
import { S3Store } from '../../../../src/recorder/storage/s3-store.ts';
import { UploadQueue } from '../../../../src/recorder/storage/upload-queue.ts';
import { UploadStore, uploadMigrations } from '../../../../src/recorder/storage/upload-store.ts';
import { startUploadWorker } from '../../../../src/recorder/storage/upload-worker.ts';
import { Uploads } from '../../../../src/recorder/storage/uploads.ts';
import { CloseStack } from '../../../../src/util/close-stack.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { startTestRedis, type TestRedis } from '../../../helpers/redis.ts';
import { storageAt, writeArchive } from '../../../helpers/s3-archive.ts';
import { S3TestServer } from '../../../helpers/s3-server.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

const WAIT = { timeout: 20_000, interval: 25 };
const FILES = { 'recording.mp4': randomBytes(300_000), 'poster.jpg': randomBytes(500) };
const KEYS = ['manifest.json', 'poster.jpg', 'recording.mp4'].map((name) => `r1/${name}`);

let redis: TestRedis;
let server: S3TestServer;
let stack: CloseStack;
let dataDir: string;
let recordings: RecordingStore;
let store: UploadStore;
let queue: UploadQueue;
let objects: S3Store;
let use: ArchiveUse;

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.close());
beforeEach(async () => {
  stack = new CloseStack();
  server = await S3TestServer.open();
  stack.defer(() => server.close());
  dataDir = await tempDir();
  const migrations = [...recordingMigrations, ...uploadMigrations];
  const database = await Database.open({ path: ':memory:', migrations, log: nullLogger });
  stack.defer(() => database.close());
  recordings = new RecordingStore(database);
  store = new UploadStore(database);
  objects = await S3Store.open({ storage: storageAt(server.url), readFile: () => '', requestAttempts: 1 });
  stack.defer(() => objects.close());
  queue = new UploadQueue({ redis: redis.url, retry: { attempts: 3, firstMs: 10 }, log: nullLogger });
  stack.defer(() => queue.close());
  use = new ArchiveUse();
});
afterEach(() => stack.close());

async function ready(id: string): Promise<void> {
  await writeArchive(dataDir, id, FILES);
  await list(id, new Date());
}

async function list(id: string, startedAt: Date): Promise<void> {
  await recordings.insert({
    id,
    room: 'hall',
    title: 'Hall',
    session: 's1',
    state: 'ready',
    startedAt,
    ranges: [],
    framerate: 30,
  });
}

function watch(options: { keepLocal?: boolean; clock?: FakeClock; log?: Logger } = {}): Uploads {
  const { keepLocal = false, clock = systemClock, log = nullLogger } = options;
  const uploads = new Uploads({
    store,
    queue,
    objects,
    dataDir,
    prefix: '',
    keepLocal,
    use,
    clock,
    log,
    intervalMs: 50,
    againMs: 200,
  });
  stack.defer(() => uploads.close());
  uploads.kick();
  return uploads;
}

function work(): void {
  const worker = startUploadWorker({
    redis: redis.url,
    dataDir,
    objects,
    prefix: '',
    clock: systemClock,
    log: nullLogger,
  });
  stack.defer(() => worker.close());
}

const stored = async (id: string): Promise<string | undefined> => (await recordings.find(id))?.stored;
const becomes = (id: string, state: string): Promise<void> =>
  vi.waitFor(async () => expect(await stored(id)).toBe(state), WAIT);
const local = async (id: string): Promise<string[]> => (await readdir(join(dataDir, 'recordings', id))).toSorted();

describe('finished recordings', () => {
  it('go into the store, and from here once nobody reads them any more', async () => {
    await ready('r1');
    const release = use.begin('r1');
    const looks = vi.spyOn(store, 'waiting');
    watch();
    work();
    await vi.waitFor(() => expect([...server.objects.keys()].toSorted()).toEqual(KEYS), WAIT);
    const all = ['manifest.json', 'poster.jpg', 'recording.mp4', 'stored.json'];
    await vi.waitFor(async () => expect(await local('r1')).toEqual(all), WAIT);
    // The next look but one begins when the next one is over.
    const before = looks.mock.calls.length;
    await vi.waitFor(() => expect(looks.mock.calls.length).toBeGreaterThan(before + 1), WAIT);
    expect([await stored('r1'), await local('r1')]).toEqual(['uploading', all]);
    release();
    await becomes('r1', 's3');
    expect(await local('r1')).toEqual(['manifest.json', 'stored.json']);
  });

  it('stay here too when that is wanted', async () => {
    await ready('r1');
    watch({ keepLocal: true });
    work();
    await becomes('r1', 's3');
    expect(await local('r1')).toEqual(['manifest.json', 'poster.jpg', 'recording.mp4', 'stored.json']);
  });

  it('go there also when Redis has lost their upload', async () => {
    await ready('r1');
    watch();
    await becomes('r1', 'uploading');
    await vi.waitFor(async () => expect((await queue.state('r1')).kind).toBe('pending'), WAIT);
    await queue.remove('r1');
    work();
    await becomes('r1', 's3');
  });

  it('keep their files while the store refuses them, and are tried again ten minutes later', async () => {
    await ready('r1');
    const clock = new FakeClock();
    let refused = 0;
    server.fate = () => {
      refused += 1;
      return 503;
    };
    watch({ clock });
    work();
    await vi.waitFor(async () => {
      clock.advance(50);
      expect(await queue.state('r1')).toMatchObject({ kind: 'failed', reason: expect.stringContaining('SlowDown') });
    }, WAIT);
    expect(refused).toBe(3);
    expect([await stored('r1'), await local('r1')]).toEqual([
      'uploading',
      ['manifest.json', 'poster.jpg', 'recording.mp4'],
    ]);
    server.fate = () => 'serve';
    await vi.waitFor(async () => {
      clock.advance(60_000);
      expect(await stored('r1')).toBe('s3');
    }, WAIT);
  });

  it('go there however many others cannot, because their files are gone', async () => {
    for (let lost = 0; lost < 100; lost += 1) await list(`lost${lost}`, new Date(lost));
    await ready('r1');
    watch();
    work();
    await becomes('r1', 's3');
  });

  it('tell once of a store and of a Redis that are away, and again the next time', async () => {
    await ready('r1');
    const warn = vi.fn<Logger['warn']>();
    const told = (): string[] => warn.mock.calls.map(([message]) => message);
    const looks = vi.spyOn(store, 'removals');
    const uploads = watch({ log: { ...nullLogger, warn } });
    await becomes('r1', 'uploading');
    await vi.waitFor(async () => expect((await queue.state('r1')).kind).toBe('pending'), WAIT);
    // The connection may have been younger than the first look.
    warn.mockClear();
    const lookAgain = async (): Promise<void> => {
      const before = looks.mock.calls.length;
      await vi.waitFor(() => expect(looks.mock.calls.length).toBeGreaterThan(before + 2), WAIT);
    };
    server.fate = () => 503;
    await uploads.removing('r2');
    await lookAgain();
    expect(told()).toEqual(['objects of a deleted recording are still there']);
    server.fate = () => 'serve';
    await vi.waitFor(async () => expect(await store.removals()).toEqual([]), WAIT);
    for (let outage = 1; outage <= 2; outage += 1) {
      vi.spyOn(queue, 'state').mockRejectedValue(new UnavailableError('redis_unavailable', 'Redis does not answer.'));
      await lookAgain();
      expect(told()).toHaveLength(1 + outage);
      vi.mocked(queue.state).mockRestore();
      await lookAgain();
    }
  });

  it('that are deleted during their upload, of which Redis has lost the job, leave nothing there', async () => {
    await ready('r1');
    const clock = new FakeClock();
    const uploads = watch({ clock });
    work();
    const { promise: sent, resolve: send } = Promise.withResolvers<void>();
    const put = objects.put.bind(objects);
    const puts = vi.spyOn(objects, 'put').mockImplementationOnce(async (...args) => {
      await sent;
      return put(...args);
    });
    await vi.waitFor(() => expect(puts).toHaveBeenCalled(), WAIT);
    const admin = new Redis(redis.url.replace('unix://', ''));
    await admin.flushall();
    admin.disconnect();
    const lists = vi.spyOn(objects, 'list');
    await uploads.removing('r1');
    await recordings.remove('r1', new Date());
    uploads.kick();
    await vi.waitFor(() => expect(lists).toHaveBeenCalled(), WAIT);
    await lists.mock.results[0]?.value;
    // What the worker has open goes there, and nothing else.
    send();
    await puts.mock.results[0]?.value;
    await removeArchive(dataDir, 'r1');
    await Promise.allSettled(puts.mock.results.map(({ value }) => value));
    await vi.waitFor(async () => {
      clock.advance(50);
      expect(await store.removals()).toEqual([]);
    }, WAIT);
    expect([...server.objects.keys()]).toEqual([]);
  });

  it('that are deleted lose their objects, and what was left of uploads, when the store is back', async () => {
    await ready('r1');
    await ready('r12');
    const uploads = watch();
    work();
    await becomes('r1', 's3');
    await becomes('r12', 's3');
    server.uploads.set('left', { key: 'r1/recording.mp4', metadata: {}, contentType: 'video/mp4', parts: new Map() });
    server.fate = () => 503;
    await uploads.removing('r1');
    await recordings.remove('r1', new Date());
    uploads.kick();
    await vi.waitFor(() => expect(server.requests.at(-1)).toBe('GET ?uploads'), WAIT);
    expect(await store.removals()).toEqual(['r1']);
    server.fate = () => 'serve';
    await vi.waitFor(async () => expect(await store.removals()).toEqual([]), WAIT);
    expect([...server.objects.keys()].toSorted()).toEqual(KEYS.map((key) => key.replace('r1/', 'r12/')));
    expect(server.uploads.size).toBe(0);
  });
});
