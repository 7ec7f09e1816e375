/** Redis, the queue of archive jobs, and the workers that `serve` runs itself. */
import type { Config } from '../config/schema.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { ArchiveQueue } from '../recorder/archive/archive-queue.ts';
import { makeNamespace } from '../recorder/jobs/redis-namespace.ts';
import { removeOrphanedKeys } from '../recorder/jobs/orphaned-keys.ts';
import { RedisServer } from '../recorder/jobs/redis-server.ts';
import { WorkerProcess } from '../recorder/jobs/worker-process.ts';
import type { Clock } from '../util/clock.ts';
import { CloseStack } from '../util/close-stack.ts';
import { ownCommand } from './package-root.ts';

/** A running set. */
export interface ArchiveServices {
  readonly queue: ArchiveQueue;
  /** Address of Redis. */
  readonly redis: string;
  /** Beginning of the keys of this data folder there. */
  readonly namespace: string;
  close(): Promise<void>;
}

/** Pause before the second try of a failed archive, milliseconds; it doubles. */
const RETRY_MS = 2000;

/** @throws ConfigError when there is neither a REDIS_URL nor a redis-server to run. */
export async function startArchiveServices(options: {
  readonly config: Config;
  readonly dataDir: string;
  readonly ffmpegPath: string;
  /** For child processes. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  readonly clock: Clock;
}): Promise<ArchiveServices> {
  const { config, dataDir, ffmpegPath, log, clock } = options;
  const stack = new CloseStack();
  let redis = config.redis.url;
  if (redis === undefined) {
    const server = await RedisServer.start({ dir: `${dataDir}/redis`, log, clock });
    stack.defer(() => server.close());
    redis = server.url;
  }
  const namespace = await makeNamespace(dataDir);
  if (config.redis.url === undefined) await tidy(redis, namespace, log);
  const retry = { attempts: config.archive.attempts, firstMs: RETRY_MS };
  const queue = new ArchiveQueue({ redis, namespace, retry, log });
  stack.defer(() => queue.close());
  for (let index = 0; index < config.archive.workers; index += 1) {
    const [program, entry] = ownCommand();
    // The worker finds what this server found; GRIDCAST_DATA may be relative to a folder that is not its own.
    const env = { ...options.env, REDIS_URL: redis, GRIDCAST_DATA: dataDir, FFMPEG_PATH: ffmpegPath };
    const worker = new WorkerProcess({
      command: [program, entry, 'worker', '--log-level', config.log.level],
      env,
      log,
      clock,
    });
    stack.defer(() => worker.close());
  }
  return { queue, redis, namespace, close: () => stack.close() };
}

/** Nothing depends on it, and the next start tries again. */
async function tidy(redis: string, namespace: string, log: Logger): Promise<void> {
  try {
    const removed = await removeOrphanedKeys(redis, namespace);
    if (removed > 0) log.info('keys of former versions were removed from the private Redis', { removed });
  } catch (error) {
    log.warn('the private Redis could not be tidied', { reason: messageOf(error) });
  }
}
