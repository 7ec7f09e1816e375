/** Whether the server can do all of its work, by name and with the remedy. */
import { access, constants, statfs } from 'node:fs/promises';
import type { Readiness } from '../api/ports.ts';
import { messageOf } from '../errors.ts';

/** What is looked at. */
export interface ReadinessOptions {
  readonly dataDir: string;
  readonly ffmpegVersion: string;
  readonly redisAnswers: () => boolean;
  /** Rejects while the database does not answer. */
  readonly database: () => Promise<void>;
}

type Check = { readonly ok: boolean; readonly detail: string };

/** Below this share of free space recordings are at risk. */
const MIN_FREE_SHARE = 0.05;

/** Checks on each call. */
export function createReadiness(options: ReadinessOptions): Readiness {
  return {
    check: async () => ({
      ffmpeg: { ok: true, detail: options.ffmpegVersion },
      redis: checkRedis(options.redisAnswers()),
      database: await checkDatabase(options.database),
      disk: await checkDisk(options.dataDir),
    }),
  };
}

function checkRedis(answers: boolean): Check {
  if (answers) return { ok: true, detail: 'answers' };
  return { ok: false, detail: 'does not answer; live rooms go on, archives wait until it is back' };
}

async function checkDatabase(ask: () => Promise<void>): Promise<Check> {
  return ask().then(
    () => ({ ok: true, detail: 'answers' }),
    // Why is for the log: everybody may ask here, and the reason has addresses.
    () => ({ ok: false, detail: 'does not answer; live rooms go on, lists and settings wait until it is back' }),
  );
}

async function checkDisk(dataDir: string): Promise<Check> {
  try {
    await access(dataDir, constants.W_OK);
    const { bavail, blocks, bsize } = await statfs(dataDir);
    const free = `${((bavail * bsize) / 1e9).toFixed(1)} GB free`;
    if (bavail / blocks >= MIN_FREE_SHARE) return { ok: true, detail: free };
    return { ok: false, detail: `only ${free}; delete recordings or move the data folder` };
  } catch (error) {
    return { ok: false, detail: `the data folder cannot be written (${messageOf(error)})` };
  }
}
