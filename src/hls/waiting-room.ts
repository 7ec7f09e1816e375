/** Requests that wait for media: limited in number, each until it is served, times out, is aborted, or the session ends. */
import type { Clock } from '../util/clock.ts';

/** `there`: what was waited for has come, or nothing more will; `late`: not in time; `gone`: nobody wants it any more; `full`: too many wait. */
export type WaitResult = 'there' | 'late' | 'gone' | 'full';

interface Waiter {
  readonly isThere: () => boolean;
  readonly settle: (result: WaitResult) => void;
}

/** One for a stream; `look` after each change, `close` when there will be no more. */
export class WaitingRoom {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #waiters = new Set<Waiter>();
  #closed = false;

  /** @param most that may wait at the same time */
  constructor(clock: Clock, most: number) {
    this.#clock = clock;
    this.#most = most;
  }

  get waiting(): number {
    return this.#waiters.size;
  }

  /** Resolves as soon as `isThere` holds at a look, at the latest after `patienceMs`, and when `signal` aborts. Never rejects. */
  wait(isThere: () => boolean, patienceMs: number, signal?: AbortSignal): Promise<WaitResult> {
    if (signal?.aborted) return Promise.resolve('gone');
    if (this.#closed || isThere()) return Promise.resolve('there');
    if (this.#waiters.size >= this.#most) return Promise.resolve('full');
    return new Promise((resolve) => {
      const settle = (result: WaitResult): void => {
        this.#waiters.delete(waiter);
        stopTimer();
        signal?.removeEventListener('abort', leave);
        resolve(result);
      };
      const leave = (): void => settle('gone');
      const stopTimer = this.#clock.after(patienceMs, () => settle('late'));
      const waiter: Waiter = { isThere, settle };
      this.#waiters.add(waiter);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  /** Something changed. */
  look(): void {
    for (const waiter of [...this.#waiters]) if (waiter.isThere()) waiter.settle('there');
  }

  /** Nothing more will come: everybody gets what there is. */
  close(): void {
    this.#closed = true;
    for (const waiter of [...this.#waiters]) waiter.settle('there');
  }
}
