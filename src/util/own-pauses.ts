/** How long this process got no time lately: what came meanwhile is read in one go, and was no faster for that. */
import type { Clock, Disposer } from './clock.ts';

/** Milliseconds between two looks at the clock; a look that is late by as much again tells of a pause. */
const LOOK_MS = 100;
/** By then everything that came during a pause has been read, milliseconds. */
const REMEMBERED_MS = 10_000;
/** Longer pauses count as these, milliseconds: whoever waits for an answer has given up. */
const MOST_MS = 30_000;

/** One for a server; looks until it is closed. */
export class OwnPauses {
  readonly #clock: Clock;
  readonly #stop: Disposer;
  #pauses: Array<{ readonly endMs: number; readonly ms: number }> = [];
  #lookedMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lookedMs = clock.monotonicMs();
    this.#stop = clock.every(LOOK_MS, () => this.#look());
  }

  /** Milliseconds of pauses that ended a short time ago. */
  recentMs(): number {
    // What was queued may be read before the timer is called.
    this.#look();
    return Math.min(
      MOST_MS,
      this.#pauses.reduce((sum, { ms }) => sum + ms, 0),
    );
  }

  close(): void {
    this.#stop();
  }

  #look(): void {
    const now = this.#clock.monotonicMs();
    const lateMs = now - this.#lookedMs - LOOK_MS;
    this.#lookedMs = now;
    if (lateMs >= LOOK_MS) this.#pauses.push({ endMs: now, ms: lateMs });
    if (this.#pauses.length > 0) this.#pauses = this.#pauses.filter(({ endMs }) => now - endMs < REMEMBERED_MS);
  }
}
