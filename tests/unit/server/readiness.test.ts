import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createReadiness } from '../../../src/server/readiness.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gridcast-test-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const archives = () => Promise.resolve({});
const renders = archives;
const GONE = new Error('connect ECONNREFUSED 10.0.0.7:5432');

it('says how everything is, with a code for each sentence', async () => {
  const database = () => Promise.resolve();
  const redis = () => Promise.resolve('well' as const);
  const options = {
    dataDir,
    ffmpegVersion: '7.1',
    redis,
    database,
    archives,
    renders,
    ownWorkers: 1,
    clock: systemClock,
  };
  const checks = await createReadiness(options).check();
  const { disk, ...others } = checks;
  const answers = { ok: true, detail: 'answers', code: 'answers' };
  const attended = { ok: true, detail: 'none waits for a worker' };
  expect(others).toEqual({
    ...{ ffmpeg: { ok: true, detail: '7.1' }, redis: answers, database: answers },
    archives: { ...attended, code: 'archives_attended' },
    renders: { ...attended, code: 'renders_attended' },
  });
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
    // Then nobody knows.
    archives: async () => undefined,
    renders: async () => undefined,
    ownWorkers: 1,
    database: () => Promise.reject(GONE),
    clock: systemClock,
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

it('says within a second what stands still, asks that again only once it has answered, and leaves no timer', async () => {
  const clock = new FakeClock();
  const pending = Array.from({ length: 2 }, () => Promise.withResolvers<void>());
  let asked = 0;
  const readiness = createReadiness({
    dataDir,
    ffmpegVersion: '7.1',
    redis: () => pending[asked++]?.promise.then(() => 'well' as const) ?? Promise.resolve('well'),
    database: () => Promise.resolve(),
    archives,
    renders,
    ownWorkers: 1,
    clock,
  });
  const late = async () => {
    const answer = readiness.check();
    await clock.run(999, 111);
    return (await answer)['redis'];
  };
  expect(await late()).toMatchObject({ ok: false, code: 'redis_silent' });
  expect(await late()).toMatchObject({ ok: false, code: 'redis_silent' });
  expect(asked).toBe(1);
  const answer = readiness.check();
  pending[0]?.resolve();
  expect((await answer)['redis']).toMatchObject({ ok: true });
  expect(await late()).toMatchObject({ ok: false });
  expect(asked).toBe(2);
  pending[1]?.resolve();
  await vi.waitFor(async () => expect(await readiness.check()).toMatchObject({ redis: { ok: true } }));
  expect(clock.pending).toBe(0);
});

it.each(['archives', 'renders'])('says of %s that nobody makes for a minute whose worker is missing', async (what) => {
  const clock = new FakeClock();
  let since: number | undefined = clock.wallMs();
  const told = async (ownWorkers: number) => {
    const options = {
      dataDir,
      ffmpegVersion: '7.1',
      ownWorkers,
      clock: { ...systemClock, wallMs: () => clock.wallMs() },
    };
    const waiting = async () => (since === undefined ? {} : { since });
    const well = { redis: async () => 'well' as const, database: async () => undefined, archives, renders };
    return (await createReadiness({ ...options, ...well, [what]: waiting }).check())[what];
  };
  await clock.run(59_999);
  expect(await told(0)).toMatchObject({ ok: true });
  await clock.run(1);
  expect(await told(0)).toMatchObject({ ok: false, vital: false, code: 'worker_missing' });
  expect(await told(1)).toMatchObject({ ok: false, vital: false, code: 'worker_ended' });
  since = undefined;
  expect(await told(1)).toMatchObject({ ok: true });
});
