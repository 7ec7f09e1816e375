/** A clock for tests in which patience is to play no part: whatever the product gives up after a time, it gives up much later. */
import { type Clock, systemClock } from '../../src/util/clock.ts';

/** By it the machine's time passes so many times as slowly; the time of day is the machine's. */
export function slowClock(times: number): Clock {
  return {
    monotonicMs: () => systemClock.monotonicMs() / times,
    wallMs: () => systemClock.wallMs(),
    after: (ms, fn) => systemClock.after(ms * times, fn),
    every: (ms, fn) => systemClock.every(ms * times, fn),
  };
}
