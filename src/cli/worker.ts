/** `gridcast worker`: archives recordings and makes them anew, on the server's machine or any other that shares its data folder. */
import { availableParallelism, constants, setPriority } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config/load.ts';
import { BadRequestError } from '../errors.ts';
import { locateFfmpeg } from '../ffmpeg/locate.ts';
import { createLogger, type LogLevel } from '../logger.ts';
import { findNamespace } from '../recorder/jobs/redis-namespace.ts';
import { startArchiveWorker } from '../recorder/archive/archive-worker.ts';
import { startRenderWorker } from '../recorder/render/render-worker.ts';
import { openArchiveStorage } from '../recorder/storage/archive-storage.ts';
import { startUploadWorker } from '../recorder/storage/upload-worker.ts';
import { systemClock } from '../util/clock.ts';
import { onInterrupt } from './interrupt.ts';
import { logOutput } from './log-output.ts';

/** Printed by `gridcast worker --help`. */
export const WORKER_HELP = `gridcast worker

Takes archive jobs and renders from Redis and makes films of recordings. "gridcast serve" starts one by itself; run more here or
on other machines with the same REDIS_URL, and with GRIDCAST_DATA on a folder they share.

  --log-level LEVEL  debug, info, warn, error or silent (default: as configured)
`;

/** Steps at the same time: most take one core. */
const MAX_STEPS = 2;
const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];

/** Runs until a signal comes; running jobs are finished first. @throws BadRequestError without REDIS_URL. */
export async function workerCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<never> {
  const { values } = parseArgs({ args: [...args], options: { 'log-level': { type: 'string' } } });
  const config = loadConfig(env);
  if (config.redis.url === undefined) {
    throw new BadRequestError('usage', 'A worker needs REDIS_URL, which names the Redis that the server uses.');
  }
  const dataDir = resolve(config.server.data);
  const namespace = await findNamespace(dataDir);
  const { path: configured } = config.ffmpeg;
  const ffmpeg = await locateFfmpeg(configured === undefined ? {} : { configured });
  // What is live on this machine comes first; what the worker runs inherits it.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const log = createLogger(
    levels.find((level) => level === values['log-level']) ?? config.log.level,
    logOutput(config.log.format, { terminal: process.stderr.isTTY, env }),
  );
  const storage = await openArchiveStorage(config, dataDir, systemClock);
  const common = {
    redis: config.redis.url,
    namespace,
    dataDir,
    ffmpegPath: ffmpeg.path,
    ffprobePath: ffmpeg.ffprobePath,
    concurrency: 1,
    log,
    clock: systemClock,
  };
  const concurrency = Math.min(MAX_STEPS, availableParallelism());
  const sealing = storage.seal && { seal: storage.seal };
  const worker = startArchiveWorker({ ...common, concurrency, ...sealing });
  const renderer = startRenderWorker({ ...common, archives: storage.reader, ...sealing });
  const { prefix } = config.storage;
  const uploader = storage.objects && startUploadWorker({ ...common, objects: storage.objects, prefix });
  await new Promise<void>((resolve) => {
    onInterrupt(() => resolve());
    // Forked by a server: its end is ours, also one that came before we listened.
    process.once('disconnect', () => resolve());
    if (process.send && !process.connected) resolve();
  });
  await Promise.all([worker.close(), renderer.close(), uploader?.close()]);
  storage.close();
  // The queue's library goes on looking for a Redis that is away, closed or not, and would keep this process alive.
  process.exit(0);
}
