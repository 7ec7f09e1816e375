/** The timer that browsers and Node have: a program's client has no clock to be given. */

/** Resolves after `ms` milliseconds; rejects with the reason of `signal` when that aborts before. */
export type Pause = (ms: number, signal: AbortSignal | undefined) => Promise<void>;

/** The usual pause, by the timer that browsers and Node have. */
export const timerPause: Pause = (ms, signal) =>
  new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
  });
