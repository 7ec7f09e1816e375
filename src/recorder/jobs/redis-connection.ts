/** Where Redis is, and how the queue's two sides connect to it. */
import { Redis, type RedisOptions } from 'ioredis';
import { ConfigError } from '../../errors.ts';

/** `queue`: commands fail at once while Redis is away; `worker`: they wait until it is back. */
export type RedisRole = 'queue' | 'worker';

// Left out: its declared type does not meet the constructor's under exactOptionalPropertyTypes, and nobody needs it.
type ConnectionOptions = Omit<RedisOptions, 'replyMapping'>;

const RECONNECT_MAX_MS = 5000;
// A peer that takes the connection and then says nothing must not hold a command for ever.
const COMMAND_TIMEOUT_MS = 10_000;
const GOODBYE_MS = 2000;

/**
 * Options of a connection. `url` is `redis://…`, `rediss://…`, `unix:///path` or the path of a socket.
 * @throws ConfigError when it is none of them.
 */
export function redisOptions(url: string, role: RedisRole): ConnectionOptions {
  return {
    ...parseRedisUrl(url),
    ...(role === 'queue'
      ? { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: COMMAND_TIMEOUT_MS }
      : { maxRetriesPerRequest: null }),
    retryStrategy: (tries) => Math.min(RECONNECT_MAX_MS, 100 * 2 ** Math.min(tries, 10)),
    connectTimeout: COMMAND_TIMEOUT_MS,
  };
}

/** For whoever has the queues of one namespace alone. */
export function keysIn(namespace: string | undefined): { readonly prefix?: string } {
  return namespace === undefined ? {} : { prefix: namespace };
}

/** A connection and its end. */
export interface RedisLink {
  readonly redis: Redis;
  /** As `closeRedis`; copies that others made of the connection try to reconnect no more either. */
  close(): Promise<void>;
}

/** Reconnects until closed; errors go to `onError`. */
export function connectRedis(url: string, role: RedisRole, onError: (error: Error) => void): RedisLink {
  const options = redisOptions(url, role);
  let closing: Promise<void> | undefined;
  // A connection that waits for its next try has no other end than this: `disconnect` then tells nobody.
  const retryStrategy = (tries: number): number | null => (closing ? null : (options.retryStrategy?.(tries) ?? null));
  const redis = new Redis({ ...options, retryStrategy });
  // Without a listener the first refused connection would end the process.
  redis.on('error', onError);
  return {
    redis,
    close() {
      closing ??= closeRedis(redis);
      return closing;
    },
  };
}

/** Ends a connection: politely while it works, at once when it does not, and in two seconds when nobody says goodbye. */
export async function closeRedis(redis: Redis): Promise<void> {
  // Workers' commands have no time of their own, for some of them wait; this one must not.
  redis.options.commandTimeout = GOODBYE_MS;
  if (redis.status === 'ready') await redis.quit().catch(() => {});
  redis.disconnect();
}

function parseRedisUrl(url: string): ConnectionOptions {
  if (url.startsWith('/')) return { path: url };
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol === 'unix:' && parsed.pathname !== '') return { path: decodeURIComponent(parsed.pathname) };
  if (parsed?.protocol === 'redis:' || parsed?.protocol === 'rediss:') return tcpOptions(parsed);
  throw new ConfigError(
    'REDIS_URL is not understood; write redis://HOST:PORT, rediss://HOST:PORT, unix:///PATH or the path of a socket.',
  );
}

function tcpOptions(url: URL): ConnectionOptions {
  const db = Number(url.pathname.slice(1) || 0);
  if (!Number.isInteger(db) || db < 0) {
    throw new ConfigError(
      'REDIS_URL ends with a database that is no number; write for example redis://localhost:6379/0.',
    );
  }
  return {
    host: url.hostname.replace(/^\[|\]$/g, '') || 'localhost',
    port: url.port === '' ? 6379 : Number(url.port),
    db,
    ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
  };
}
