/** Rate limits by whom they concern. */
import type { Clock } from './clock.ts';
import { TokenBucket } from './token-bucket.ts';

/** Units a second on average, and at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Remembers so many keys; beyond them the one that was used longest ago begins anew. */
export class KeyedBuckets {
  readonly #clock: Clock;
  readonly #most: number;
  /** In the order of their last use. */
  readonly #buckets = new Map<string, TokenBucket>();

  /** @param most keys that are remembered, at least 1. */
  constructor(clock: Clock, most: number) {
    this.#clock = clock;
    this.#most = most;
  }

  /** The bucket of a key, which counts as used; made with this rate when there is none. */
  use(key: string, { perSecond, burst }: Rate): TokenBucket {
    const bucket = this.#buckets.get(key) ?? new TokenBucket(this.#clock, perSecond, burst);
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > this.#most && oldest !== undefined) this.#buckets.delete(oldest);
    return bucket;
  }

  /** The bucket of a key, if it is remembered. */
  find(key: string): TokenBucket | undefined {
    return this.#buckets.get(key);
  }
}
