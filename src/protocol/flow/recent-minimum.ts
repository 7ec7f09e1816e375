/** The smallest value of the last five to ten seconds. */

const BUCKET_MS = 5000;

/** Two buckets of five seconds: what was learnt is forgotten in steps, and nothing has to be kept. */
export class RecentMinimum {
  #current = Number.POSITIVE_INFINITY;
  #previous = Number.POSITIVE_INFINITY;
  #sinceMs: number | undefined;

  /** Takes a value in and returns the smallest. */
  add(value: number, nowMs: number): number {
    this.#sinceMs ??= nowMs;
    if (nowMs - this.#sinceMs > BUCKET_MS) {
      // After a long pause both are from another time.
      this.#previous = nowMs - this.#sinceMs > 2 * BUCKET_MS ? Number.POSITIVE_INFINITY : this.#current;
      this.#current = Number.POSITIVE_INFINITY;
      this.#sinceMs = nowMs;
    }
    this.#current = Math.min(this.#current, value);
    return this.value;
  }

  /** Infinity before the first value. */
  get value(): number {
    return Math.min(this.#current, this.#previous);
  }

  clear(): void {
    this.#current = Number.POSITIVE_INFINITY;
    this.#previous = Number.POSITIVE_INFINITY;
    this.#sinceMs = undefined;
  }
}
