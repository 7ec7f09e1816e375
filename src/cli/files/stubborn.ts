/** Tries again what a lost line broke off, for as long as there is hope. */
import { type Clock, sleep } from '../../util/clock.ts';
import { retryDelay } from '../../util/retry.ts';
import { isPassing } from './file-api.ts';

/** Half a minute of patience at the end of each pause; ten minutes in all without a single byte. */
const POLICY = { firstMs: 250, maxMs: 15_000, attempts: 45, forgetAfterMs: 0 };
/** A request that moves nothing for so long is dead, milliseconds. */
export const STALL_MS = 30_000;

/** Options of a try. */
export interface StubbornOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Something that changes while anything moves. */
  readonly moved: () => number;
  /** Bytes that have arrived: who gets on never gives up. */
  readonly arrived: () => number;
  /** Told before each pause. */
  readonly onPause: (error: unknown) => void;
}

/**
 * Runs `work` until it succeeds. Each run gets a signal that aborts when nothing moves any more.
 * @throws whatever it threw last, when that cannot pass or nothing has moved for too long
 */
export async function stubbornly<T>(work: (signal: AbortSignal) => Promise<T>, options: StubbornOptions): Promise<T> {
  const { clock, signal, moved, arrived, onPause } = options;
  let failures = 0;
  let furthest = arrived();
  for (;;) {
    const stall = new AbortController();
    let seen = Number.NaN;
    const stopLooking = clock.every(STALL_MS, () => {
      if (moved() === seen) stall.abort();
      seen = moved();
    });
    try {
      return await work(AbortSignal.any([signal, stall.signal]));
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error;
      if (arrived() > furthest) failures = 0;
      furthest = Math.max(furthest, arrived());
      failures += 1;
      const delay = retryDelay(POLICY, failures);
      if (delay === undefined) throw error;
      onPause(error);
      await sleep(clock, delay, signal);
      if (signal.aborted) throw error;
    } finally {
      stopLooking();
    }
  }
}
