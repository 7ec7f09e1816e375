/**
 * Lets packets go no sooner than they are due. FFmpeg reads a source at its pace, but gives out in one burst what it held back: at the end,
 * and between two pictures that lie far apart.
 */
import type { Clock, Disposer } from '../../util/clock.ts';

/** How early a packet may go, milliseconds: after a first one that was slow to come all others are early. */
const EARLY_MS = 100;
/** Half a minute of sound and pictures; beyond it the oldest go at once. */
const MAX_WAITING = 2000;

/** In the order in which they were added. */
export class Pace<T> {
  readonly #clock: Clock;
  readonly #send: (item: T) => void;
  readonly #waiting: { readonly item: T; readonly dueMs: number }[] = [];
  #timer: Disposer | undefined;
  #onEmpty: (() => void)[] = [];

  constructor(clock: Clock, send: (item: T) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** @param dueMs by the monotonic clock */
  add(item: T, dueMs: number): void {
    this.#waiting.push({ item, dueMs });
    this.#flush();
  }

  /** Resolves when nothing waits. */
  async empty(): Promise<void> {
    if (this.#waiting.length > 0) await new Promise<void>((resolve) => this.#onEmpty.push(resolve));
  }

  /** What waits is given up. */
  close(): void {
    this.#waiting.length = 0;
    this.#flush();
  }

  #flush(): void {
    this.#timer?.();
    this.#timer = undefined;
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const earlyMs = next.dueMs - EARLY_MS - this.#clock.monotonicMs();
      if (earlyMs > 0 && this.#waiting.length <= MAX_WAITING) {
        this.#timer = this.#clock.after(earlyMs, () => this.#flush());
        return;
      }
      this.#waiting.shift();
      this.#send(next.item);
    }
    for (const resolve of this.#onEmpty.splice(0)) resolve();
  }
}
