/** Reused buffers for decoded frames: at 30 frames a second and tile, fresh memory would be the mixer's largest cost. */

/** Buffers of one size. A buffer that is not given back is simply collected with its owner. */
export class FramePool {
  readonly bytes: number;
  readonly #free: Buffer[] = [];
  readonly #maxFree: number;

  constructor(bytes: number, maxFree: number) {
    this.bytes = bytes;
    this.#maxFree = maxFree;
  }

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.bytes);
  }

  give(buffer: Buffer): void {
    if (buffer.byteLength === this.bytes && this.#free.length < this.#maxFree) this.#free.push(buffer);
  }
}
