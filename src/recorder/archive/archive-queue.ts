/** The queue of archives in Redis, seen from the server. It may be away or lose everything: SQL knows better. */
import { FlowProducer, type Job, Queue, QueueEvents } from 'bullmq';
import { messageOf, UnavailableError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { Emitter } from '../../util/emitter.ts';
import type { RetryPolicy } from '../../util/retry.ts';
import { REQUIRED_STEP } from './archive-finish.ts';
import type { ArchiveJob } from './archive-job.ts';
import {
  ARCHIVE_JOBS,
  type ArchiveJobName,
  type ArchiveStepState,
  FINISH,
  jobId,
  overallProgress,
  readJobId,
} from './archive-progress.ts';
import { ARCHIVE_STEPS } from './archive-step.ts';
import { connectRedis, keysIn, type RedisLink } from '../jobs/redis-connection.ts';
import { type Unattended, unattendedIn } from '../jobs/unattended.ts';

/** Name of the queue; part of every key in Redis. */
export const QUEUE_NAME = 'gridcast-archive';

/** Options of a queue. */
export interface ArchiveQueueOptions {
  /** Address of Redis, as in REDIS_URL. */
  readonly redis: string;
  /** Beginning of its keys there; default: the library's own, for whoever has a Redis alone. */
  readonly namespace?: string;
  /** Tries of one job, and the first delay between them (it doubles). */
  readonly retry: Pick<RetryPolicy, 'attempts' | 'firstMs'>;
  readonly log: Logger;
}

/** Where an archive stands in Redis. */
export type ArchiveJobState =
  | { readonly kind: 'missing' }
  | { readonly kind: 'pending'; readonly progress: number }
  | { readonly kind: 'completed' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Whether Redis takes jobs; `refuses`: it answers, and takes none. */
export type QueueHealth = 'well' | 'silent' | 'refuses';

type QueueEventMap = {
  /** A job of this recording got on. */
  progress: { readonly id: string };
  /** A job of this recording completed, or failed for good. */
  settled: { readonly id: string };
  /** Redis answers, at first or again. */
  ready: undefined;
};

const HEALTH_SECONDS = 60;
// Enough to look at by hand; what matters is in SQL.
const KEEP_COMPLETED = 600;
const KEEP_FAILED = 3000;
/** Lines of each job, and of all of an archive together. */
const KEEP_LINES = 50;

/** Owns its two connections. The id of an archive's last job is the recording's; its steps are that job's children. */
export class ArchiveQueue {
  readonly events = new Emitter<QueueEventMap>();
  readonly #options: ArchiveQueueOptions;
  readonly #link: RedisLink;
  readonly #eventsLink: RedisLink;
  readonly #queue: Queue;
  readonly #flows: FlowProducer;
  readonly #queueEvents: QueueEvents;
  #closing: Promise<void> | undefined;
  /** Faults of Redis that are in the log already. */
  readonly #told = new Set<string>();

  constructor(options: ArchiveQueueOptions) {
    this.#options = options;
    const warn = (error: Error): void => this.#warn(error);
    this.#link = connectRedis(options.redis, 'queue', warn);
    this.#eventsLink = connectRedis(options.redis, 'worker', warn);
    const keys = keysIn(options.namespace);
    const connection = { connection: this.#link.redis, skipWaitingForReady: true, skipVersionCheck: true, ...keys };
    this.#queue = new Queue(QUEUE_NAME, connection);
    this.#flows = new FlowProducer(connection);
    this.#queueEvents = new QueueEvents(QUEUE_NAME, { connection: this.#eventsLink.redis, ...keys });
    this.#queue.on('error', warn);
    this.#flows.on('error', warn);
    this.#queueEvents.on('error', warn);
    const tell = (event: 'progress' | 'settled', id: string): void => {
      const recording = readJobId(id)?.recording;
      if (recording !== undefined) this.events.emit(event, { id: recording });
    };
    this.#queueEvents.on('progress', (job) => tell('progress', job.jobId));
    this.#queueEvents.on('completed', (job) => tell('settled', job.jobId));
    this.#queueEvents.on('failed', (job) => tell('settled', job.jobId));
    this.#link.redis.on('ready', () => {
      this.#told.clear();
      this.events.emit('ready', undefined);
    });
  }

  /** Whether Redis answers. */
  get available(): boolean {
    return this.#link.redis.status === 'ready';
  }

  /** Tries to leave something there: one that is full, or that has become a replica, answers, and takes nothing. */
  async health(): Promise<QueueHealth> {
    if (!this.available) return 'silent';
    try {
      await this.#link.redis.set(this.#queue.toKey('health'), '', 'EX', HEALTH_SECONDS);
      this.#told.clear();
      return 'well';
    } catch (error) {
      this.#warn(error);
      return isRefusal(error) ? 'refuses' : 'silent';
    }
  }

  /** Whether archives wait for a worker in vain; undefined when Redis does not tell. */
  async unattended(): Promise<Unattended | undefined> {
    return this.available ? unattendedIn(this.#queue) : undefined;
  }

  /** Adds what is missing of an archive's jobs. @throws UnavailableError at once when Redis is away. */
  enqueue(job: ArchiveJob): Promise<void> {
    const { attempts, firstMs } = this.#options.retry;
    const common = {
      attempts,
      backoff: { type: 'exponential', delay: firstMs },
      removeOnComplete: { count: KEEP_COMPLETED },
      removeOnFail: { count: KEEP_FAILED },
      keepLogs: KEEP_LINES,
    };
    const children = ARCHIVE_STEPS.map((step) => ({
      name: step,
      queueName: QUEUE_NAME,
      data: job,
      opts: {
        ...common,
        jobId: jobId(job.recording, step),
        ...(step === REQUIRED_STEP ? { failParentOnFailure: true } : { ignoreDependencyOnFailure: true }),
      },
    }));
    return this.#try(async () => {
      const opts = { ...common, jobId: job.recording };
      await this.#flows.add({ name: FINISH, queueName: QUEUE_NAME, data: job, opts, children });
    });
  }

  /** @throws UnavailableError at once when Redis is away. */
  state(recording: string): Promise<ArchiveJobState> {
    return this.#try(async () => {
      const job = await this.#job(recording, FINISH);
      const state = await job?.getState();
      if (!job || state === undefined || state === 'unknown') return { kind: 'missing' };
      if (state === 'completed') return { kind: 'completed' };
      if (state !== 'failed') return { kind: 'pending', progress: overallProgress(await this.#steps(recording)) };
      // Its own reason names a job of Redis, not what went wrong.
      const cause = (await this.#steps(recording)).find(({ name }) => name === REQUIRED_STEP);
      const reason = cause?.state === 'failed' ? cause.error : undefined;
      return { kind: 'failed', reason: reason ?? job.failedReason };
    });
  }

  /** Where each job of an archive stands; none when Redis knows of none. @throws UnavailableError when Redis is away. */
  steps(recording: string): Promise<readonly ArchiveStepState[]> {
    return this.#try(() => this.#steps(recording));
  }

  /** The newest lines that the jobs of an archive wrote, in order. @throws UnavailableError when Redis is away. */
  lines(recording: string): Promise<readonly string[]> {
    return this.#try(async () => {
      const logs = await Promise.all(
        ARCHIVE_JOBS.map((name) => this.#queue.getJobLogs(jobId(recording, name), 0, KEEP_LINES - 1)),
      );
      // Each begins with its time.
      return logs
        .flatMap((log) => log.logs)
        .sort((a, b) => (a < b ? -1 : 1))
        .slice(-KEEP_LINES);
    });
  }

  /** Removes what nobody works on; a step that somebody is at becomes one of the next order. @throws UnavailableError. */
  remove(recording: string): Promise<void> {
    return this.#try(async () => {
      for (const name of [FINISH, ...ARCHIVE_STEPS] as const) {
        const job = await this.#job(recording, name);
        if (!job || (await job.isActive())) continue;
        await job.remove({ removeChildren: false }).catch(async (error: unknown) => {
          // Somebody may have begun with it in between.
          if (!(await job.isActive())) throw error;
        });
      }
    });
  }

  /** Ends the connections; jobs stay where they are. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const eventsClosed = this.#queueEvents.close().catch(() => {});
    // Its own connection ends at once, or tells nobody, when it is waiting for its next try to connect.
    await Promise.race([eventsClosed, this.#eventsLink.close()]);
    await this.#flows.close().catch(() => {});
    await this.#queue.close().catch(() => {});
    await this.#link.close();
  }

  #job(recording: string, name: ArchiveJobName): Promise<Job | undefined> {
    return this.#queue.getJob(jobId(recording, name));
  }

  async #steps(recording: string): Promise<ArchiveStepState[]> {
    const steps: ArchiveStepState[] = [];
    for (const name of ARCHIVE_JOBS) {
      const job = await this.#job(recording, name);
      if (job) steps.push(await stepState(job, name));
    }
    return steps;
  }

  async #try<T>(work: () => Promise<T>): Promise<T> {
    if (!this.available) throw unavailable();
    try {
      return await work();
    } catch (error) {
      // Nobody else tells why: whoever asked tries again until it works.
      this.#warn(error);
      throw unavailable(error);
    }
  }

  /** Each fault once until Redis is well: reconnecting repeats it several times a second. */
  #warn(error: unknown): void {
    const message = messageOf(error);
    if (this.#closing || this.#told.has(message)) return;
    this.#told.add(message);
    this.#options.log.warn('archive queue: Redis', { reason: message });
  }
}

/** Whether Redis has answered and refused, in contrast to no answer. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError';
}

async function stepState(job: Job, name: ArchiveJobName): Promise<ArchiveStepState> {
  const found = await job.getState();
  const state = found === 'completed' ? 'done' : found === 'active' || found === 'failed' ? found : 'waiting';
  const progress = state === 'done' ? 1 : typeof job.progress === 'number' ? job.progress : 0;
  const error = state === 'done' ? undefined : job.failedReason;
  return { name, state, progress, attempts: job.attemptsStarted, ...(error ? { error } : {}) };
}

function unavailable(cause?: unknown): UnavailableError {
  return new UnavailableError(
    'redis_unavailable',
    'Redis does not answer, so no archive can be ordered now; it is tried again by itself once Redis is back.',
    cause,
  );
}
