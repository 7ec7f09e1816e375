import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createReadiness } from '../../../src/server/readiness.ts';

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gridcast-test-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const GONE = new Error('connect ECONNREFUSED 10.0.0.7:5432');

it('says how everything is, with a code for each sentence', async () => {
  const database = () => Promise.resolve();
  const checks = await createReadiness({ dataDir, ffmpegVersion: '7.1', redis: async () => 'well', database }).check();
  const { disk, ...others } = checks;
  const answers = { ok: true, detail: 'answers', code: 'answers' };
  expect(others).toEqual({ ffmpeg: { ok: true, detail: '7.1' }, redis: answers, database: answers });
  // The disk that this runs on may be nearly full.
  expect(disk).toMatchObject({
    detail: expect.stringMatching(/\d\.\d GB free/),
    code: expect.stringMatching(/^disk_/),
  });
  expect(disk?.values?.['free']).toBeGreaterThan(0);
});

it('says what is missing, and nothing of addresses and paths', async () => {
  const checks = await createReadiness({
    dataDir: join(dataDir, 'nowhere'),
    ffmpegVersion: '7.1',
    redis: async () => 'silent',
    database: () => Promise.reject(GONE),
  }).check();
  expect(Object.entries(checks).map(([name, { ok, code }]) => [name, ok, code])).toEqual([
    ['ffmpeg', true, undefined],
    ['redis', false, 'redis_silent'],
    ['database', false, 'database_silent'],
    ['disk', false, 'disk_unwritable'],
  ]);
  expect(checks['disk']?.values?.['reason']).toBe('ENOENT');
  const told = JSON.stringify(checks);
  expect(told).not.toContain('10.0.0.7');
  expect(told).not.toContain(dataDir);
});
