import { createHash, randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import S3rver from 's3rver';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nullLogger } from '../../../../src/logger.ts';
import { S3Store } from '../../../../src/recorder/storage/s3-store.ts';
import { runUpload } from '../../../../src/recorder/storage/upload-job.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { storageAt, writeArchive } from '../../../helpers/s3-archive.ts';
import { TcpProxy } from '../../../helpers/tcp-proxy.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

// Somebody else's idea of S3: it checks signatures, and cannot list uploads that nobody finished.
const MIB = 1024 * 1024;
const FILM = randomBytes(17 * MIB + 1);

let rival: S3rver;
let line: TcpProxy;
let objects: S3Store;
/** Bytes that have gone to the store. */
let sent: number;
/** Of them, at which the line is cut. */
let cuts: number[];

beforeEach(async () => {
  const directory = await tempDir();
  const buckets = [{ name: 'recordings' }];
  rival = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets: buckets });
  const { port } = await rival.run();
  sent = 0;
  cuts = [];
  line = await TcpProxy.open(`http://127.0.0.1:${port}`, (way, _to, data) => {
    sent += way === 'up' ? data.length : 0;
    if (cuts[0] === undefined || sent < cuts[0]) return;
    cuts.shift();
    line.cut();
  });
  const storage = storageAt(line.url, { accessKey: 'S3RVER', secretKey: 'S3RVER' });
  objects = await S3Store.open({ storage, readFile: () => '' });
});
afterEach(async () => {
  objects.close();
  await line.close();
  await rival.close();
});

async function hashOf(stream: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

it('an archive arrives whole in a store of others, over a slow line that is cut, and leaves it again', async () => {
  const dataDir = await tempDir();
  await writeArchive(dataDir, 'r1', { 'recording.mp4': FILM, 'chat.vtt': Buffer.from('WEBVTT') });
  line.up.bytesPerSecond = 40 * MIB;
  cuts = [3 * MIB, 12 * MIB];
  const { signal } = new AbortController();
  const context = { dataDir, objects, prefix: 'gridcast/', clock: systemClock, log: nullLogger, signal };
  const stored = await runUpload('r1', { ...context, onProgress: () => undefined });
  expect(cuts).toEqual([]);
  expect(stored.files.map(({ key }) => key).toSorted()).toEqual(await objects.list('gridcast/r1/'));
  const wanted = createHash('sha256').update(FILM).digest('hex');
  expect(await hashOf(await objects.open('gridcast/r1/recording.mp4'))).toBe(wanted);
  const span = { start: 9 * MIB - 3, end: 9 * MIB + 4 };
  const part = await objects.open('gridcast/r1/recording.mp4', span);
  expect(await hashOf(part)).toBe(
    createHash('sha256')
      .update(FILM.subarray(span.start, span.end + 1))
      .digest('hex'),
  );
  await objects.remove(await objects.list('gridcast/r1/'));
  expect(await objects.list('')).toEqual([]);
  expect(await objects.head('gridcast/r1/recording.mp4')).toBeUndefined();
});
