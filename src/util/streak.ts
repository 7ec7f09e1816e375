/** How long something has gone on. */
import type { Clock } from './clock.ts';

/** Something that happens again and again counts as one matter until it pauses for longer than `maxPauseMs`. */
export class Streak {
  readonly #clock: Clock;
  readonly #maxPauseMs: number;
  #sinceMs = 0;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, maxPauseMs: number) {
    this.#clock = clock;
    this.#maxPauseMs = maxPauseMs;
  }

  /** It happens now. Milliseconds since it began; 0 at the first time, and at the first after a pause. */
  hit(): number {
    const now = this.#clock.monotonicMs();
    if (now - this.#lastMs > this.#maxPauseMs) this.#sinceMs = now;
    this.#lastMs = now;
    return now - this.#sinceMs;
  }

  /** It is over: the next time is a first one. */
  end(): void {
    this.#lastMs = Number.NEGATIVE_INFINITY;
  }
}
