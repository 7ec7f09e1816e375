/** Takes uploads from the queue, here or on another machine that shares the data folder. */
import { type Job, UnrecoverableError } from 'bullmq';
import type { Logger } from '../../logger.ts';
import type { Clock } from '../../util/clock.ts';
import { startQueueWorker } from '../jobs/queue-worker.ts';
import type { ObjectStore } from './object-store.ts';
import { PermanentUploadError, runUpload } from './upload-job.ts';
import { UPLOAD_QUEUE, uploadJobSchema } from './upload-queue.ts';

/** Options of `startUploadWorker`. */
export interface UploadWorkerOptions {
  /** Address of Redis, as in REDIS_URL. */
  readonly redis: string;
  /** Beginning of its keys there; default: the library's own, for whoever has a Redis alone. */
  readonly namespace?: string;
  readonly dataDir: string;
  readonly objects: ObjectStore;
  readonly prefix: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds after which a silent worker's upload goes to another; default 10 000. */
  readonly lockMs?: number;
}

const LOCK_MS = 10_000;

/** Starts at once, one upload at a time; `close` breaks off what runs, which goes on with the next worker. */
export function startUploadWorker(options: UploadWorkerOptions): { close(): Promise<void> } {
  const { redis, clock, log, lockMs = LOCK_MS } = options;
  const ending = new AbortController();
  const { worker, close } = startQueueWorker({
    queue: UPLOAD_QUEUE,
    label: 'upload worker',
    redis,
    ...(options.namespace !== undefined && { namespace: options.namespace }),
    process: (job, _token, lost) => upload(job, options, lost ? AbortSignal.any([ending.signal, lost]) : ending.signal),
    concurrency: 1,
    lockMs,
    stalledMs: lockMs,
    finish: async () => ending.abort(),
    log,
    clock,
  });
  worker.on('failed', (job, error) => {
    log.warn('an upload failed', { recording: job?.id, attempt: job?.attemptsMade, reason: error.message });
  });
  worker.on('completed', (job) => log.info('a recording is in the object store', { recording: job.id }));
  return { close };
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
