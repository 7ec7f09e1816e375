/** Brings one side in line with another: looks when it is told to, and again and again while anything is awaited. */
import type { Clock, Disposer } from './clock.ts';

/** Options of a loop. */
export interface ReconcileLoopOptions {
  readonly clock: Clock;
  /** Milliseconds from one look to the next while anything is awaited, and after one that failed. */
  readonly intervalMs: number;
  /**
   * One look; true when something is left to wait for, or the milliseconds until it is worth another look. It should end soon
   * once the loop is `closed`.
   */
  readonly look: () => Promise<boolean | number>;
  /** A look failed; the next one comes after the interval. */
  readonly onError: (error: unknown) => void;
}

/** One look at a time; what happens during a look leads to another. */
export class ReconcileLoop {
  readonly #options: ReconcileLoopOptions;
  #running: Promise<void> | undefined;
  #again = false;
  #timer: Disposer | undefined;
  #closed = false;

  constructor(options: ReconcileLoopOptions) {
    this.#options = options;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Looks, soon. */
  kick(): void {
    if (this.#closed) return;
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      // Asked again between the last look and here.
      if (this.#again) this.kick();
    });
  }

  /** No more looks; resolves when the last one is over. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#timer?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, intervalMs, look, onError } = this.#options;
    while (this.#again && !this.#closed) {
      this.#again = false;
      this.#timer?.();
      this.#timer = undefined;
      const waiting = await look().catch((error: unknown) => {
        onError(error);
        return true;
      });
      if (waiting === false || this.#closed) continue;
      this.#timer = clock.after(waiting === true ? intervalMs : waiting, () => this.kick());
    }
  }
}
