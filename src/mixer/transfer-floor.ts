/** The shortest transfer of late: `arrival - capture`, which may be off by a constant, of what has come in the last five to ten seconds. */

const BUCKET_MS = 5000;

/** All in milliseconds. */
export class TransferFloor {
  /** The smallest of the running and of the previous bucket. */
  #current = Number.POSITIVE_INFINITY;
  #previous = Number.POSITIVE_INFINITY;
  #bucketStart = Number.NEGATIVE_INFINITY;

  /** Infinite before the first. */
  get ms(): number {
    return Math.min(this.#current, this.#previous);
  }

  add(offset: number, nowMs: number): void {
    if (nowMs - this.#bucketStart >= BUCKET_MS) {
      // After a pause the last bucket describes a network, and a drift of clocks, that are long gone.
      this.#previous = nowMs - this.#bucketStart < 2 * BUCKET_MS ? this.#current : Number.POSITIVE_INFINITY;
      this.#current = offset;
      this.#bucketStart = nowMs;
    } else if (offset < this.#current) {
      this.#current = offset;
    }
  }

  /** Whether nothing has come for as long as anything is remembered. */
  isOld(nowMs: number): boolean {
    return nowMs - this.#bucketStart >= 2 * BUCKET_MS;
  }

  /** Forgets everything, and begins with this if it is given. */
  reset(offset?: number, nowMs?: number): void {
    this.#current = offset ?? Number.POSITIVE_INFINITY;
    this.#previous = Number.POSITIVE_INFINITY;
    this.#bucketStart = nowMs ?? Number.NEGATIVE_INFINITY;
  }
}
