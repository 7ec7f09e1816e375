/** Rate limits. */
import type { Clock } from './clock.ts';
import type { OwnPauses } from './own-pauses.ts';

/** Allows `perSecond` units on average and `burst` at once. */
export class TokenBucket {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #pauses: Pick<OwnPauses, 'recentMs'> | undefined;
  #tokens: number;
  #filledMs: number;

  /** @param pauses of this process, for what comes by itself: a pause keeps what it brings beyond the burst. Default: none. */
  constructor(
    clock: Pick<Clock, 'monotonicMs'>,
    perSecond: number,
    burst: number,
    pauses?: Pick<OwnPauses, 'recentMs'>,
  ) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#pauses = pauses;
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
    const most = this.#burst + ((this.#pauses?.recentMs() ?? 0) / 1000) * this.#perSecond;
    this.#tokens = Math.min(most, this.#tokens + ((now - this.#filledMs) / 1000) * this.#perSecond);
    this.#filledMs = now;
  }
}
