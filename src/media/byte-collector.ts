/** Bytes of a known number, from chunks with arbitrary boundaries. */

/** Fills one target after the other; each byte is copied once. */
export class ByteCollector {
  #target: Uint8Array = new Uint8Array(0);
  #filled = 0;

  /** Starts over with `target`, which is complete at once when it is empty. */
  begin(target: Uint8Array): void {
    this.#target = target;
    this.#filled = 0;
  }

  get complete(): boolean {
    return this.#filled === this.#target.length;
  }

  /** The bytes, whole once `complete` is true. */
  get bytes(): Uint8Array {
    return this.#target;
  }

  /** The part that is still empty: whoever fills it from its beginning says so with `advance`. */
  get rest(): Uint8Array {
    return this.#target.subarray(this.#filled);
  }

  /** `count` bytes were written into `rest`. */
  advance(count: number): void {
    this.#filled += count;
  }

  /** Takes what is missing from `chunk` at `from`; returns how many bytes that were. */
  take(chunk: Uint8Array, from: number): number {
    const count = Math.min(this.#target.length - this.#filled, chunk.length - from);
    // A whole chunk needs no view of its own.
    this.#target.set(from === 0 && count === chunk.length ? chunk : chunk.subarray(from, from + count), this.#filled);
    this.#filled += count;
    return count;
  }
}
