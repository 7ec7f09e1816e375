/** Takes archive jobs from the queue, here or on another machine that shares the data folder. */
import { type Job, UnrecoverableError } from 'bullmq';
import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { MediaFormatError } from '../../media/media-format-error.ts';
import { Background } from '../../util/background.ts';
import type { Clock } from '../../util/clock.ts';
import { type ArchiveStepMakers, finishArchive } from './archive-finish.ts';
import { removeLeftovers } from './archive-folders.ts';
import { type ArchiveContext, type ArchiveJob, archiveJobSchema, PermanentArchiveError } from './archive-job.ts';
import { archiveFolder, readManifest } from './archive-manifest.ts';
import { FINISH, readJobId } from './archive-progress.ts';
import { QUEUE_NAME } from './archive-queue.ts';
import { ARCHIVE_STEPS, type ArchiveStepName } from './archive-step.ts';
import { archiveSteps } from './archive-steps.ts';
import { JobLog } from '../jobs/job-log.ts';
import { startQueueWorker } from '../jobs/queue-worker.ts';
import { ensureStep } from './step-runner.ts';
import type { Seal } from '../storage/seal.ts';

/** Options of `startArchiveWorker`. */
export interface ArchiveWorkerOptions {
  /** Address of Redis, as in REDIS_URL. */
  readonly redis: string;
  /** Beginning of its keys there; default: the library's own, for whoever has a Redis alone. */
  readonly namespace?: string;
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
const PROGRESS_STEP = 0.01;

/** Starts at once; `close` lets running jobs finish and resolves when the connections are gone. */
export function startArchiveWorker(options: ArchiveWorkerOptions): { close(): Promise<void> } {
  const { redis, concurrency, log, clock, lockMs = LOCK_MS } = options;
  // Whatever a job fails with, its queue is told.
  const running = new Background(() => {});
  const { worker, close } = startQueueWorker({
    queue: QUEUE_NAME,
    label: 'archive worker',
    redis,
    ...(options.namespace !== undefined && { namespace: options.namespace }),
    process(job, _token, signal) {
      const work = archive(job, options, signal);
      running.add(work);
      return work;
    },
    concurrency,
    lockMs,
    stalledMs: lockMs / 2,
    finish: () => running.idle(),
    log,
    clock,
  });
  worker.on('failed', (job, error) => {
    log.warn('archive attempt failed', { job: job?.id, attempt: job?.attemptsMade, reason: error.message });
  });
  worker.on('completed', (job) => {
    if (job.name === FINISH) log.info('archive ready', { recording: job.id });
  });
  return { close };
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
