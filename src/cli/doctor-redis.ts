/** Whether the jobs of the server have a place, and are safe there. */
import { Redis } from 'ioredis';
import type { Config } from '../config/schema.ts';
import { messageOf } from '../errors.ts';
import { run } from '../ffmpeg/run.ts';
import { closeRedis, redisOptions } from '../recorder/jobs/redis-connection.ts';
import type { Clock } from '../util/clock.ts';
import { type Finding, fail, ok, warn } from './doctor-checks.ts';

const SUBJECT = 'Redis';
const THE_ONE = 'the one of REDIS_URL';
const TIMEOUT_MS = 5000;
/** What the library of queues asks for. */
const OLDEST: readonly [number, number] = [6, 2];

/** The configured Redis takes jobs and keeps them, or a private one could be started. */
export async function checkRedis(config: Config, clock: Clock): Promise<Finding> {
  const { url } = config.redis;
  if (url === undefined) {
    const { stdout, failure } = await run('redis-server', ['--version'], { clock, timeoutMs: TIMEOUT_MS });
    if (failure === undefined)
      return ok(SUBJECT, `a private one will be started (${/v=(\S+)/.exec(stdout)?.[1] ?? 'unknown'})`);
    return fail(
      SUBJECT,
      'redis-server is not on PATH',
      'install it (apt-get install redis-server, brew install redis) or set REDIS_URL',
    );
  }
  const found = await askRedis(url);
  if ('info' in found) return judgeRedis(found.info);
  const remedy = 'start it, or unset REDIS_URL for a private one';
  return fail(SUBJECT, `${THE_ONE} does not answer: ${found.problem}`, remedy);
}

/** @param info what Redis says of itself */
export function judgeRedis(info: string): Finding {
  const facts = new Map([...info.matchAll(/^(\w+):(.*?)\r?$/gm)].map(([, name = '', value = '']) => [name, value]));
  const version = facts.get('redis_version') ?? 'unknown';
  const text = `${THE_ONE} answers (${version})`;
  if (facts.get('role') === 'slave') {
    return fail(SUBJECT, `${THE_ONE} is a replica, which takes no jobs`, 'name the master in REDIS_URL');
  }
  const [most, used] = ['maxmemory', 'used_memory'].map((name) => Number(facts.get(name) ?? 0));
  const policy = facts.get('maxmemory_policy') ?? 'noeviction';
  if (policy === 'noeviction' && most !== undefined && used !== undefined && most > 0 && used >= most) {
    return fail(SUBJECT, `${THE_ONE} is full and takes no jobs`, 'give it more memory ("maxmemory")');
  }
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    return warn(SUBJECT, `${text}, which is older than the queues are made for`, 'update it to 6.2 or newer');
  }
  if (policy !== 'noeviction') {
    return warn(
      SUBJECT,
      `${text}, and drops jobs when its memory is full (maxmemory-policy ${policy})`,
      'set its maxmemory-policy to noeviction',
    );
  }
  return ok(SUBJECT, text);
}

/** What it says of itself, or why the Redis at `url` does not answer. */
async function askRedis(url: string): Promise<{ readonly info: string } | { readonly problem: string }> {
  let problem = 'it closed the connection';
  try {
    // One try is enough: nobody is helped by a doctor who waits for the patient to get well.
    const once = { lazyConnect: true, retryStrategy: null, connectTimeout: TIMEOUT_MS, commandTimeout: TIMEOUT_MS };
    const redis = new Redis({ ...redisOptions(url, 'queue'), ...once });
    redis.on('error', (error) => {
      problem = error.message;
    });
    try {
      await redis.connect();
      await redis.ping();
      return { info: await redis.info() };
    } finally {
      await closeRedis(redis);
    }
  } catch (error) {
    // Once the connection is gone this says only that it is; the event said why.
    return { problem: messageOf(error) === 'Connection is closed.' ? problem : messageOf(error) };
  }
}
