/** Decides when data written to a file has to be synced to the disk. */
import type { Clock, Disposer } from '../../util/clock.ts';

/** One for each file. After `written` said so, or `onDue` was called, the owner syncs. */
export class SyncSchedule {
  readonly #clock: Clock;
  readonly #fsyncMs: number;
  readonly #onDue: () => void;
  #lastMs: number;
  #cancel: Disposer | undefined;

  /** @param fsyncMs longest time that anything may stay in the page cache only; 0: everything is synced at once. */
  constructor(clock: Clock, fsyncMs: number, onDue: () => void) {
    this.#clock = clock;
    this.#fsyncMs = fsyncMs;
    this.#onDue = onDue;
    this.#lastMs = clock.monotonicMs();
  }

  /** Something was written: whether it is to be synced now. If not, `onDue` is called in time. */
  written(): boolean {
    const waitMs = this.#lastMs + this.#fsyncMs - this.#clock.monotonicMs();
    if (waitMs <= 0) {
      this.#begin();
      return true;
    }
    this.#cancel ??= this.#clock.after(waitMs, () => {
      this.#begin();
      this.#onDue();
    });
    return false;
  }

  /** Calls nobody any more. */
  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #begin(): void {
    this.close();
    this.#lastMs = this.#clock.monotonicMs();
  }
}
