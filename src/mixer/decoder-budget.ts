/** Limits how often a track may have another decoder: pure. Times are the mixer's, milliseconds. */
import { type RetryPolicy, retryDelay } from '../util/retry.ts';

/** Least time between two starts: changing codecs or layouts without end must not keep the machine busy. */
const MIN_START_MS = 500;
/**
 * So many changes of size within so long get a decoder of their own; after them the old pictures are stretched for a while.
 * Somebody who comes and goes changes the tiles of everybody, and each change costs a process.
 */
const RESIZES = { count: 5, withinMs: 10_000 };

/** One for each track. */
export class DecoderBudget {
  readonly #restart: RetryPolicy;
  #startedMs = Number.NEGATIVE_INFINITY;
  /** When decoders were started for another size, oldest first. */
  readonly #resizedMs: number[] = [];
  #failures = 0;

  /** @param restart how often, and how soon, one that failed is followed by another */
  constructor(restart: RetryPolicy) {
    this.#restart = restart;
  }

  /** Failures in a row. */
  get failures(): number {
    return this.#failures;
  }

  started(nowMs: number): void {
    this.#startedMs = nowMs;
  }

  /** The one that was started is for another size. */
  resized(nowMs: number): void {
    this.#resizedMs.push(nowMs);
    if (this.#resizedMs.length > RESIZES.count) this.#resizedMs.shift();
  }

  /** Milliseconds until one may be started; not positive: now. */
  waitMs(nowMs: number): number {
    return this.#startedMs + MIN_START_MS - nowMs;
  }

  /** The same for one of another size. */
  resizeWaitMs(nowMs: number): number {
    const { count, withinMs } = RESIZES;
    const waitMs = this.#resizedMs.length < count ? 0 : (this.#resizedMs[0] ?? 0) + withinMs - nowMs;
    return Math.max(waitMs, this.waitMs(nowMs));
  }

  /** The one that was started last has failed: milliseconds until the next, undefined when there must be none. */
  failed(nowMs: number): number | undefined {
    if (nowMs - this.#startedMs > this.#restart.forgetAfterMs) this.#failures = 0;
    this.#failures += 1;
    return retryDelay(this.#restart, this.#failures);
  }
}
