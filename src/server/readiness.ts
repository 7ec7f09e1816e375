/** Whether the server can do all of its work, by name and with the remedy. */
import { access, constants, statfs } from 'node:fs/promises';
import type { Readiness, ReadinessCheck } from '../api/ports.ts';
import type { QueueHealth } from '../recorder/archive/archive-queue.ts';

/** What is looked at. */
export interface ReadinessOptions {
  readonly dataDir: string;
  readonly ffmpegVersion: string;
  readonly redis: () => Promise<QueueHealth>;
  /** Rejects while the database does not answer. */
  readonly database: () => Promise<void>;
}

/** Below this share of free space recordings are at risk. */
const MIN_FREE_SHARE = 0.05;

const ANSWERS = { ok: true, detail: 'answers', code: 'answers' } as const;

/** Checks on each call. */
export function createReadiness(options: ReadinessOptions): Readiness {
  return {
    check: async () => ({
      ffmpeg: { ok: true, detail: options.ffmpegVersion },
      redis: checkRedis(await options.redis()),
      database: await checkDatabase(options.database),
      disk: await checkDisk(options.dataDir),
    }),
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

async function checkDatabase(ask: () => Promise<void>): Promise<ReadinessCheck> {
  const detail = 'does not answer; live rooms go on, lists and settings wait until it is back';
  return ask().then(
    () => ANSWERS,
    // Why is for the log: everybody may ask here, and the reason has addresses.
    () => ({ ok: false, detail, code: 'database_silent' }),
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
    // The name of the fault alone: everybody may ask here, and its sentence has the path.
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const detail = `the data folder cannot be written (${reason})`;
    return { ok: false, detail, code: 'disk_unwritable', values: { reason } };
  }
}
