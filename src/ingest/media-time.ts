/** Rates of what a sender sends, measured so that a line or a server that stood still makes no flood of an honest sender. */
import type { Clock } from '../util/clock.ts';
import { TokenBucket } from '../util/token-bucket.ts';
import { MAX_LATE_US } from './capture-time.ts';

/**
 * The time up to which a sender's media have come: it goes on with their capture times, never beyond the time of their arrival, and
 * never further behind it than media may be late. So capture times can be claimed, but no time be gained by them.
 */
export class MediaTime implements Pick<Clock, 'monotonicMs'> {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  #nowMs: number;
  #newestUs: number | undefined;

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
    this.#nowMs = clock.monotonicMs();
  }

  /** Milliseconds on the clock of arrivals. */
  monotonicMs(): number {
    return this.#nowMs;
  }

  /** Something with this capture time arrives now. */
  came(captureUs: number): void {
    const arrivalMs = this.#clock.monotonicMs();
    // The first one tells nothing of the way.
    const stepMs = this.#newestUs === undefined ? arrivalMs - this.#nowMs : (captureUs - this.#newestUs) / 1000;
    this.#newestUs = captureUs;
    const reachedMs = this.#nowMs + Math.max(0, stepMs);
    this.#nowMs = Math.min(arrivalMs, Math.max(reachedMs, arrivalMs - MAX_LATE_US / 1000));
  }
}

/**
 * Lets pass what comes at a rate, and what was captured at it, so many units at once: whatever has been held up for up to ten seconds
 * passes in one go, and never more than this rate since the beginning.
 */
export class MediaPace {
  readonly #arrived: TokenBucket;
  readonly #captured: TokenBucket;

  constructor(clock: Pick<Clock, 'monotonicMs'>, media: MediaTime, perSecond: number, burst: number) {
    this.#arrived = new TokenBucket(clock, perSecond, burst);
    this.#captured = new TokenBucket(media, perSecond, burst);
  }

  /** Whether `units` may pass now; takes them when so. */
  take(units = 1): boolean {
    if (!this.#arrived.take(units)) return this.#captured.take(units);
    // Or as much would pass once more by capture times that go on later.
    this.#captured.owe(units);
    return true;
  }
}
