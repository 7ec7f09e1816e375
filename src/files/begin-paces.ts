/** How quickly people begin files. */
import { LimitError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { TokenBucket } from '../util/token-bucket.ts';

/** Files that one person may begin: a second, and at once. */
const BEGIN_PER_SECOND = 1;
const BEGIN_BURST = 20;
const MAX_PACES = 10_000;

/** One for all rooms. */
export class BeginPaces {
  readonly #clock: Clock;
  readonly #most: number;
  /** By room and person, in the order in which they began. */
  readonly #paces = new Map<string, TokenBucket>();

  /** @param most people whose pace is remembered, at least 1; who began longest ago is forgotten. Default 10000. */
  constructor(clock: Clock, most = MAX_PACES) {
    this.#clock = clock;
    this.#most = most;
  }

  /** Counts one. @throws LimitError `too_fast` */
  begin(room: string, owner: string): void {
    const key = `${room} ${owner}`;
    const pace = this.#paces.get(key) ?? new TokenBucket(this.#clock, BEGIN_PER_SECOND, BEGIN_BURST);
    this.#paces.delete(key);
    this.#paces.set(key, pace);
    const [oldest] = this.#paces.keys();
    if (this.#paces.size > this.#most && oldest !== undefined) this.#paces.delete(oldest);
    if (pace.take()) return;
    throw new LimitError('too_fast', 'You begin files faster than anybody can look at them; wait a few seconds.');
  }
}
