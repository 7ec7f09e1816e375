/** Keeps a mix below full scale without the distortion of clipping. */
import { CHANNELS } from './opus-codec.ts';

/** −1 dBFS: codecs overshoot a little. */
const CEILING = 0.89;
/** Gain that comes back per 20 ms block, so that a shout is forgotten in about 200 ms. */
const RELEASE_PER_BLOCK = 0.1;

/** A peak limiter over blocks; the gain falls within a block and rises slowly. */
export class Limiter {
  #gain = 1;

  /** Scales `block` (interleaved stereo) in place. */
  process(block: Float32Array): void {
    let peak = 0;
    for (const sample of block) peak = Math.max(peak, Math.abs(sample));
    const from = this.#gain;
    const allowed = peak > CEILING ? CEILING / peak : 1;
    const to = Math.min(allowed, from + RELEASE_PER_BLOCK);
    this.#gain = to;
    if (from === 1 && to === 1) return;
    const frames = block.length / CHANNELS;
    // Falling gain is reached within the first eighth of the block (2.5 ms), rising gain over all of it.
    const ramp = to < from ? frames / 8 : frames;
    for (let frame = 0; frame < frames; frame += 1) {
      const gain = from + (to - from) * Math.min(1, (frame + 1) / ramp);
      for (let channel = 0; channel < CHANNELS; channel += 1) {
        const at = frame * CHANNELS + channel;
        block[at] = Math.max(-1, Math.min(1, (block[at] as number) * gain));
      }
    }
  }
}
