/** Takes jobs of one kind from their queue, and ends in an orderly way even while Redis is away. */
import { type Job, Worker } from 'bullmq';
import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { type Clock, sleep } from '../../util/clock.ts';
import { connectRedis, keysIn } from './redis-connection.ts';

/** Options of `startQueueWorker`. */
export interface QueueWorkerOptions {
  readonly queue: string;
  /** For logs, for example `render worker`. */
  readonly label: string;
  /** Address of Redis, as in REDIS_URL. */
  readonly redis: string;
  /** Beginning of its keys there; default: the library's own, for whoever has a Redis alone. */
  readonly namespace?: string;
  /** `signal` aborts when the job has gone to another worker. */
  readonly process: (job: Job, token?: string, signal?: AbortSignal) => Promise<void>;
  /** Jobs at the same time. */
  readonly concurrency: number;
  /** Milliseconds after which a silent worker's job is taken from it, and between two looks for such jobs. */
  readonly lockMs: number;
  readonly stalledMs: number;
  /** At the end, when no more jobs are taken: resolves when none runs any more. */
  readonly finish: () => Promise<void>;
  readonly log: Logger;
  readonly clock: Clock;
}

/** A worker at work. */
export interface QueueWorker {
  /** For listeners; closed by `close` alone. */
  readonly worker: Worker;
  /** Takes no more jobs; resolves when none runs and the connection is gone. Repeated calls give the same promise. */
  readonly close: () => Promise<void>;
}

// A worker that is killed loses its jobs to another; the attempts of the job itself are counted apart.
const MAX_STALLED = 10;
// After the last job: BullMQ's own end needs Redis and would wait for it.
const CLOSE_PATIENCE_MS = 3000;

/** Starts at once. */
export function startQueueWorker(options: QueueWorkerOptions): QueueWorker {
  const { queue, label, process, concurrency, lockMs, stalledMs, finish, log, clock } = options;
  const told = new Set<string>();
  // Each fault once until Redis is back: a worker tries to reach it all night.
  const warn = (error: Error): void => {
    const reason = messageOf(error);
    if (!told.has(reason)) log.warn(`${label}: Redis`, { reason });
    told.add(reason);
  };
  const link = connectRedis(options.redis, 'worker', warn);
  link.redis.on('ready', () => told.clear());
  const worker = new Worker(queue, process, {
    connection: link.redis,
    concurrency,
    lockDuration: lockMs,
    stalledInterval: stalledMs,
    maxStalledCount: MAX_STALLED,
    ...keysIn(options.namespace),
  });
  // Without a listener BullMQ's errors would end the process.
  worker.on('error', warn);
  const close = async (): Promise<void> => {
    const closed = worker.close().catch(warn);
    await finish();
    const patience = new AbortController();
    await Promise.race([closed, sleep(clock, CLOSE_PATIENCE_MS, patience.signal)]);
    patience.abort();
    await link.close();
  };
  let closing: Promise<void> | undefined;
  return { worker, close: () => (closing ??= close()) };
}
