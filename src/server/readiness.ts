/** Whether the server can do all of its work, by name and with the remedy. */
import { access, constants, statfs } from 'node:fs/promises';
import type { Readiness, ReadinessCheck } from '../api/ports.ts';
import type { QueueHealth } from '../recorder/archive/archive-queue.ts';
import type { Unattended } from '../recorder/jobs/unattended.ts';
import { type Clock, sleep } from '../util/clock.ts';

/** What is looked at. */
export interface ReadinessOptions {
  readonly dataDir: string;
  readonly ffmpegVersion: string;
  readonly redis: () => Promise<QueueHealth>;
  /** As `ArchiveQueue.unattended`, and the same for renders. */
  readonly archives: () => Promise<Unattended | undefined>;
  readonly renders: () => Promise<Unattended | undefined>;
  /** Workers that the server runs itself; each makes both. */
  readonly ownWorkers: number;
  /** Rejects while the database does not answer. */
  readonly database: () => Promise<void>;
  readonly clock: Clock;
}

/** A worker that ended is started again within this time, and one on demand has come. Milliseconds. */
const UNATTENDED_MS = 60_000;
/** Below this share of free space recordings are at risk. */
const MIN_FREE_SHARE = 0.05;
/** Probes give up after a second, and would then know less than an answer that says what stands still. Milliseconds. */
const PATIENCE_MS = 800;

const ANSWERS = { ok: true, detail: 'answers', code: 'answers' } as const;
const DATABASE_SILENT = {
  ok: false,
  detail: 'does not answer; live rooms go on, lists and settings wait until it is back',
  code: 'database_silent',
} as const;

/** Checks on each call, and answers within a second whatever stands still. */
export function createReadiness(options: ReadinessOptions): Readiness {
  const { dataDir, ffmpegVersion, redis, database, clock } = options;
  const checks = [
    inTime(clock, async () => ({ redis: checkRedis(await redis()) }), { redis: checkRedis('silent') }),
    inTime(clock, async () => named('archives', await checkAttended('archives', options)), {}),
    inTime(clock, async () => named('renders', await checkAttended('renders', options)), {}),
    inTime(clock, async () => ({ database: await checkDatabase(database) }), { database: DATABASE_SILENT }),
    inTime(clock, async () => ({ disk: await checkDisk(dataDir) }), { disk: unwritable('ETIMEDOUT') }),
  ];
  return {
    check: async () => {
      const told = await Promise.all(checks.map((check) => check()));
      return Object.assign({ ffmpeg: { ok: true, detail: ffmpegVersion } }, ...told);
    },
  };
}

/** What stands still is not asked once more: a file system that hangs takes a thread for each question. */
function inTime<T>(clock: Clock, ask: () => Promise<T>, late: T): () => Promise<T> {
  let running: Promise<T> | undefined;
  return async () => {
    running ??= ask().finally(() => {
      running = undefined;
    });
    const answered = new AbortController();
    try {
      return await Promise.race([running, sleep(clock, PATIENCE_MS, answered.signal).then(() => late)]);
    } finally {
      answered.abort();
    }
  };
}

function checkRedis(health: QueueHealth): ReadinessCheck {
  switch (health) {
    case 'well':
      return ANSWERS;
    case 'silent': {
      const detail = 'does not answer; live rooms go on, archives wait until it is back';
      return { ok: false, detail, code: 'redis_silent' };
    }
    case 'refuses': {
      const detail = 'answers and takes nothing; live rooms go on, archives wait; see the log for what it says';
      return { ok: false, detail, code: 'redis_refuses' };
    }
  }
}

/** What nobody knows of is left out. */
function named(name: string, check: ReadinessCheck | undefined): Readonly<Record<string, ReadinessCheck>> {
  return check ? { [name]: check } : {};
}

/** Live rooms need no worker, so the server is ready without. */
async function checkAttended(
  what: 'archives' | 'renders',
  { ownWorkers, clock, ...ask }: ReadinessOptions,
): Promise<ReadinessCheck | undefined> {
  const found = await ask[what]();
  if (!found) return undefined;
  if (found.since === undefined || clock.wallMs() - found.since < UNATTENDED_MS) {
    return { ok: true, detail: 'none waits for a worker', code: `${what}_attended` };
  }
  const [code, detail] =
    ownWorkers > 0
      ? ['worker_ended', 'wait, because the worker of the server does not run; see the log for why it ends']
      : [
          'worker_missing',
          'wait, because no worker is connected; run "gridcast worker", or set archive.workers and start the server again',
        ];
  return { ok: false, vital: false, detail, code };
}

async function checkDatabase(ask: () => Promise<void>): Promise<ReadinessCheck> {
  return ask().then(
    () => ANSWERS,
    // Why is for the log: everybody may ask here, and the reason has addresses.
    () => DATABASE_SILENT,
  );
}

async function checkDisk(dataDir: string): Promise<ReadinessCheck> {
  try {
    await access(dataDir, constants.W_OK);
    const { bavail, blocks, bsize } = await statfs(dataDir);
    const values = { free: bavail * bsize };
    const free = `${(values.free / 1e9).toFixed(1)} GB free`;
    if (bavail / blocks >= MIN_FREE_SHARE) return { ok: true, detail: free, code: 'disk_free', values };
    return { ok: false, detail: `only ${free}; delete recordings or move the data folder`, code: 'disk_low', values };
  } catch (error) {
    return unwritable((error as NodeJS.ErrnoException).code ?? 'unknown');
  }
}

/** With the name of the fault alone: everybody may ask here, and its sentence has the path. */
function unwritable(reason: string): ReadinessCheck {
  const detail = `the data folder cannot be written (${reason})`;
  return { ok: false, detail, code: 'disk_unwritable', values: { reason } };
}
