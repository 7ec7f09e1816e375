/** Time as an argument: the only module, beside the configuration, that reads the system's clocks. */

/** Runs once when called; calling it again does nothing. */
export type Disposer = () => void;

/** Two clocks, never one: the monotonic one paces and measures, the wall clock is only shown and stored. */
export interface Clock {
  /**
   * Milliseconds since an arbitrary origin, fractional; never goes back, never jumps. All processes of one machine share
   * the origin, so that the mixer and the server may exchange such times.
   */
  monotonicMs(): number;
  /** Milliseconds since 1970-01-01T00:00Z, fractional; may jump with the machine's clock. */
  wallMs(): number;
  /** Calls `fn` once, no earlier than `ms` milliseconds from now, however long that is, unless disposed before. */
  after(ms: number, fn: () => void): Disposer;
  /** Calls `fn` every `ms` milliseconds until disposed; does not keep the process alive. */
  every(ms: number, fn: () => void): Disposer;
}

// `performance.now` starts at zero in each process; hrtime counts from the machine's start in all of them.
const sinceMachineStart = Number(process.hrtime.bigint()) / 1e6 - performance.now();

/** Longest time of one of Node's timers, milliseconds, 24.8 days: a longer one fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's clocks. */
export const systemClock: Clock = {
  monotonicMs: () => sinceMachineStart + performance.now(),
  wallMs: () => Date.now(),
  after(ms, fn) {
    let timer: NodeJS.Timeout;
    const wait = (leftMs: number): void => {
      const beyondMs = leftMs - LONGEST_TIMER_MS;
      timer = beyondMs > 0 ? setTimeout(() => wait(beyondMs), LONGEST_TIMER_MS) : setTimeout(fn, leftMs);
    };
    wait(ms);
    return () => clearTimeout(timer);
  },
  every(ms, fn) {
    const timer = setInterval(fn, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};

/** Resolves after `ms` milliseconds, or at once when `signal` aborts. Never rejects. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const finish = (): void => {
      cancel();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = clock.after(ms, finish);
    signal?.addEventListener('abort', finish, { once: true });
  });
}
