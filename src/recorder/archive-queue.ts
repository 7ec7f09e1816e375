/** The queue of archive jobs in Redis, seen from the server. It may be away or lose everything: SQL knows better. */
import { Queue, QueueEvents } from 'bullmq';
import { messageOf, UnavailableError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { Emitter } from '../util/emitter.ts';
import type { RetryPolicy } from '../util/retry.ts';
import type { ArchiveJob } from './archive-job.ts';
import { connectRedis, type RedisLink } from './redis-connection.ts';

/** Name of the queue; part of every key in Redis. */
export const QUEUE_NAME = 'gridcast-archive';

/** Options of a queue. */
export interface ArchiveQueueOptions {
  /** Address of Redis, as in REDIS_URL. */
  readonly redis: string;
  /** Tries of one job, and the first delay between them (it doubles). */
  readonly retry: Pick<RetryPolicy, 'attempts' | 'firstMs'>;
  readonly log: Logger;
}

/** Where a job stands in Redis. */
export type ArchiveJobState =
  | { readonly kind: 'missing' }
  | { readonly kind: 'pending'; readonly progress: number }
  | { readonly kind: 'completed' }
  | { readonly kind: 'failed'; readonly reason: string };

type QueueEventMap = {
  /** Share of the work done, 0–1. */
  progress: { readonly id: string; readonly progress: number };
  /** A job completed, or failed for good. */
  settled: { readonly id: string };
  /** Redis answers, at first or again. */
  ready: undefined;
};

// Enough to look at by hand; what matters is in SQL.
const KEEP_COMPLETED = 100;
const KEEP_FAILED = 1000;

/** Owns its two connections. A job's id is the recording's. */
export class ArchiveQueue {
  readonly events = new Emitter<QueueEventMap>();
  readonly #log: Logger;
  readonly #link: RedisLink;
  readonly #eventsLink: RedisLink;
  readonly #queue: Queue;
  readonly #queueEvents: QueueEvents;
  #closing: Promise<void> | undefined;
  #lastWarning = '';

  constructor(options: ArchiveQueueOptions) {
    this.#log = options.log;
    const warn = (error: Error): void => this.#warn(error);
    this.#link = connectRedis(options.redis, 'queue', warn);
    this.#eventsLink = connectRedis(options.redis, 'worker', warn);
    this.#queue = new Queue(QUEUE_NAME, {
      connection: this.#link.redis,
      skipWaitingForReady: true,
      skipVersionCheck: true,
      defaultJobOptions: {
        attempts: options.retry.attempts,
        backoff: { type: 'exponential', delay: options.retry.firstMs },
        removeOnComplete: { count: KEEP_COMPLETED },
        removeOnFail: { count: KEEP_FAILED },
      },
    });
    this.#queueEvents = new QueueEvents(QUEUE_NAME, { connection: this.#eventsLink.redis });
    this.#queue.on('error', warn);
    this.#queueEvents.on('error', warn);
    this.#queueEvents.on('progress', ({ jobId, data }) => {
      if (typeof data === 'number') this.events.emit('progress', { id: jobId, progress: data });
    });
    this.#queueEvents.on('completed', ({ jobId }) => this.events.emit('settled', { id: jobId }));
    this.#queueEvents.on('failed', ({ jobId }) => this.events.emit('settled', { id: jobId }));
    this.#link.redis.on('ready', () => {
      this.#lastWarning = '';
      this.events.emit('ready', undefined);
    });
  }

  /** Whether Redis answers. */
  get available(): boolean {
    return this.#link.redis.status === 'ready';
  }

  /** Adds a job unless one of this id exists. @throws UnavailableError at once when Redis is away. */
  enqueue(job: ArchiveJob): Promise<void> {
    return this.#try(async () => {
      await this.#queue.add('archive', job, { jobId: job.recording });
    });
  }

  /** @throws UnavailableError at once when Redis is away. */
  state(id: string): Promise<ArchiveJobState> {
    return this.#try(async () => {
      const job = await this.#queue.getJob(id);
      const state = await job?.getState();
      if (!job || state === undefined || state === 'unknown') return { kind: 'missing' };
      if (state === 'completed') return { kind: 'completed' };
      if (state === 'failed') return { kind: 'failed', reason: job.failedReason };
      return { kind: 'pending', progress: typeof job.progress === 'number' ? job.progress : 0 };
    });
  }

  /** Removes a job that nobody works on; gives false when somebody does. @throws UnavailableError when Redis is away. */
  remove(id: string): Promise<boolean> {
    return this.#try(async () => {
      const job = await this.#queue.getJob(id);
      if (!job) return true;
      if (await job.isActive()) return false;
      await job.remove();
      return true;
    });
  }

  /** Ends the connections; jobs stay where they are. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const eventsReady = this.#eventsLink.redis.status === 'ready';
    const eventsClosed = this.#queueEvents.close().catch(() => {});
    // Without Redis it would wait for the end of a connection that has none.
    if (eventsReady) await eventsClosed;
    await this.#queue.close().catch(() => {});
    await Promise.all([this.#eventsLink.close(), this.#link.close()]);
  }

  async #try<T>(work: () => Promise<T>): Promise<T> {
    if (!this.available) throw unavailable();
    try {
      return await work();
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** Each fault once until Redis is back: reconnecting repeats it several times a second. */
  #warn(error: Error): void {
    const message = messageOf(error);
    if (this.#closing || message === this.#lastWarning) return;
    this.#lastWarning = message;
    this.#log.warn('archive queue: Redis', { reason: message });
  }
}

function unavailable(cause?: unknown): UnavailableError {
  return new UnavailableError(
    'redis_unavailable',
    'Redis does not answer, so no archive can be ordered now; it is tried again by itself once Redis is back.',
    cause,
  );
}
