/** Limits that all people of one room share. */
import { LimitError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { addressKey } from '../util/ip-address.ts';
import { KeyedBuckets } from '../util/keyed-buckets.ts';
import { TokenBucket } from '../util/token-bucket.ts';
import { DecodeBudget } from './decode-budget.ts';
import { roomReactions } from './moderation-line.ts';

/** Each costs everybody in the room two rosters. All may come back at once, with what they try again. */
const ARRIVALS_PER_SECOND = 10;
const ARRIVAL_BURST = 200;
/** Arrivals from one address, behind which many may be: half of all, so that nobody who comes without end keeps all others out. */
const PER_ADDRESS = { perSecond: ARRIVALS_PER_SECOND / 2, burst: ARRIVAL_BURST / 2 } as const;
const MAX_ADDRESSES = 1000;

/** One for a room. */
export class SharedLimits {
  readonly budget: DecodeBudget;
  readonly reactions: TokenBucket;
  readonly #arrivals: TokenBucket;
  readonly #addresses: KeyedBuckets;

  /** @param maxMegapixels million pixels a second of all pictures together */
  constructor(clock: Clock, maxMegapixels: number) {
    this.budget = new DecodeBudget(maxMegapixels);
    this.reactions = roomReactions(clock);
    this.#arrivals = new TokenBucket(clock, ARRIVALS_PER_SECOND, ARRIVAL_BURST);
    this.#addresses = new KeyedBuckets(clock, MAX_ADDRESSES);
  }

  /** Counts somebody who comes, or comes back, with a token that holds: nobody else keeps people out. @throws LimitError `rate_limited`. */
  arrive(address: string): void {
    if (this.#addresses.use(addressKey(address), PER_ADDRESS).take() && this.#arrivals.take()) return;
    throw new LimitError(
      'rate_limited',
      'Too many people are joining this room at once; try again in a few seconds.',
      503,
    );
  }
}
