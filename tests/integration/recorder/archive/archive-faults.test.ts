import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { UnavailableError } from '../../../../src/errors.ts';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import { nullLogger } from '../../../../src/logger.ts';
import type { ArchiveStepMakers } from '../../../../src/recorder/archive/archive-finish.ts';
import { PermanentArchiveError } from '../../../../src/recorder/archive/archive-job.ts';
import { archiveFolder, readManifest } from '../../../../src/recorder/archive/archive-manifest.ts';
import type { ArchiveStep } from '../../../../src/recorder/archive/archive-step.ts';
import { ArchiveViews } from '../../../../src/recorder/archive/archive-views.ts';
import type { Part } from '../../../../src/media/part.ts';
import { connectRedis } from '../../../../src/recorder/jobs/redis-connection.ts';
import { RedisServer } from '../../../../src/recorder/jobs/redis-server.ts';
import type { RecordingState } from '../../../../src/recorder/recordings/recording-view.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { CloseStack } from '../../../../src/util/close-stack.ts';
import { filmOnly } from '../../../helpers/film-only.ts';
import { numberedProgram } from '../../../helpers/numbered-program.ts';
import { type RecordingServer, startRecordingServer } from '../../../helpers/recording-server.ts';
import { startTestRedis, type TestRedis } from '../../../helpers/redis.ts';
import { TestSession } from '../../../helpers/test-session.ts';

const WAIT = { timeout: 30_000, interval: 25 };
const SHORT_LOCK_MS = 1000;
const WORKER = fileURLToPath(new URL('../../../helpers/archive-worker-main.ts', import.meta.url));

let parts: Part[];
let redis: TestRedis;
let ffmpeg: { path: string; ffprobePath: string };
let dataDir: string;
let session: TestSession;
let stack: CloseStack;
let sessions = 0;

beforeAll(async () => {
  [parts, ffmpeg] = await Promise.all([numberedProgram({ seconds: 4 }), locateFfmpeg({})]);
});
beforeEach(async () => {
  stack = new CloseStack();
  redis = await startTestRedis();
  stack.defer(() => redis.close());
  dataDir = await mkdtemp(join(tmpdir(), 'gridcast-fault-'));
});
afterEach(async () => {
  await stack.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function startServer(
  options: { redis?: string; worker?: typeof ffmpeg | undefined; steps?: ArchiveStepMakers } = {},
): Promise<RecordingServer> {
  const server = await startRecordingServer({
    redis: options.redis ?? redis.url,
    dataDir,
    sessions: { find: (room) => (session.roomId === room ? session : undefined) },
    worker: options.worker,
    ...(options.steps ? { steps: options.steps } : {}),
  });
  stack.defer(() => server.close());
  sessions += 1;
  const opened = await TestSession.open(dataDir, `s${sessions}`, parts);
  session = opened;
  stack.defer(() => opened.log.close());
  return server;
}

/** A recording of three seconds, stopped. */
async function record(server: RecordingServer): Promise<string> {
  session.feed(15);
  const { id } = await server.recordings.start('demo');
  session.feed(105);
  await server.recordings.stop(id);
  return id;
}

async function reaches(server: RecordingServer, id: string, state: RecordingState): Promise<void> {
  await vi.waitFor(async () => {
    const view = await server.recordings.find(id);
    // The error says more than a wrong state.
    expect([view?.state, view?.error]).toContain(state);
  }, WAIT);
}

const queued = (server: RecordingServer, id: string): Promise<unknown> =>
  vi.waitFor(async () => expect(await server.queue.state(id)).toEqual({ kind: 'pending', progress: 0 }), WAIT);

async function forgetAll(): Promise<void> {
  const link = connectRedis(redis.url, 'worker', () => {});
  await link.redis.flushall();
  await link.close();
}

/**
 * A worker process; `path` is its ffmpeg. Its jobs are taken from it when it was silent for `lockMs`: short only where it is killed, for
 * one that a busy machine holds up loses them too, and a try is made twice.
 */
function startWorker(path = ffmpeg.path, lockMs?: number): ChildProcess {
  const args = [WORKER, redis.url, dataDir, path, ffmpeg.ffprobePath, ...(lockMs === undefined ? [] : [`${lockMs}`])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exit = new Promise((resolve) => child.once('exit', resolve));
  stack.defer(async () => {
    child.kill('SIGKILL');
    await exit;
  });
  return child;
}

/** The step as it is, and how often it was made. */
function counted(step: ArchiveStep): { readonly step: ArchiveStep; readonly times: () => number } {
  let times = 0;
  return {
    step: (context) => {
      times += 1;
      return step(context);
    },
    times: () => times,
  };
}

/** An ffmpeg that is this shell script. */
async function fakeFfmpeg(script: string): Promise<string> {
  const path = join(dataDir, 'fake-ffmpeg');
  await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

describe('archive orders', () => {
  it('are made again after Redis has lost everything', async () => {
    const server = await startServer();
    const id = await record(server);
    await queued(server, id);
    await forgetAll();
    await queued(server, id);
    startWorker();
    await reaches(server, id, 'ready');
  });

  it('fail at once while Redis is away, and go out when it is back', async () => {
    const dir = join(dataDir, 'redis');
    const url = `unix://${join(dir, 'redis.sock')}`;
    const server = await startServer({ redis: url, worker: ffmpeg });
    await expect(server.queue.enqueue({ recording: 'r1', session: 's1', ranges: [] })).rejects.toThrow(
      UnavailableError,
    );
    const id = await record(server);
    expect((await server.recordings.find(id))?.state).toBe('archiving');
    const late = await RedisServer.start({ dir, log: nullLogger, clock: systemClock });
    stack.defer(() => late.close());
    await reaches(server, id, 'ready');
  });

  it('survive a Redis that is killed and comes back', async () => {
    const server = await startServer();
    const first = await record(server);
    await queued(server, first);
    process.kill(redis.server.pid ?? 0, 'SIGKILL');
    await vi.waitFor(() => expect(server.queue.available).toBe(false), WAIT);
    await expect(server.queue.state(first)).rejects.toThrow(UnavailableError);
    session.frame = 0;
    const { id: second } = await server.recordings.start('demo');
    session.feed(60);
    await server.recordings.stop(second);
    startWorker();
    await Promise.all([reaches(server, first, 'ready'), reaches(server, second, 'ready')]);
  });

  it('are not needed when the archive is found finished', async () => {
    const server = await startServer();
    const id = await record(server);
    const worker = startWorker();
    await reaches(server, id, 'ready');
    worker.kill('SIGKILL');
    // As if the server had died before it heard of it, and Redis had forgotten.
    await server.store.change(id, ['ready'], { state: 'archiving' });
    await forgetAll();
    const again = await startServer();
    await reaches(again, id, 'ready');
    // The archive may be found before Redis has answered for the first time.
    await vi.waitFor(() => expect(again.queue.available).toBe(true), WAIT);
    expect(await again.queue.state(id)).toEqual({ kind: 'missing' });
  });
});

describe('archive workers', () => {
  it('take over the job of one that was killed in the middle, and leave nothing of it behind', async () => {
    const server = await startServer();
    const started = join(dataDir, 'started');
    // Reads from a pipe that nobody writes to: it works for ever.
    const stuck = await fakeFfmpeg(`mkfifo ${dataDir}/never; echo $$ > ${started}; exec cat ${dataDir}/never`);
    const id = await record(server);
    const victim = startWorker(stuck, SHORT_LOCK_MS);
    const orphan = await vi.waitFor(async () => {
      const pid = Number(await readFile(started, 'utf8'));
      expect(pid).toBeGreaterThan(1);
      return pid;
    }, WAIT);
    victim.kill('SIGKILL');
    await vi.waitFor(() => expect(() => process.kill(orphan, 0)).toThrow(/ESRCH/), WAIT);
    startWorker(ffmpeg.path, SHORT_LOCK_MS);
    await reaches(server, id, 'ready');
    await vi.waitFor(async () => expect(await readdir(join(dataDir, 'recordings'))).toEqual([id]), WAIT);
  });

  it('fail a job with its reason after all attempts, without disturbing others, until it is tried again', async () => {
    const server = await startServer();
    const tries = join(dataDir, 'tries');
    const broken = await fakeFfmpeg(`echo x >> ${tries}; echo "no such codec today" >&2; exit 1`);
    const worker = startWorker(broken);
    const id = await record(server);
    await reaches(server, id, 'failed');
    expect((await server.recordings.find(id))?.error).toMatch(/no such codec today/);
    expect(await readFile(tries, 'utf8')).toBe('x\nx\n');
    worker.kill('SIGTERM');
    startWorker();
    session.frame = 15;
    const { id: other } = await server.recordings.start('demo');
    session.feed(60);
    await server.recordings.stop(other);
    await reaches(server, other, 'ready');
    expect((await server.recordings.retry(id)).state).toBe('archiving');
    await reaches(server, id, 'ready');
    expect((await server.recordings.find(id))?.error).toBeUndefined();
  });

  it('try only once what no attempt can cure', async () => {
    const server = await startServer({ worker: ffmpeg });
    session.feed(15);
    const { id } = await server.recordings.start('demo');
    session.feed(105);
    await session.log.reachedFrame(90);
    await writeFile(join(session.log.folder, 'init-0.mp4'), 'this is no init segment');
    await server.recordings.stop(id);
    session.feed(120);
    await reaches(server, id, 'failed');
    expect((await server.recordings.find(id))?.error).toMatch(/MP4|init segment/);
  });

  it('finish what they are at when asked to end', async () => {
    const server = await startServer();
    const gate = join(dataDir, 'gate');
    const slow = await fakeFfmpeg(`[ -p ${gate} ] || mkfifo ${gate}; cat ${gate}; exec ${ffmpeg.path} "$@"`);
    const worker = startWorker(slow);
    const exit = new Promise((resolve) => worker.once('exit', resolve));
    const id = await record(server);
    await vi.waitFor(async () => expect(await readdir(dataDir)).toContain('gate'), WAIT);
    worker.kill('SIGTERM');
    await writeFile(gate, 'go');
    expect(await exit).toBe(0);
    expect(await readdir(join(dataDir, 'recordings', `.${id}.steps`, 'film'))).toContain('step.json');
    // What is left of it takes no FFmpeg.
    startWorker(await fakeFfmpeg('exit 1'));
    await reaches(server, id, 'ready');
  });

  it('leave out a step that cannot be made, and tell why', async () => {
    const broken = counted(async () => {
      throw new Error('no such track today');
    });
    const server = await startServer({ worker: ffmpeg, steps: { ...filmOnly, tracks: broken.step } });
    const id = await record(server);
    await reaches(server, id, 'ready');
    expect(broken.times()).toBe(2);
    // The archive is seen a moment before the job that made it has ended.
    await vi.waitFor(async () => expect(await server.queue.state(id)).toEqual({ kind: 'completed' }), WAIT);
    const manifest = await readManifest(archiveFolder(dataDir, id));
    expect(manifest?.left).toEqual([{ step: 'tracks', reason: 'no such track today' }]);
    expect(manifest?.files.map(({ name }) => name)).toEqual(['recording.mp4']);
    const { steps = [], log = [] } = await new ArchiveViews({ ...server, dataDir }).jobs(id);
    const states = steps.map(({ name, state, attempts }) => [name, state, attempts]);
    expect(states).toEqual([
      ['film', 'done', 1],
      ['tracks', 'failed', 2],
      ['texts', 'done', 1],
      ['pictures', 'done', 1],
      ['vod', 'done', 1],
      ['finish', 'done', 1],
    ]);
    expect(steps.find(({ name }) => name === 'tracks')?.error).toBe('no such track today');
    expect(log.filter((line) => /tracks: warn: failed .*no such track today/.test(line))).toHaveLength(2);
    expect(log).toEqual([...log].sort());
  });

  it('leave nothing out because the disk was full: the session stays, and another try has all of it', async () => {
    let full = true;
    const tracks = counted(async ({ folder }) => {
      if (full) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      await writeFile(join(folder, 'track-01-mic.ogg'), 'a sound');
      return { files: [{ name: 'track-01-mic.ogg', kind: 'track', contentType: 'audio/ogg' }] };
    });
    const film = counted(filmOnly.film);
    const server = await startServer({ worker: ffmpeg, steps: { ...filmOnly, film: film.step, tracks: tracks.step } });
    const id = await record(server);
    await server.recordings.sessionEnding(session);
    await session.log.close();
    await reaches(server, id, 'failed');
    expect((await server.recordings.find(id))?.error).toMatch(/^ENOSPC/);
    // Twice by the step's own job, and by each try at the last one.
    expect([film.times(), tracks.times()]).toEqual([1, 4]);
    expect(await readdir(join(dataDir, 'sessions'))).toEqual([session.id]);
    full = false;
    await server.recordings.retry(id);
    await reaches(server, id, 'ready');
    const manifest = await readManifest(archiveFolder(dataDir, id));
    expect(manifest?.left).toEqual([]);
    expect(manifest?.files.map(({ name }) => name)).toEqual(['recording.mp4', 'track-01-mic.ogg']);
    expect(film.times()).toBe(1);
    await vi.waitFor(async () => expect(await readdir(join(dataDir, 'sessions'))).toEqual([]), WAIT);
  });

  it('go on with the steps that exist after Redis has lost everything in the middle', async () => {
    const film = counted(filmOnly.film);
    const [gate, reached] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const tracks: ArchiveStep = async () => {
      reached.resolve();
      await gate.promise;
      return { files: [] };
    };
    const server = await startServer({ worker: ffmpeg, steps: { ...filmOnly, film: film.step, tracks } });
    const id = await record(server);
    await reached.promise;
    await forgetAll();
    await vi.waitFor(
      async () => expect((await server.queue.steps(id)).map(({ name }) => name)).toContain('film'),
      WAIT,
    );
    gate.resolve();
    await reaches(server, id, 'ready');
    expect(film.times()).toBe(1);
    await vi.waitFor(async () => expect(await readdir(join(dataDir, 'recordings'))).toEqual([id]), WAIT);
  });

  it('let a step that somebody is at become one of the next order, when a failed archive is tried again meanwhile', async () => {
    let broken = true;
    const film: ArchiveStep = (context) =>
      broken ? Promise.reject(new PermanentArchiveError('no film today')) : filmOnly.film(context);
    const [gate, reached] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const tracks = counted(async () => {
      reached.resolve();
      await gate.promise;
      return { files: [] };
    });
    const server = await startServer({ worker: ffmpeg, steps: { ...filmOnly, film, tracks: tracks.step } });
    const id = await record(server);
    await Promise.all([reached.promise, reaches(server, id, 'failed')]);
    expect((await server.recordings.find(id))?.error).toBe('no film today');
    broken = false;
    expect((await server.recordings.retry(id)).state).toBe('archiving');
    await vi.waitFor(
      async () => expect((await server.queue.steps(id)).map(({ name }) => name)).toContain('finish'),
      WAIT,
    );
    gate.resolve();
    await reaches(server, id, 'ready');
    expect(tracks.times()).toBe(1);
    await vi.waitFor(async () => expect(await readdir(join(dataDir, 'recordings'))).toEqual([id]), WAIT);
  });
});
