/** Takes renders from their queue, here or on another machine that shares the data folder. */
import { DelayedError, type Job, UnrecoverableError } from 'bullmq';
import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { Background } from '../../util/background.ts';
import { type Clock, sleep } from '../../util/clock.ts';
import { startQueueWorker } from '../jobs/queue-worker.ts';
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
  /** Beginning of its keys there; default: the library's own, for whoever has a Redis alone. */
  readonly namespace?: string;
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
const PROGRESS_STEP = 0.01;

/** Starts at once. `close` gives running renders up, which may take hours, so that another worker begins them anew. */
export function startRenderWorker(options: RenderWorkerOptions): { close(): Promise<void> } {
  const { redis, concurrency, log, clock, lockMs = LOCK_MS, graceMs = 0 } = options;
  // Whatever a render fails with, its queue is told.
  const running = new Background(() => {});
  const ending = new AbortController();
  const process = (job: Job, token?: string, signal?: AbortSignal): Promise<void> => {
    const given = signal ? AbortSignal.any([signal, ending.signal]) : ending.signal;
    const work = render(job, options, given).catch(async (error: unknown) => {
      if (!ending.signal.aborted) throw error;
      // No fault of its own: it costs it no try.
      await job.moveToDelayed(clock.wallMs(), token);
      throw new DelayedError();
    });
    running.add(work);
    return work;
  };
  const finish = async (): Promise<void> => {
    await Promise.race([running.idle(), sleep(clock, graceMs, ending.signal)]);
    ending.abort();
    await running.idle();
  };
  const { worker, close } = startQueueWorker({
    queue: RENDER_QUEUE,
    label: 'render worker',
    redis,
    ...(options.namespace !== undefined && { namespace: options.namespace }),
    process,
    concurrency,
    lockMs,
    stalledMs: lockMs,
    finish,
    log,
    clock,
  });
  worker.on('failed', (job, error) => {
    log.warn('render attempt failed', { render: job?.id, attempt: job?.attemptsMade, reason: error.message });
  });
  worker.on('completed', (job) => log.info('render ready', { render: job.id }));
  return { close };
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
