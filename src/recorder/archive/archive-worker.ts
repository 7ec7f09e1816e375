/** Takes archive jobs from the queue, here or on another machine that shares the data folder. */
import { type Job, UnrecoverableError, Worker } from 'bullmq';
import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { MediaFormatError } from '../../media/media-format-error.ts';
import { type Clock, sleep } from '../../util/clock.ts';
import { type ArchiveStepMakers, finishArchive } from './archive-finish.ts';
import { removeLeftovers } from './archive-folders.ts';
import { type ArchiveContext, type ArchiveJob, archiveJobSchema, PermanentArchiveError } from './archive-job.ts';
import { archiveFolder, readManifest } from './archive-manifest.ts';
import { FINISH, readJobId } from './archive-progress.ts';
import { QUEUE_NAME } from './archive-queue.ts';
import { ARCHIVE_STEPS, type ArchiveStepName } from './archive-step.ts';
import { archiveSteps } from './archive-steps.ts';
import { JobLog } from '../jobs/job-log.ts';
import { connectRedis } from '../jobs/redis-connection.ts';
import { ensureStep } from './step-runner.ts';
import type { Seal } from '../storage/seal.ts';

/** Options of `startArchiveWorker`. */
export interface ArchiveWorkerOptions {
  /** Address of Redis, as in REDIS_URL. */
  readonly redis: string;
  readonly dataDir: string;
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  /** Jobs at the same time. */
  readonly concurrency: number;
  readonly log: Logger;
  readonly clock: Clock;
  /** Milliseconds after which a silent worker's job is taken from it; default 10 000. Another looks each half of that. */
  readonly lockMs?: number;
  /** Encrypts the files of a finished archive; default: they stay as they are. */
  readonly seal?: Seal;
  /** What makes the steps; tests hand in broken ones. */
  readonly steps?: ArchiveStepMakers;
}

const LOCK_MS = 10_000;
// A worker that is killed loses its jobs to another; the attempts of the job itself are counted apart.
const MAX_STALLED = 10;
const PROGRESS_STEP = 0.01;
// After the last job: BullMQ's own end needs Redis and would wait for it.
const CLOSE_PATIENCE_MS = 3000;

/** Starts at once; `close` lets running jobs finish and resolves when the connections are gone. */
export function startArchiveWorker(options: ArchiveWorkerOptions): { close(): Promise<void> } {
  const { log } = options;
  const lockMs = options.lockMs ?? LOCK_MS;
  const warn = (error: Error): void => log.warn('archive worker: Redis', { reason: messageOf(error) });
  const link = connectRedis(options.redis, 'worker', warn);
  const running = new Set<Promise<void>>();
  const processJob = (job: Job, _token?: string, signal?: AbortSignal): Promise<void> => {
    const work = archive(job, options, signal);
    const settled: Promise<void> = work.catch(() => {}).finally(() => running.delete(settled));
    running.add(settled);
    return work;
  };
  const worker = new Worker(QUEUE_NAME, processJob, {
    connection: link.redis,
    concurrency: options.concurrency,
    lockDuration: lockMs,
    stalledInterval: lockMs / 2,
    maxStalledCount: MAX_STALLED,
  });
  // Without listeners BullMQ's errors would end the process.
  worker.on('error', warn);
  worker.on('failed', (job, error) => {
    log.warn('archive attempt failed', { job: job?.id, attempt: job?.attemptsMade, reason: error.message });
  });
  worker.on('completed', (job) => {
    if (job.name === FINISH) log.info('archive ready', { recording: job.id });
  });
  const close = async (): Promise<void> => {
    const closed = worker.close().catch(warn);
    while (running.size > 0) await Promise.all(running);
    const patience = new AbortController();
    await Promise.race([closed, sleep(options.clock, CLOSE_PATIENCE_MS, patience.signal)]);
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

async function archive(job: Job, options: ArchiveWorkerOptions, signal?: AbortSignal): Promise<void> {
  const parsed = archiveJobSchema.safeParse(job.data);
  if (!parsed.success) throw new UnrecoverableError('The archive job cannot be understood; it is of another version.');
  const { recording } = parsed.data;
  const progress = progressReporter(job, options.log);
  const lines = new JobLog(job.name, options.log.child({ recording }), options.clock, (line) => job.log(line));
  const context: ArchiveContext = {
    ...options,
    log: lines.logger,
    onProgress: (share) => progress.report(share),
    ...(signal ? { signal } : {}),
  };
  const began = options.clock.monotonicMs();
  lines.logger.info('started', { attempt: job.attemptsStarted, worker: process.pid });
  try {
    await runJob(job, parsed.data, options.steps ?? archiveSteps, context);
    lines.logger.info('done', { seconds: Math.round((options.clock.monotonicMs() - began) / 100) / 10 });
  } catch (error) {
    lines.logger.warn('failed', { reason: messageOf(error) });
    // These depend on what is on the disk alone: another attempt would find the same.
    if (error instanceof PermanentArchiveError || error instanceof MediaFormatError) {
      throw new UnrecoverableError(error.message);
    }
    throw error;
  } finally {
    await Promise.all([progress.settled(), lines.settled()]);
  }
}

async function runJob(job: Job, data: ArchiveJob, steps: ArchiveStepMakers, context: ArchiveContext): Promise<void> {
  const { dataDir } = context;
  const isFinished = async (): Promise<boolean> =>
    (await readManifest(archiveFolder(dataDir, data.recording))) !== undefined;
  try {
    const step = ARCHIVE_STEPS.find((name) => name === job.name);
    // A step that somebody else finished too late for anybody, as after Redis lost everything.
    if (step && !(await isFinished())) await ensureStep(step, steps[step], data, context);
    if (!step) await finishArchive(data, steps, context, await failedSteps(job));
  } catch (error) {
    if (!(await isFinished())) throw error;
  }
  if (await isFinished()) await removeLeftovers(dataDir, data.recording);
}

/** Steps that were given up, with the reason. */
async function failedSteps(job: Job): Promise<ReadonlyMap<ArchiveStepName, string>> {
  const failed = new Map<ArchiveStepName, string>();
  for (const [key, reason] of Object.entries(await job.getIgnoredChildrenFailures())) {
    const name = readJobId(key.slice(key.lastIndexOf(':') + 1))?.name;
    if (name !== undefined && name !== FINISH) failed.set(name, reason);
  }
  return failed;
}

/** Tells Redis of each hundredth, one message at a time. */
function progressReporter(job: Job, log: Logger): { report(progress: number): void; settled(): Promise<void> } {
  let told = 0;
  let sending: Promise<void> | undefined;
  return {
    report(progress) {
      if (sending || progress < told + PROGRESS_STEP) return;
      told = progress;
      sending = job
        .updateProgress(progress)
        .catch((error: unknown) => log.debug('progress was not reported', { reason: messageOf(error) }))
        .finally(() => {
          sending = undefined;
        });
    },
    async settled() {
      await sending;
    },
  };
}
