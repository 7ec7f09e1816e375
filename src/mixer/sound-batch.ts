/**
 * Gathers the program's sound for its AAC encoder, which would be woken for every 20 ms else: that costs twice as much as the
 * coding itself. Nobody waits longer for it: a batch is complete when the encoder can finish the last unit of a part.
 */
import { BLOCK_FRAMES, CHANNELS } from './opus-codec.ts';

/** 100 ms: what is given at the latest. */
const BATCH_BLOCKS = 5;
/**
 * Samples after the end of a part that the encoder needs to finish the unit it ends in: FFmpeg's gives a unit when it has two
 * more of 1024 samples; and the rest of the unit itself, which is anything from none of it to all but one sample.
 */
const LEAST_AHEAD = 2048;
const MOST_AHEAD = LEAST_AHEAD + 1023;
/** Parts may have a fraction of a sample. */
const ROUNDING = 1e-9;

/** Batches end at the same blocks of every session. */
export class SoundBatch {
  readonly #samples = new Float32Array(BATCH_BLOCKS * BLOCK_FRAMES * CHANNELS);
  readonly #partSamples: number;
  readonly #segmentSamples: number;
  readonly #onBatch: (samples: Float32Array, firstBlock: number) => void;
  #blocks = 0;
  #next = -1;

  /**
   * @param partSamples samples of a part, at least those of two blocks
   * @param segmentSamples samples of a segment, whose last part may be shorter
   * @param onBatch takes interleaved samples that are valid during the call, and the number of their first block.
   */
  constructor(
    partSamples: number,
    segmentSamples: number,
    onBatch: (samples: Float32Array, firstBlock: number) => void,
  ) {
    this.#partSamples = partSamples;
    this.#segmentSamples = segmentSamples;
    this.#onBatch = onBatch;
  }

  /** Takes block number `block`, interleaved. */
  add(samples: Float32Array, block: number): void {
    // Blocks follow each other; where they do not, what came before is whole by itself.
    if (block !== this.#next) this.#flush();
    this.#samples.set(samples, this.#blocks * BLOCK_FRAMES * CHANNELS);
    this.#blocks += 1;
    this.#next = block + 1;
    if (this.#finishesPart(block) || this.#blocks === BATCH_BLOCKS) this.#flush();
  }

  /** Most parts are finished by the first of the two blocks that may; the second is for those whose unit ends late. */
  #finishesPart(block: number): boolean {
    return [LEAST_AHEAD, MOST_AHEAD].some((ahead) => {
      const parts = (blocks: number): number => this.#partsIn(blocks * BLOCK_FRAMES - ahead);
      return parts(block + 1) > parts(block);
    });
  }

  /** Parts that have ended by a sample; those of each segment begin with it. */
  #partsIn(samples: number): number {
    const segment = Math.floor(samples / this.#segmentSamples);
    const partsPerSegment = Math.ceil(this.#segmentSamples / this.#partSamples - ROUNDING);
    return (
      segment * partsPerSegment + Math.floor((samples - segment * this.#segmentSamples) / this.#partSamples + ROUNDING)
    );
  }

  #flush(): void {
    if (this.#blocks === 0) return;
    const samples = this.#samples.subarray(0, this.#blocks * BLOCK_FRAMES * CHANNELS);
    const first = this.#next - this.#blocks;
    this.#blocks = 0;
    this.#onBatch(samples, first);
  }
}
