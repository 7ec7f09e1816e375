/** Notices a decoder that keeps pictures back: some hardware waits for a whole buffer of them before it gives the first. */

const MOST_HELD = 3;
const PATIENCE_MS = 500;

/** Times are milliseconds of any monotonic clock. */
export class DecoderWatch {
  #held = 0;
  /** Since when it has held more than it may without giving up any of the surplus. */
  #sinceMs: number | undefined;

  /** Pictures in the decoder. */
  get held(): number {
    return this.#held;
  }

  /** A coded frame went in. */
  fed(nowMs: number): void {
    this.#held += 1;
    if (this.#held > MOST_HELD) this.#sinceMs ??= nowMs;
  }

  /** A picture came out. */
  gave(): void {
    this.#held = Math.max(0, this.#held - 1);
    if (this.#held <= MOST_HELD) this.#sinceMs = undefined;
  }

  /** Whether more than 3 pictures have been held for 500 ms. */
  isStuck(nowMs: number): boolean {
    return this.#sinceMs !== undefined && nowMs - this.#sinceMs >= PATIENCE_MS;
  }

  /** Another decoder begins. */
  reset(): void {
    this.#held = 0;
    this.#sinceMs = undefined;
  }
}
