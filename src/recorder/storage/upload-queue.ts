/** The queue of uploads in Redis, as the server sees it. Redis may be away or lose everything: SQL is the source of truth. */
import { Queue } from 'bullmq';
import { z } from 'zod';
import { messageOf, UnavailableError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { RetryPolicy } from '../../util/retry.ts';
import { connectRedis, keysIn, type RedisLink } from '../jobs/redis-connection.ts';

/** Name of the queue; part of every key in Redis. */
export const UPLOAD_QUEUE = 'gridcast-upload';

/** What a job carries. */
export const uploadJobSchema = z.object({ recording: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) });

/** Where an upload stands in Redis. */
export type UploadJobState =
  | { readonly kind: 'missing' | 'pending' | 'completed' }
  | { readonly kind: 'failed'; readonly reason: string };

const KEEP_COMPLETED = 100;
const KEEP_FAILED = 1000;

/** Owns its connection. A job's id is the recording's. */
export class UploadQueue {
  readonly #link: RedisLink;
  readonly #queue: Queue;
  #closing: Promise<void> | undefined;
  #lastWarning = '';

  constructor(options: {
    readonly redis: string;
    /** Beginning of its keys there; default: the library's own, for whoever has a Redis alone. */
    readonly namespace?: string;
    readonly retry: Pick<RetryPolicy, 'attempts' | 'firstMs'>;
    readonly log: Logger;
  }) {
    const warn = (error: Error): void => {
      const message = messageOf(error);
      if (this.#closing || message === this.#lastWarning) return;
      this.#lastWarning = message;
      options.log.warn('upload queue: Redis', { reason: message });
    };
    this.#link = connectRedis(options.redis, 'queue', warn);
    this.#link.redis.on('ready', () => {
      this.#lastWarning = '';
    });
    this.#queue = new Queue(UPLOAD_QUEUE, {
      connection: this.#link.redis,
      skipWaitingForReady: true,
      skipVersionCheck: true,
      ...keysIn(options.namespace),
      defaultJobOptions: {
        attempts: options.retry.attempts,
        backoff: { type: 'exponential', delay: options.retry.firstMs },
        removeOnComplete: { count: KEEP_COMPLETED },
        removeOnFail: { count: KEEP_FAILED },
      },
    });
    this.#queue.on('error', warn);
  }

  /** Adds a job unless one of this id exists. @throws UnavailableError at once when Redis is away. */
  enqueue(recording: string): Promise<void> {
    return this.#try(async () => {
      await this.#queue.add('upload', { recording }, { jobId: recording });
    });
  }

  /** @throws UnavailableError at once when Redis is away. */
  state(recording: string): Promise<UploadJobState> {
    return this.#try(async () => {
      const job = await this.#queue.getJob(recording);
      const state = await job?.getState();
      if (!job || state === undefined || state === 'unknown') return { kind: 'missing' };
      if (state === 'completed') return { kind: 'completed' };
      return state === 'failed' ? { kind: 'failed', reason: job.failedReason } : { kind: 'pending' };
    });
  }

  /** Removes a job that nobody works on; gives false when somebody does. @throws UnavailableError when Redis is away. */
  remove(recording: string): Promise<boolean> {
    return this.#try(async () => {
      const job = await this.#queue.getJob(recording);
      if (!job) return true;
      if (await job.isActive()) return false;
      await job.remove();
      return true;
    });
  }

  /** Ends the connection; jobs stay where they are. */
  close(): Promise<void> {
    this.#closing ??= this.#queue
      .close()
      .catch(() => {})
      .then(() => this.#link.close());
    return this.#closing;
  }

  async #try<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (this.#link.redis.status === 'ready') return await work();
    } catch (error) {
      throw unavailable(error);
    }
    throw unavailable();
  }
}

function unavailable(cause?: unknown): UnavailableError {
  return new UnavailableError(
    'redis_unavailable',
    'Redis does not answer, so no upload can be ordered now; it is tried again by itself once Redis is back.',
    cause,
  );
}
