/** How often a secret may be guessed. */
import { LimitError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { KeyedBuckets, type Rate } from '../util/keyed-buckets.ts';

const PER_MINUTE = 5;
const MAX_KEYS = 10_000;

/** Options of `AttemptLimits`. */
export interface AttemptLimitsOptions {
  readonly clock: Clock;
  /** Attempts that each key has a minute, all of which may come at once; default 5. */
  readonly perMinute?: number;
  /** Keys that are remembered, at least 1; the one that was used longest ago is forgotten first. Default 10000. */
  readonly maxKeys?: number;
}

/** Counts attempts by whatever names who tries and what is tried, such as an address and an account. */
export class AttemptLimits {
  readonly #rate: Rate;
  readonly #buckets: KeyedBuckets;

  constructor({ clock, perMinute = PER_MINUTE, maxKeys = MAX_KEYS }: AttemptLimitsOptions) {
    this.#rate = { perSecond: perMinute / 60, burst: perMinute };
    this.#buckets = new KeyedBuckets(clock, maxKeys);
  }

  /**
   * Counts one attempt for each of `keys`, before the secret is looked at. Who tries comes before what is tried: whoever has none left
   * uses up none of an account that somebody else may want to sign in to, and no key that is made up pushes another out.
   * @throws LimitError `too_many_attempts` at the first that has none left, with the seconds until it has one again
   */
  take(...keys: readonly string[]): void {
    for (const key of keys) {
      const bucket = this.#buckets.use(key, this.#rate);
      if (!bucket.take()) this.#refuse(bucket.waitMs());
    }
  }

  /** Gives one attempt back for each of `keys`, once the secret was right: whoever knows it is not guessing. */
  giveBack(...keys: readonly string[]): void {
    for (const key of keys) this.#buckets.find(key)?.take(-1);
  }

  #refuse(waitMs: number): never {
    const waitS = Math.ceil(waitMs / 1000);
    const wait = waitS === 1 ? 'a second' : `${waitS} seconds`;
    throw new LimitError('too_many_attempts', `That was tried too often; wait ${wait}, then try again.`, 429, waitS);
  }
}
