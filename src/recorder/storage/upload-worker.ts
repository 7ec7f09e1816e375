/** Takes uploads from the queue, here or on another machine that shares the data folder. */
import { type Job, UnrecoverableError, Worker } from 'bullmq';
import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { type Clock, sleep } from '../../util/clock.ts';
import { connectRedis } from '../jobs/redis-connection.ts';
import type { ObjectStore } from './object-store.ts';
import { PermanentUploadError, runUpload } from './upload-job.ts';
import { UPLOAD_QUEUE, uploadJobSchema } from './upload-queue.ts';

/** Options of `startUploadWorker`. */
export interface UploadWorkerOptions {
  /** Address of Redis, as in REDIS_URL. */
  readonly redis: string;
  readonly dataDir: string;
  readonly objects: ObjectStore;
  readonly prefix: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds after which a silent worker's upload goes to another; default 10 000. */
  readonly lockMs?: number;
}

const LOCK_MS = 10_000;
const MAX_STALLED = 10;
const CLOSE_PATIENCE_MS = 3000;

/** Starts at once, one upload at a time; `close` breaks off what runs, which goes on with the next worker. */
export function startUploadWorker(options: UploadWorkerOptions): { close(): Promise<void> } {
  const { clock, log } = options;
  const lockMs = options.lockMs ?? LOCK_MS;
  const ending = new AbortController();
  const warn = (error: Error): void => log.warn('upload worker: Redis', { reason: messageOf(error) });
  const link = connectRedis(options.redis, 'worker', warn);
  const process = (job: Job, _token?: string, lost?: AbortSignal): Promise<void> =>
    upload(job, options, lost ? AbortSignal.any([ending.signal, lost]) : ending.signal);
  const worker = new Worker(UPLOAD_QUEUE, process, {
    connection: link.redis,
    concurrency: 1,
    lockDuration: lockMs,
    stalledInterval: lockMs,
    maxStalledCount: MAX_STALLED,
  });
  worker.on('error', warn);
  worker.on('failed', (job, error) => {
    log.warn('an upload failed', { recording: job?.id, attempt: job?.attemptsMade, reason: error.message });
  });
  worker.on('completed', (job) => log.info('a recording is in the object store', { recording: job.id }));
  const close = async (): Promise<void> => {
    ending.abort();
    const patience = new AbortController();
    // BullMQ's own end needs Redis and would wait for it.
    await Promise.race([worker.close().catch(warn), sleep(clock, CLOSE_PATIENCE_MS, patience.signal)]);
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

async function upload(job: Job, options: UploadWorkerOptions, signal: AbortSignal): Promise<void> {
  const parsed = uploadJobSchema.safeParse(job.data);
  if (!parsed.success) throw new UnrecoverableError('The upload cannot be understood; it is of another version.');
  try {
    const log = options.log.child({ recording: parsed.data.recording });
    await runUpload(parsed.data.recording, { ...options, log, signal, onProgress: () => undefined });
  } catch (error) {
    if (error instanceof PermanentUploadError) throw new UnrecoverableError(error.message);
    throw error;
  }
}
