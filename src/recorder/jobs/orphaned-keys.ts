/** Jobs in a private Redis that no queue will ever take: of versions whose queues had no namespace, or of a namespace that was lost. */
import { Redis } from 'ioredis';
import { closeRedis, redisOptions } from './redis-connection.ts';

/** Beginnings of keys that this program has ever used: as now, and the library's own before. Whatever else lies there stays. */
const OURS = ['gridcast-*', 'bull:gridcast-*'] as const;
/** What the form of a namespace is, or was. */
const NAMESPACE = /^(?:gridcast-[0-9a-f]{16}|bull):/;
const KEYS_AT_ONCE = 500;

/**
 * Removes them, so that a file that is read at each start does not hold them for ever. Only for a Redis that is one data folder's alone:
 * what waits there for another server cannot be told from what nobody waits for.
 * @returns how many keys went
 * @throws Error when Redis does not answer
 */
export async function removeOrphanedKeys(url: string, namespace: string): Promise<number> {
  const redis = new Redis({ ...redisOptions(url, 'queue'), lazyConnect: true, retryStrategy: () => null });
  // What went wrong is what the command rejects with.
  redis.on('error', () => {});
  try {
    await redis.connect();
    let removed = 0;
    for (const match of OURS) {
      for await (const keys of redis.scanStream({ match, count: KEYS_AT_ONCE })) {
        const orphaned = (keys as string[]).filter((key) => NAMESPACE.test(key) && !key.startsWith(`${namespace}:`));
        if (orphaned.length > 0) removed += await redis.unlink(...orphaned);
      }
    }
    return removed;
  } finally {
    await closeRedis(redis);
  }
}
