/** The body of one element that comes in pieces. */

const FIRST_BYTES = 4096;

/**
 * Holds at most twice what has come, whatever the element's head promised and however small the pieces are: kept one by one, pieces
 * of a byte would cost hundreds of bytes each.
 */
export class ElementBody {
  readonly id: number;
  readonly #size: number;
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** @param size bytes of the whole body. */
  constructor(id: number, size: number) {
    this.id = id;
    this.#size = size;
    this.#bytes = new Uint8Array(Math.min(size, FIRST_BYTES));
  }

  /** Bytes still to come. */
  get missing(): number {
    return this.#size - this.#length;
  }

  /** What has come so far; a view. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Copies `piece`, which is at most as long as what is missing. */
  append(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.min(this.#size, Math.max(length, this.#bytes.length * 2)));
      larger.set(this.bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(piece, this.#length);
    this.#length = length;
  }
}
