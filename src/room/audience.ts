/** Those who watch one room, as far as they can be told apart. */
import type { Clock } from '../util/clock.ts';
import { KeyedBuckets, type Rate } from '../util/keyed-buckets.ts';
import { TokenBucket } from '../util/token-bucket.ts';

/** A tab that was silent for longer has gone; they say something every 10 s, so that one that gets lost does no harm. */
export const VIEWER_GONE_MS = 25_000;

/** Addresses whose rate is remembered; beyond them the one that was silent the longest begins anew. */
const MAX_ADDRESSES = 5000;

/** Signs of life that are taken, and the most viewers that are told apart: their count stays there when there are more. */
export interface AudienceLimits extends Rate {
  readonly viewers: number;
}

/** For a whole room, and for one network address in it. */
export interface ViewerLimits {
  readonly room: AudienceLimits;
  readonly address: AudienceLimits;
}

/** One for a room. */
export class Audience {
  readonly #clock: Clock;
  readonly #limits: ViewerLimits;
  /** When each was seen last, monotonic milliseconds, and from where; in this order. */
  readonly #seen = new Map<string, { readonly ms: number; readonly address: string }>();
  /** How many of them each address has; more than none. */
  readonly #byAddress = new Map<string, number>();
  readonly #rate: TokenBucket;
  readonly #addressRates: KeyedBuckets;

  constructor(clock: Clock, limits: ViewerLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#rate = new TokenBucket(clock, limits.room.perSecond, limits.room.burst);
    this.#addressRates = new KeyedBuckets(clock, MAX_ADDRESSES);
  }

  /** How many watch now. */
  get size(): number {
    this.#expire();
    return this.#seen.size;
  }

  /** The viewer is there; how many there are now, or undefined when they say so too often. */
  seen(viewerId: string, address: string): number | undefined {
    const { room, address: each } = this.#limits;
    // First: whoever says too much uses up nothing of what others say.
    if (!this.#addressRates.use(address, each).take() || !this.#rate.take()) return undefined;
    this.#expire();
    // Last in the order, also when it is there already.
    this.#forget(viewerId);
    const ofAddress = this.#byAddress.get(address) ?? 0;
    if (this.#seen.size < room.viewers && ofAddress < each.viewers) {
      this.#seen.set(viewerId, { ms: this.#clock.monotonicMs(), address });
      this.#byAddress.set(address, ofAddress + 1);
    }
    return this.#seen.size;
  }

  #expire(): void {
    const before = this.#clock.monotonicMs() - VIEWER_GONE_MS;
    for (const [viewerId, { ms }] of this.#seen) {
      if (ms >= before) return;
      this.#forget(viewerId);
    }
  }

  #forget(viewerId: string): void {
    const address = this.#seen.get(viewerId)?.address;
    if (address === undefined) return;
    this.#seen.delete(viewerId);
    const left = (this.#byAddress.get(address) ?? 0) - 1;
    if (left > 0) this.#byAddress.set(address, left);
    else this.#byAddress.delete(address);
  }
}
