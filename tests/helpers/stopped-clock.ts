/** Time as a process sees it that now and then gets none. */
import { type Clock, type Disposer, systemClock } from '../../src/util/clock.ts';

/** Only moves when told to. Timers that fell due meanwhile fire at its end, those that they add do not. `every` and the wall clock are real. */
export class StoppedClock implements Clock {
  #nowMs = 0;
  #timers: Array<{ readonly dueMs: number; readonly fn: () => void }> = [];

  readonly wallMs = systemClock.wallMs;
  readonly every = systemClock.every;

  /** Timers that wait. */
  get pending(): number {
    return this.#timers.length;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  after(ms: number, fn: () => void): Disposer {
    const timer = { dueMs: this.#nowMs + ms, fn };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  standStill(ms: number): void {
    this.#nowMs += ms;
    const due = this.#timers.filter(({ dueMs }) => dueMs <= this.#nowMs);
    this.#timers = this.#timers.filter((timer) => !due.includes(timer));
    for (const { fn } of due) fn();
  }
}
