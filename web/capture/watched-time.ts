/** Time as it passes for whoever looks again and again. */

/** A page or a machine that stood still between two looks has seen nothing of what happened, so no more than a little of it counts. */
export class WatchedTime {
  readonly #mostGapMs: number;
  #lastMs: number | undefined;

  /** @param mostGapMs what counts at most between two looks, milliseconds: a little more than they are apart. */
  constructor(mostGapMs: number) {
    this.#mostGapMs = mostGapMs;
  }

  /** Milliseconds that count since the look before; 0 the first time, and after `away`. */
  look(nowMs: number): number {
    const passed = nowMs - (this.#lastMs ?? nowMs);
    this.#lastMs = nowMs;
    return Math.min(this.#mostGapMs, passed);
  }

  /** Nobody looks until the next `look`. */
  away(): void {
    this.#lastMs = undefined;
  }
}
