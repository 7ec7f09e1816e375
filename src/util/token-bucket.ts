/** Rate limits. */
import type { Clock } from './clock.ts';

/** Allows `perSecond` units on average and `burst` at once. */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #filledMs: number;

  constructor(clock: Clock, perSecond: number, burst: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#filledMs = clock.monotonicMs();
  }

  /** Whether `units` may pass now; takes them when so. */
  take(units = 1): boolean {
    this.#fill();
    if (units > this.#tokens) return false;
    this.#tokens -= units;
    return true;
  }

  /** Takes units that have passed already, also those that are not there: nothing passes until they are. */
  owe(units: number): void {
    this.#fill();
    this.#tokens -= units;
  }

  /** Milliseconds until `units` may pass if nobody takes any meanwhile; infinite for more than a burst. */
  waitMs(units = 1): number {
    this.#fill();
    if (units > this.#burst) return Number.POSITIVE_INFINITY;
    return (Math.max(0, units - this.#tokens) / this.#perSecond) * 1000;
  }

  #fill(): void {
    const now = this.#clock.monotonicMs();
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#filledMs) / 1000) * this.#perSecond);
    this.#filledMs = now;
  }
}
