/** Whether somebody makes the archives and renders that wait in Redis. */
import { resolve } from 'node:path';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import type { Config } from '../config/schema.ts';
import { QUEUE_NAME } from '../recorder/archive/archive-queue.ts';
import { closeRedis, redisOptions } from '../recorder/jobs/redis-connection.ts';
import { findNamespace } from '../recorder/jobs/redis-namespace.ts';
import { unattendedIn } from '../recorder/jobs/unattended.ts';
import { RENDER_QUEUE } from '../recorder/render/render-queue.ts';
import { DataLock } from '../server/data-lock.ts';
import type { Clock } from '../util/clock.ts';
import { type Finding, ok, warn } from './doctor-checks.ts';

const SUBJECT = 'Workers';
const TIMEOUT_MS = 5000;
/** The server starts one that ended again within this time. Milliseconds. */
const UNATTENDED_MS = 60_000;

/** What the queues of one data folder tell. */
interface Attendance {
  readonly connected: number;
  /** When the oldest job was ordered that nobody can take; wall clock milliseconds. */
  readonly since: number | undefined;
}

/** Nothing where nothing can be known: before the first start, and while Redis does not answer. */
export async function checkWorkers(config: Config, clock: Clock): Promise<readonly Finding[]> {
  const { url } = config.redis;
  const own = config.archive.workers;
  if (url === undefined) return own === 0 ? [NOBODY_EVER] : [];
  const dataDir = resolve(config.server.data);
  const namespace = await findNamespace(dataDir).catch(() => undefined);
  const found = namespace === undefined ? undefined : await ask(url, namespace);
  if (!found) return [];
  const { connected, since } = found;
  if (connected > 0) return [ok(SUBJECT, `${connected} connected`)];
  const waiting = since === undefined ? '' : `, and what was ordered at ${new Date(since).toISOString()} waits`;
  if (own === 0) {
    const remedy = 'run "gridcast worker", or set archive.workers and start the server again';
    return [warn(SUBJECT, `archive.workers is 0 and none is connected${waiting}`, remedy)];
  }
  // They come with the server.
  const overdue = since !== undefined && clock.wallMs() - since >= UNATTENDED_MS;
  if (!overdue || (await DataLock.holder(dataDir)) === undefined) return [];
  return [warn(SUBJECT, `the server's own does not run${waiting}`, "see the server's log for why it ends")];
}

const NOBODY_EVER = warn(
  SUBJECT,
  'archive.workers is 0, and no other can reach the private Redis: archives and renders are never made',
  'set archive.workers to 1 or more, or REDIS_URL to a Redis that workers on other machines reach',
);

/** Undefined when Redis does not tell. */
async function ask(url: string, prefix: string): Promise<Attendance | undefined> {
  const once = { lazyConnect: true, retryStrategy: null, connectTimeout: TIMEOUT_MS, commandTimeout: TIMEOUT_MS };
  try {
    const redis = new Redis({ ...redisOptions(url, 'queue'), ...once });
    // Whoever asks is told by the rejection.
    redis.on('error', () => {});
    try {
      await redis.connect();
      // A look changes nothing.
      const look = {
        connection: redis,
        skipWaitingForReady: true,
        skipVersionCheck: true,
        skipMetasUpdate: true,
        prefix,
      };
      const queues = [QUEUE_NAME, RENDER_QUEUE].map((name) => new Queue(name, look).on('error', () => {}));
      return await attendance(queues);
    } finally {
      await closeRedis(redis);
    }
  } catch {
    return undefined;
  }
}

async function attendance(queues: readonly Queue[]): Promise<Attendance | undefined> {
  const [archives] = queues;
  // Each worker serves both.
  const connected = (await archives?.getWorkersCount()) ?? 0;
  const found = await Promise.all(queues.map(unattendedIn));
  const times = found.flatMap((one) => (one?.since === undefined ? [] : [one.since]));
  return { connected, since: times.length === 0 ? undefined : Math.min(...times) };
}
