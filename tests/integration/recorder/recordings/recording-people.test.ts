import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startRecordingServer } from '../../../helpers/recording-server.ts';
import { startTestRedis } from '../../../helpers/redis.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

const WAIT = { timeout: 20_000 };

it('finds a recording by who took part, as soon as its archive tells that', async () => {
  const dataDir = await tempDir();
  const redis = await startTestRedis();
  onTestFinished(() => redis.close());
  const sessions = { find: () => undefined };
  const server = await startRecordingServer({ redis: redis.url, dataDir, sessions, worker: undefined });
  onTestFinished(() => server.close());
  const { recordings, store } = server;
  const ranges = [{ from: 0, to: 90 }];
  const about = { id: 'r1', room: 'demo', title: 'Hall', session: 's1', framerate: 30, ranges };
  await store.insert({ ...about, state: 'failed', startedAt: new Date('2031-05-14T12:00:00.000Z') });

  const film = { name: 'recording.mp4', kind: 'film', contentType: 'video/mp4', size: 5, sha256: 'a'.repeat(64) };
  const facts = { texts: { people: 2, names: ['Zoë Ångström', 'Ann Lee'] } };
  const measured = { duration: 3, width: 640, height: 360, framerate: 30, ranges, missingFrames: 0 };
  const manifest = { version: 2, recording: 'r1', session: 's1', ...measured, files: [film], facts, left: [] };
  const folder = join(dataDir, 'recordings', 'r1');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, film.name), 'movie');
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));

  await vi.waitFor(() => expect(server.queue.available).toBe(true), WAIT);
  await recordings.retry('r1');
  await vi.waitFor(async () => expect((await recordings.find('r1'))?.state).toBe('ready'), WAIT);
  expect((await recordings.find('r1'))?.people).toEqual(['Zoë Ångström', 'Ann Lee']);
  const found = async (q: string): Promise<number> => (await recordings.list({ q, limit: 10 })).items.length;
  expect([await found('ångström hall'), await found('lee'), await found('rui')]).toEqual([1, 1, 0]);
});
