/** The machine's clock with a lever: minutes may pass for those who measure time, while nobody waits for them. */
import { type Clock, type Disposer, systemClock } from '../../../src/util/clock.ts';

/** Timers run in real time; `skip` moves what `monotonicMs` and `wallMs` say. */
export class LiveClock implements Clock {
  #skippedMs = 0;

  monotonicMs(): number {
    return systemClock.monotonicMs() + this.#skippedMs;
  }

  wallMs(): number {
    return systemClock.wallMs() + this.#skippedMs;
  }

  after(ms: number, fn: () => void): Disposer {
    return systemClock.after(ms, fn);
  }

  every(ms: number, fn: () => void): Disposer {
    return systemClock.every(ms, fn);
  }

  skip(ms: number): void {
    this.#skippedMs += ms;
  }
}
