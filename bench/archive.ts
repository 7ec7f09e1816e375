/**
 * `npm run bench:archive`: how long a recording of so many minutes takes to become an archive, through Redis and a worker
 * process, and how much memory that takes. The session is synthetic: real media, repeated. See docs/benchmarks.md.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../src/errors.ts';
import { type FfmpegLocation, locateFfmpeg } from '../src/ffmpeg/locate.ts';
import { nullLogger } from '../src/logger.ts';
import { archiveFolder, readManifest } from '../src/recorder/archive/archive-manifest.ts';
import { ArchiveQueue } from '../src/recorder/archive/archive-queue.ts';
import { RedisServer } from '../src/recorder/jobs/redis-server.ts';
import { sleep, systemClock } from '../src/util/clock.ts';
import { cameraLoop, FRAMERATE, micLoop, programLoop } from './archive/media.ts';
import { type SessionMedia, writeSession } from './archive/session.ts';
import { describeMachine, machineFacts } from './measure/machine.ts';
import { type Peaks, PeakWatch } from './measure/peaks.ts';
import { timesOf, usedBetween } from './measure/processes.ts';
import { table } from './measure/table.ts';
import { parseGiven, positive } from './options.ts';

const WORKER = fileURLToPath(new URL('archive/worker.ts', import.meta.url));
const LOOK_MS = 100;
/** The archive may take this share of what was recorded. */
const GOAL = 1 / 20;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

interface Result {
  readonly minutes: number;
  readonly seconds: number;
  /** Processor seconds of the worker and all that it ran. */
  readonly cpu: number;
  readonly peaks: Peaks;
  readonly megabytes: number;
  readonly left: readonly string[];
  readonly lines: readonly string[];
}

async function measure(
  minutes: number,
  media: SessionMedia,
  ffmpeg: FfmpegLocation,
  signal: AbortSignal,
): Promise<Result> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gridcast-bench-'));
  let worker: ChildProcess | undefined;
  let redis: RedisServer | undefined;
  let queue: ArchiveQueue | undefined;
  try {
    const frames = Math.round(minutes * 60) * FRAMERATE;
    const session = join(dataDir, 'sessions', 's1');
    await mkdir(session, { recursive: true });
    await writeSession(session, 's1', frames, media);
    say(`${minutes} minutes are written`);
    redis = await RedisServer.start({ dir: join(dataDir, 'redis'), log: nullLogger, clock: systemClock });
    queue = new ArchiveQueue({ redis: redis.url, retry: { attempts: 1, firstMs: 100 }, log: nullLogger });
    const args = [WORKER, redis.url, dataDir, ffmpeg.path, ffmpeg.ffprobePath];
    worker = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    while (!queue.available && !signal.aborted) await sleep(systemClock, LOOK_MS, signal);
    const began = systemClock.monotonicMs();
    const half = Math.round(frames / 2);
    await queue.enqueue({
      recording: 'r1',
      session: 's1',
      ranges: [
        { from: 7, to: half, endedBy: 'pause' },
        { from: half + 600, to: frames },
      ],
    });
    const roots = [{ pid: worker.pid ?? 0, kind: 'other' }] as const;
    const watch = new PeakWatch(worker.pid ?? 0);
    for (;;) {
      signal.throwIfAborted();
      await sleep(systemClock, LOOK_MS, signal);
      watch.look();
      const state = await queue.state('r1');
      if (state.kind === 'failed') throw new Error(state.reason);
      if (state.kind === 'completed') break;
    }
    const seconds = (systemClock.monotonicMs() - began) / 1000;
    let cpu = 0;
    for (const { user, system } of usedBetween(new Map(), timesOf(roots)).values()) cpu += user + system;
    const manifest = await readManifest(archiveFolder(dataDir, 'r1'));
    const bytes = manifest?.files.reduce((sum, { size }) => sum + size, 0) ?? 0;
    const left = manifest?.left.map(({ step, reason }) => `${step}: ${reason}`) ?? ['everything'];
    return { minutes, seconds, cpu, peaks: watch.peaks, megabytes: bytes / 1e6, left, lines: await queue.lines('r1') };
  } finally {
    if (worker?.exitCode === null) {
      worker.kill('SIGKILL');
      await once(worker, 'exit');
    }
    await queue?.close();
    await redis?.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function print(results: readonly Result[]): void {
  const row = ({ minutes, seconds, cpu, peaks, megabytes, left }: Result): string[] => [
    `${minutes} minutes`,
    seconds.toFixed(1),
    ((minutes * 60) / seconds).toFixed(1),
    seconds <= minutes * 60 * GOAL ? 'yes' : 'no',
    cpu.toFixed(0),
    peaks.own.toFixed(0),
    peaks.child.toFixed(0),
    megabytes.toFixed(0),
    left.length === 0 ? 'nothing' : left.join('; '),
  ];
  const head = [
    '',
    'seconds',
    'times real time',
    `within 1/${1 / GOAL}`,
    'processor seconds',
    'Node, MB',
    'FFmpeg, MB',
    'archive, MB',
    'left out',
  ];
  process.stdout.write(`${table([head, ...results.map(row)])}\n`);
}

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['minutes', 'people', 'camera', 'json'] as const);
  const lengths = (given.minutes?.split(',') ?? ['10', '60']).map((one) => positive('minutes', one, 10, 600));
  const people = Math.floor(positive('people', given.people, 4, 32));
  // Thousand bits a second of each camera; 0: nobody has one.
  const camera = given.camera === '0' ? 0 : positive('camera', given.camera, 300, 10_000);
  const ffmpeg = await locateFfmpeg({});
  const machine = machineFacts(ffmpeg.version);
  say(describeMachine(machine));
  const interrupted = new AbortController();
  process.on('SIGINT', () => interrupted.abort());
  const media: SessionMedia = {
    program: await programLoop(ffmpeg.path),
    mics: await Promise.all(Array.from({ length: people }, (_, person) => micLoop(ffmpeg.path, person))),
    camera: camera > 0 ? await cameraLoop(ffmpeg.path, camera) : undefined,
  };
  const results: Result[] = [];
  for (const minutes of lengths) {
    const result = await measure(minutes, media, ffmpeg, interrupted.signal);
    for (const line of result.lines) say(line);
    results.push(result);
  }
  process.stdout.write(`\n${describeMachine(machine)}\n\n`);
  print(results);
  if (given.json !== undefined) await writeFile(given.json, `${JSON.stringify({ machine, results }, undefined, 2)}\n`);
  if (results.some(({ left }) => left.length > 0)) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 2;
});
