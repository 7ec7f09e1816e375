import { createHash, randomBytes } from 'node:crypto';
import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nullLogger } from '../../../../src/logger.ts';
import { ArchiveReader } from '../../../../src/recorder/storage/archive-reader.ts';
import { RecordingKeys } from '../../../../src/recorder/storage/recording-keys.ts';
import { S3Store } from '../../../../src/recorder/storage/s3-store.ts';
import { sealFile } from '../../../../src/recorder/storage/sealed-file.ts';
import { readStored } from '../../../../src/recorder/storage/stored-marker.ts';
import { removeLocalCopy, runUpload } from '../../../../src/recorder/storage/upload-job.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { storageAt, writeArchive } from '../../../helpers/s3-archive.ts';
import { type S3Request, S3TestServer } from '../../../helpers/s3-server.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { TcpProxy } from '../../../helpers/tcp-proxy.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

const MIB = 1024 * 1024;
const FILM = randomBytes(20 * MIB + 12_345);
const FILES = { 'recording.mp4': FILM, 'poster.jpg': randomBytes(5000), 'chat.vtt': Buffer.alloc(0) };

let server: S3TestServer;
let objects: S3Store;
let dataDir: string;

beforeEach(async () => {
  server = await S3TestServer.open();
  objects = await openStore(server.url);
  dataDir = await tempDir();
  await writeArchive(dataDir, 'r1', FILES);
});
afterEach(async () => {
  objects.close();
  await server.close();
});

function openStore(url: string): Promise<S3Store> {
  return S3Store.open({ storage: storageAt(url), readFile: () => '' });
}

function context() {
  const { signal } = new AbortController();
  return { dataDir, prefix: 'gridcast/', clock: systemClock, log: nullLogger, signal, onProgress: () => undefined };
}

const upload = (store = objects, signal = context().signal) =>
  runUpload('r1', { ...context(), objects: store, signal });

const folder = (): string => join(dataDir, 'recordings', 'r1');
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function expectWhole(): void {
  for (const [name, bytes] of Object.entries(FILES)) {
    expect(hash(server.objects.get(`gridcast/r1/${name}`)?.data ?? Buffer.from('missing')), name).toBe(hash(bytes));
  }
  expect([...server.objects.keys()].toSorted()).toEqual(
    [...Object.keys(FILES), 'manifest.json'].map((name) => `gridcast/r1/${name}`).toSorted(),
  );
  expect(server.uploads.size).toBe(0);
}

async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const isPart = ({ method, query }: S3Request): boolean => method === 'PUT' && query.has('uploadId');

describe('an upload', () => {
  it('puts every file into the store, large ones in parts, and says so when each was read back', async () => {
    const stored = await upload();
    expectWhole();
    expect(server.requests.filter((request) => request === 'PUT gridcast/r1/recording.mp4?uploadId')).toHaveLength(3);
    expect(stored.files.find(({ name }) => name === 'recording.mp4')).toMatchObject({
      key: 'gridcast/r1/recording.mp4',
      size: FILM.length,
      sha256: hash(FILM),
      sealed: false,
    });
    expect(await readStored(folder())).toEqual(stored);
    server.requests.length = 0;
    await upload();
    expect(server.requests).toEqual([]);
  });

  it('arrives whole through a store that refuses, breaks off and forgets', async () => {
    const seen = new Map<string, number>();
    server.fate = ({ method, key, query }) => {
      const mark = `${method} ${key} ${query.get('partNumber') ?? ''} ${query.has('uploads')}`;
      const time = (seen.get(mark) ?? 0) + 1;
      seen.set(mark, time);
      // The first try of everything fails, one way or the other; of the film's second part the second one too.
      if (query.get('partNumber') === '2' && time === 2) return 500;
      return time > 1 ? 'serve' : method === 'PUT' && seen.size % 2 === 0 ? 'cut' : 503;
    };
    await upload();
    expectWhole();
  });

  it('arrives whole over a line that is slow and is cut', async () => {
    const line = await TcpProxy.open(server.url);
    const store = await openStore(line.url);
    let cuts = 0;
    server.fate = (request) => {
      if (isPart(request) && cuts < 3) {
        cuts += 1;
        line.cut();
      }
      return 'serve';
    };
    line.up.bytesPerSecond = 30 * MIB;
    await upload(store);
    store.close();
    await line.close();
    expect(cuts).toBe(3);
    expectWhole();
  });

  it('that fails leaves no parts behind, and the next one goes on from what is there', async () => {
    const hasty = await S3Store.open({ storage: storageAt(server.url), readFile: () => '', requestAttempts: 2 });
    server.fate = ({ key, method }) => (method === 'PUT' && key.endsWith('poster.jpg') ? 500 : 'serve');
    await expect(upload(hasty)).rejects.toMatchObject({ code: 'storage_unavailable' });
    server.fate = (request) => (isPart(request) && request.query.get('partNumber') === '3' ? 500 : 'serve');
    server.objects.delete('gridcast/r1/recording.mp4');
    await expect(upload(hasty)).rejects.toMatchObject({ code: 'storage_unavailable' });
    hasty.close();
    expect(server.uploads.size).toBe(0);
    expect(await readStored(folder())).toBeUndefined();
    server.fate = () => 'serve';
    await upload();
    expectWhole();
    await unlink(join(folder(), 'stored.json'));
    server.objects.delete('gridcast/r1/poster.jpg');
    server.requests.length = 0;
    await upload();
    expect(server.requests.filter((request) => request.startsWith('PUT'))).toEqual(['PUT gridcast/r1/poster.jpg']);
    expectWhole();
  });

  it('ends the parts that an attempt left which was killed, and those of nobody else', async () => {
    const open = { metadata: {}, contentType: 'video/mp4', parts: new Map() };
    server.uploads.set('left', { ...open, key: 'gridcast/r1/recording.mp4' });
    server.uploads.set('other', { ...open, key: 'gridcast/r2/recording.mp4' });
    await upload();
    expect([...server.uploads.keys()]).toEqual(['other']);
  });

  it('breaks off when told, without parts in the store', async () => {
    const stop = new AbortController();
    server.fate = (request) => {
      if (isPart(request)) stop.abort();
      return 'serve';
    };
    await expect(upload(objects, stop.signal)).rejects.toThrow(/abort/i);
    await vi.waitFor(() => expect(server.uploads.size).toBe(0), { timeout: 9000 });
    expect(await readStored(folder())).toBeUndefined();
  });

  it.each(['a truncated object', 'a changed object'])('does not take %s for the file', async (harm) => {
    let harmed = 0;
    server.fate = ({ method, key }) => {
      const object = server.objects.get(key);
      if (method === 'GET' && key.endsWith('recording.mp4') && object && harmed < 1) {
        harmed += 1;
        const data = Buffer.from(object.data);
        data[1000] = (data[1000] ?? 0) ^ 1;
        object.data = harm === 'a changed object' ? data : object.data.subarray(0, 10 * MIB);
      }
      return 'serve';
    };
    await expect(upload()).rejects.toMatchObject({ code: 'upload_damaged' });
    expect(await readStored(folder())).toBeUndefined();
    // Nothing is deleted for a bad reading: another worker may have found it whole, and the files here be gone.
    expect(server.objects.has('gridcast/r1/recording.mp4')).toBe(true);
    expect((await readdir(folder())).toSorted()).toEqual([...Object.keys(FILES), 'manifest.json'].toSorted());
    await upload();
    expectWhole();
  });

  it('does not begin without an archive, and is not tried again then', async () => {
    await expect(runUpload('none', { ...context(), objects })).rejects.toMatchObject({ code: 'upload_impossible' });
  });

  it('is refused with the reason, without the secret', async () => {
    const store = await S3Store.open({ storage: storageAt(server.url, { accessKey: 'somebody' }), readFile: () => '' });
    const error = await upload(store).catch((thrown: unknown) => thrown);
    store.close();
    expect(String(error)).toMatch(/AccessDenied/);
    expect(String(error)).not.toContain('not-very-secret');
  });
});

describe('an archive in a store', () => {
  it.each([false, true])('is read from there, in any part, encrypted: %s', async (sealed) => {
    const keys = new RecordingKeys({ dataDir });
    if (sealed) await sealFile(join(folder(), 'recording.mp4'), await keys.create('r1'));
    await upload();
    await removeLocalCopy(dataDir, 'r1');
    expect((await readdir(folder())).toSorted()).toEqual(['manifest.json', 'stored.json']);
    if (sealed)
      expect(server.objects.get('gridcast/r1/recording.mp4')?.data.includes(FILM.subarray(0, 64))).toBe(false);
    const reader = new ArchiveReader({ dataDir, keys, objects, clock: systemClock });
    expect((await reader.describe('r1', 'recording.mp4')).size).toBe(FILM.length);
    expect(hash(await bytesOf(await reader.open('r1', 'recording.mp4')))).toBe(hash(FILM));
    const span = { start: 7 * MIB - 5, end: 9 * MIB + 3 };
    const part = await bytesOf(await reader.open('r1', 'recording.mp4', span));
    expect(hash(part)).toBe(hash(FILM.subarray(span.start, span.end + 1)));
    expect((await bytesOf(await reader.open('r1', 'chat.vtt'))).length).toBe(0);
    await expect(reader.open('r1', 'none.vtt')).rejects.toMatchObject({ code: 'file_missing' });
  });

  it('goes on being read where the store broke off, without a gap', async () => {
    await upload();
    await removeLocalCopy(dataDir, 'r1');
    let cuts = 0;
    server.fate = ({ method }) => {
      if (method !== 'GET' || cuts >= 4) return 'serve';
      cuts += 1;
      return 'cut';
    };
    const reader = new ArchiveReader({ dataDir, keys: new RecordingKeys({ dataDir }), objects, clock: systemClock });
    expect(hash(await bytesOf(await reader.open('r1', 'recording.mp4')))).toBe(hash(FILM));
    expect(cuts).toBe(4);
  });

  it('is never made up of other bytes than were asked for', async () => {
    await upload();
    await removeLocalCopy(dataDir, 'r1');
    const reader = new ArchiveReader({ dataDir, keys: new RecordingKeys({ dataDir }), objects, clock: systemClock });
    server.fate = () => 'whole';
    expect(hash(await bytesOf(await reader.open('r1', 'recording.mp4')))).toBe(hash(FILM));
    for (const span of [
      { start: 5, end: 9 },
      { start: 0, end: 9 },
    ]) {
      const read = reader.open('r1', 'recording.mp4', span);
      await expect(read, `${span.start}`).rejects.toMatchObject({ code: 'storage_unavailable' });
    }
    expect(reader.use.has('r1')).toBe(false);
    // A download that breaks off, and goes on at another store.
    server.requests.length = 0;
    server.fate = () => (server.requests.length > 1 ? 'whole' : 'cut');
    const clock = new FakeClock();
    const late = new ArchiveReader({ dataDir, keys: new RecordingKeys({ dataDir }), objects, clock });
    const read = bytesOf(await late.open('r1', 'recording.mp4')).catch((error: unknown) => error);
    await vi.waitFor(
      () => {
        clock.advance(5000);
        expect(server.requests.length).toBeGreaterThan(6);
      },
      { timeout: 9000 },
    );
    expect(await read).toMatchObject({ code: 'storage_unavailable' });
  });

  it('is asked for once, and told to be out of reach before anything is sent when the store is away', async () => {
    await upload();
    await removeLocalCopy(dataDir, 'r1');
    const hasty = await S3Store.open({ storage: storageAt(server.url), readFile: () => '', requestAttempts: 1 });
    const keys = new RecordingKeys({ dataDir });
    const reader = new ArchiveReader({ dataDir, keys, objects: hasty, clock: systemClock });
    server.requests.length = 0;
    expect(hash(await bytesOf(await reader.open('r1', 'recording.mp4')))).toBe(hash(FILM));
    expect(server.requests).toEqual(['GET gridcast/r1/recording.mp4']);
    server.fate = () => 503;
    await expect(reader.open('r1', 'recording.mp4')).rejects.toMatchObject({ code: 'storage_unavailable' });
    expect(reader.use.has('r1')).toBe(false);
    hasty.close();
  });

  it('is told to be out of reach when the configuration has no store any more', async () => {
    await upload();
    await removeLocalCopy(dataDir, 'r1');
    const reader = new ArchiveReader({ dataDir, keys: new RecordingKeys({ dataDir }), clock: systemClock });
    await expect(reader.open('r1', 'recording.mp4')).rejects.toMatchObject({
      code: 'storage_unavailable',
      status: 503,
    });
  });
});
