/**
 * Gathers the program's sound for its AAC encoder, which would be woken for every 20 ms else: that costs twice as much as the
 * coding itself. Nobody waits longer for it: see `BATCH_BLOCKS`.
 */
import { BLOCK_FRAMES, CHANNELS } from './opus-codec.ts';

/**
 * 100 ms, of which a part of half a second has a whole number. The encoder can finish the last unit of a part once it has
 * another 2047 samples (the rest of that unit and one more), and just then, after three blocks, a batch is complete.
 */
const BATCH_BLOCKS = 5;
const LAST_OF_BATCH = 2;

/** Batches end at the same blocks of every session. */
export class SoundBatch {
  readonly #samples = new Float32Array(BATCH_BLOCKS * BLOCK_FRAMES * CHANNELS);
  readonly #onBatch: (samples: Float32Array, firstBlock: number) => void;
  #blocks = 0;
  #next = -1;

  /** @param onBatch takes interleaved samples that are valid during the call, and the number of their first block. */
  constructor(onBatch: (samples: Float32Array, firstBlock: number) => void) {
    this.#onBatch = onBatch;
  }

  /** Takes block number `block`, interleaved. */
  add(samples: Float32Array, block: number): void {
    // Blocks follow each other; where they do not, what came before is whole by itself.
    if (block !== this.#next) this.#flush();
    this.#samples.set(samples, this.#blocks * BLOCK_FRAMES * CHANNELS);
    this.#blocks += 1;
    this.#next = block + 1;
    if (block % BATCH_BLOCKS === LAST_OF_BATCH || this.#blocks === BATCH_BLOCKS) this.#flush();
  }

  #flush(): void {
    if (this.#blocks === 0) return;
    const samples = this.#samples.subarray(0, this.#blocks * BLOCK_FRAMES * CHANNELS);
    const first = this.#next - this.#blocks;
    this.#blocks = 0;
    this.#onBatch(samples, first);
  }
}
