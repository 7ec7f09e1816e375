/** Takes renders from their queue, here or on another machine that shares the data folder. */
import { DelayedError, type Job, UnrecoverableError, Worker } from 'bullmq';
import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { type Clock, sleep } from '../../util/clock.ts';
import { connectRedis } from '../jobs/redis-connection.ts';
import type { ArchiveSource } from '../storage/archive-reader.ts';
import type { Seal } from '../storage/seal.ts';
import { removeRenderLeftovers } from './render-files.ts';
import { renderJobSchema, runRenderJob } from './render-job.ts';
import { RENDER_QUEUE } from './render-queue.ts';
import { PermanentRenderError } from './render-timeline.ts';

/** Options of `startRenderWorker`. */
export interface RenderWorkerOptions {
  /** Address of Redis, as in REDIS_URL. */
  readonly redis: string;
  readonly dataDir: string;
  readonly archives: Pick<ArchiveSource, 'localPath'>;
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  /** Encrypts finished files; default: they stay as they are. */
  readonly seal?: Seal;
  /** Renders at the same time. */
  readonly concurrency: number;
  readonly log: Logger;
  readonly clock: Clock;
  /** Milliseconds after which a silent worker's job goes to another; default 10 000. */
  readonly lockMs?: number;
  /** Milliseconds that running renders get at the end; then they are given up and go to another worker. Default: no time at all. */
  readonly graceMs?: number;
}

const LOCK_MS = 10_000;
// A worker that is killed loses its jobs to another; the attempts of the job itself are counted apart.
const MAX_STALLED = 10;
const PROGRESS_STEP = 0.01;
// After the last job: BullMQ's own end needs Redis and would wait for it.
const CLOSE_PATIENCE_MS = 3000;

/** Starts at once. `close` gives running renders up, which may take hours, so that another worker begins them anew. */
export function startRenderWorker(options: RenderWorkerOptions): { close(): Promise<void> } {
  const { log, clock } = options;
  const lockMs = options.lockMs ?? LOCK_MS;
  const warn = (error: Error): void => log.warn('render worker: Redis', { reason: messageOf(error) });
  const link = connectRedis(options.redis, 'worker', warn);
  const running = new Set<Promise<void>>();
  const ending = new AbortController();
  const process = (job: Job, token?: string, signal?: AbortSignal): Promise<void> => {
    const given = signal ? AbortSignal.any([signal, ending.signal]) : ending.signal;
    const work = render(job, options, given).catch(async (error: unknown) => {
      if (!ending.signal.aborted) throw error;
      // No fault of its own: it costs it no try.
      await job.moveToDelayed(clock.wallMs(), token);
      throw new DelayedError();
    });
    const settled: Promise<void> = work.catch(() => {}).finally(() => running.delete(settled));
    running.add(settled);
    return work;
  };
  const worker = new Worker(RENDER_QUEUE, process, {
    connection: link.redis,
    concurrency: options.concurrency,
    lockDuration: lockMs,
    stalledInterval: lockMs,
    maxStalledCount: MAX_STALLED,
  });
  // Without listeners BullMQ's errors would end the process.
  worker.on('error', warn);
  worker.on('failed', (job, error) => {
    log.warn('render attempt failed', { render: job?.id, attempt: job?.attemptsMade, reason: error.message });
  });
  worker.on('completed', (job) => log.info('render ready', { render: job.id }));
  const close = async (): Promise<void> => {
    const closed = worker.close().catch(warn);
    const grace = sleep(clock, options.graceMs ?? 0, ending.signal);
    await Promise.race([Promise.all(running), grace]);
    ending.abort();
    while (running.size > 0) await Promise.all(running);
    const patience = new AbortController();
    await Promise.race([closed, sleep(clock, CLOSE_PATIENCE_MS, patience.signal)]);
    patience.abort();
    await link.close();
  };
  let closing: Promise<void> | undefined;
  return {
    close() {
      closing ??= close();
      return closing;
    },
  };
}

async function render(job: Job, options: RenderWorkerOptions, signal: AbortSignal): Promise<void> {
  const parsed = renderJobSchema.safeParse(job.data);
  if (!parsed.success) throw new UnrecoverableError('The render cannot be understood; it is of another version.');
  const log = options.log.child({ ...parsed.data });
  let told = 0;
  let telling: Promise<void> | undefined;
  const onProgress = (progress: number): void => {
    if (telling || progress < told + PROGRESS_STEP) return;
    told = progress;
    telling = job
      .updateProgress(progress)
      .catch((error: unknown) => log.debug('progress was not reported', { reason: messageOf(error) }))
      .finally(() => {
        telling = undefined;
      });
  };
  try {
    await runRenderJob(parsed.data, { ...options, log, signal, onProgress });
    await removeRenderLeftovers(options.dataDir, parsed.data);
  } catch (error) {
    // It depends on the order and on what is on the disk alone: another attempt would find the same.
    if (error instanceof PermanentRenderError) throw new UnrecoverableError(error.message);
    throw error;
  } finally {
    await telling;
  }
}
