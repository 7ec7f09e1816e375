/** The queue of renders in Redis, seen from the server. It may be away or lose everything: SQL knows better. */
import { Queue } from 'bullmq';
import { messageOf, UnavailableError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { RetryPolicy } from '../../util/retry.ts';
import { connectRedis, keysIn, type RedisLink } from '../jobs/redis-connection.ts';
import { type Unattended, unattendedIn } from '../jobs/unattended.ts';
import type { RenderPlace } from './render-files.ts';

/** Name of the queue; part of every key in Redis. */
export const RENDER_QUEUE = 'gridcast-renders';

/** Options of a queue. */
export interface RenderQueueOptions {
  /** Address of Redis, as in REDIS_URL. */
  readonly redis: string;
  /** Beginning of its keys there; default: the library's own, for whoever has a Redis alone. */
  readonly namespace?: string;
  /** Tries of one job, and the first delay between them (it doubles). */
  readonly retry: Pick<RetryPolicy, 'attempts' | 'firstMs'>;
  readonly log: Logger;
}

/** Where a job stands in Redis. */
export type RenderJobState =
  | { readonly kind: 'missing' | 'waiting' | 'completed' }
  | { readonly kind: 'active'; readonly progress: number }
  | { readonly kind: 'failed'; readonly reason: string };

// Enough to look at by hand; what matters is in SQL.
const KEEP = 100;

/** Owns its connection. A job's id is the render's. */
export class RenderQueue {
  readonly #log: Logger;
  readonly #link: RedisLink;
  readonly #queue: Queue;
  #closing: Promise<void> | undefined;
  #lastWarning = '';

  constructor({ redis, namespace, retry, log }: RenderQueueOptions) {
    this.#log = log;
    const warn = (error: Error): void => this.#warn(error);
    this.#link = connectRedis(redis, 'queue', warn);
    this.#link.redis.on('ready', () => {
      this.#lastWarning = '';
    });
    this.#queue = new Queue(RENDER_QUEUE, {
      connection: this.#link.redis,
      skipWaitingForReady: true,
      skipVersionCheck: true,
      ...keysIn(namespace),
      defaultJobOptions: {
        attempts: retry.attempts,
        backoff: { type: 'exponential', delay: retry.firstMs },
        removeOnComplete: { count: KEEP },
        removeOnFail: { count: KEEP },
      },
    });
    this.#queue.on('error', warn);
  }

  /** Adds a job unless one of this id exists. @throws UnavailableError at once when Redis is away. */
  enqueue({ recording, render }: RenderPlace): Promise<void> {
    return this.#try(async () => {
      await this.#queue.add('render', { recording, render }, { jobId: render });
    });
  }

  /** @throws UnavailableError at once when Redis is away. */
  state(render: string): Promise<RenderJobState> {
    return this.#try(async (): Promise<RenderJobState> => {
      const job = await this.#queue.getJob(render);
      const state = await job?.getState();
      if (!job || state === undefined || state === 'unknown') return { kind: 'missing' };
      if (state === 'completed') return { kind: 'completed' };
      if (state === 'failed') return { kind: 'failed', reason: job.failedReason };
      if (state !== 'active') return { kind: 'waiting' };
      return { kind: 'active', progress: typeof job.progress === 'number' ? job.progress : 0 };
    });
  }

  /** Forgets a job; one that somebody works on ends by itself. @throws UnavailableError when Redis is away. */
  remove(render: string): Promise<void> {
    return this.#try(async () => {
      const job = await this.#queue.getJob(render);
      if (job && !(await job.isActive())) await job.remove();
    });
  }

  /** Whether renders wait for a worker in vain; undefined when Redis does not tell. */
  async unattended(): Promise<Unattended | undefined> {
    return this.#link.redis.status === 'ready' ? unattendedIn(this.#queue) : undefined;
  }

  /** Ends the connection; jobs stay where they are. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      await this.#queue.close().catch(() => {});
      await this.#link.close();
    })();
    return this.#closing;
  }

  async #try<T>(work: () => Promise<T>): Promise<T> {
    if (this.#link.redis.status !== 'ready') throw unavailable();
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
    this.#log.warn('render queue: Redis', { reason: message });
  }
}

function unavailable(cause?: unknown): UnavailableError {
  return new UnavailableError(
    'redis_unavailable',
    'Redis does not answer, so no render can be ordered now; it is tried again by itself once Redis is back.',
    cause,
  );
}
