/** A clock that only moves when told to. */
import type { Clock, Disposer } from '../../src/util/clock.ts';

interface Timer {
  dueMs: number;
  readonly everyMs: number | undefined;
  readonly fn: () => void;
}

/** Starts at monotonic 0 and wall time `wallStartMs`; `advance` runs what falls due, in order of time. */
export class FakeClock implements Clock {
  readonly #timers = new Set<Timer>();
  #nowMs = 0;
  #wallOffsetMs: number;

  constructor(wallStartMs = Date.UTC(2026, 0, 1)) {
    this.#wallOffsetMs = wallStartMs;
  }

  /** Timers that still wait; 0 means that everything was disposed of. */
  get pending(): number {
    return this.#timers.size;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return this.#nowMs + this.#wallOffsetMs;
  }

  after(ms: number, fn: () => void): Disposer {
    return this.#add({ dueMs: this.#nowMs + ms, everyMs: undefined, fn });
  }

  every(ms: number, fn: () => void): Disposer {
    return this.#add({ dueMs: this.#nowMs + ms, everyMs: ms, fn });
  }

  /** Moves on by `ms` milliseconds, running due timers at their own time; those they add run too when they fall due. */
  advance(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (let timer = this.#next(endMs); timer; timer = this.#next(endMs)) {
      this.#nowMs = Math.max(this.#nowMs, timer.dueMs);
      if (timer.everyMs === undefined) this.#timers.delete(timer);
      else timer.dueMs += timer.everyMs;
      timer.fn();
    }
    this.#nowMs = endMs;
  }

  /** Moves on like a process that gets no time: what has fallen due runs at its end, once. */
  standStill(ms: number): void {
    this.#nowMs += ms;
    for (const timer of [...this.#timers].filter(({ dueMs }) => dueMs <= this.#nowMs)) {
      if (timer.everyMs === undefined) this.#timers.delete(timer);
      else timer.dueMs = this.#nowMs + timer.everyMs;
      timer.fn();
    }
  }

  /** The same as `advance`, in steps of `stepMs`, letting promises settle after each. */
  async run(ms: number, stepMs = ms): Promise<void> {
    for (let left = ms; left > 0; left -= stepMs) {
      this.advance(Math.min(stepMs, left));
      await settle();
    }
  }

  /** The machine's wall clock is set to another time; monotonic time does not notice. */
  jumpWall(ms: number): void {
    this.#wallOffsetMs += ms;
  }

  #add(timer: Timer): Disposer {
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  #next(endMs: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueMs <= endMs && (next === undefined || timer.dueMs < next.dueMs)) next = timer;
    }
    return next;
  }
}

/** Lets every promise that can settle now do so. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
