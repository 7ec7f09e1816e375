/** Keeps a mix below full scale without the distortion of clipping. */
import { BLOCK_FRAMES, CHANNELS } from './opus-codec.ts';

/** -1 dBFS: codecs overshoot a little. */
const CEILING = 0.89;
/** 5 ms: it looks so far ahead, and delays by as much. */
const STEP_FRAMES = 240;
const STEP = STEP_FRAMES * CHANNELS;
const STEPS_PER_BLOCK = BLOCK_FRAMES / STEP_FRAMES;
/** 50 ms for which a gain is held: longer than the period of any tone that is heard, whose peaks it would follow otherwise. */
const HOLD_STEPS = 10;
/** Gain that comes back per step, so that a shout is forgotten in about 200 ms. */
const RELEASE = 1 / 40;

/** Frames by which a limiter delays, 5 ms at 48 kHz. */
export const LIMITER_DELAY_FRAMES = STEP_FRAMES;

/**
 * A peak limiter that looks ahead: before a peak comes, the gain has fallen in a straight line to what the peak needs, so
 * nothing is ever cut off. Blocks are 20 ms of interleaved stereo.
 */
export class Limiter {
  /** What has come and not gone yet. */
  readonly #held = new Float32Array(STEP);
  readonly #incoming = new Float32Array(BLOCK_FRAMES * CHANNELS);
  /** The gain that each of the last steps could bear, oldest overwritten. */
  readonly #bearable = new Float64Array(HOLD_STEPS).fill(1);
  #steps = 0;
  /** Gain at the end of what has gone. */
  #gain = 1;

  /** Replaces `block` by what is `LIMITER_DELAY_FRAMES` older, scaled. */
  process(block: Float32Array): void {
    const incoming = this.#incoming;
    incoming.set(block);
    for (let step = 0; step < STEPS_PER_BLOCK; step += 1) {
      const out = step * STEP;
      const peak = peakOf(incoming, out, out + STEP);
      this.#bearable[this.#steps % HOLD_STEPS] = peak > CEILING ? CEILING / peak : 1;
      this.#steps += 1;
      const from = this.#gain;
      const to = Math.min(this.#least(), from + RELEASE);
      this.#gain = to;
      if (step === 0) block.set(this.#held);
      else block.set(incoming.subarray(out - STEP, out), out);
      if (from !== 1 || to !== 1) scale(block, out, from, to);
    }
    this.#held.set(incoming.subarray(incoming.length - STEP));
  }

  /** Goes on as `other` would. */
  copy(other: Limiter): void {
    this.#copyGains(other);
    this.#held.set(other.#held);
  }

  /** Is as loud as `other` would be, and begins with silence instead of what that has not given yet. */
  begin(other: Limiter): void {
    this.#copyGains(other);
    this.#held.fill(0);
  }

  #copyGains(other: Limiter): void {
    this.#bearable.set(other.#bearable);
    this.#steps = other.#steps;
    this.#gain = other.#gain;
  }

  #least(): number {
    let least = 1;
    for (const gain of this.#bearable) least = Math.min(least, gain);
    return least;
  }
}

function peakOf(samples: Float32Array, from: number, to: number): number {
  let [most, least] = [0, 0];
  for (let index = from; index < to; index += 1) {
    const sample = samples[index] as number;
    if (sample > most) most = sample;
    else if (sample < least) least = sample;
  }
  return Math.max(most, -least);
}

/** Scales one step of the block, from one gain to the other in a straight line. */
function scale(block: Float32Array, start: number, from: number, to: number): void {
  const slope = (to - from) / STEP_FRAMES;
  for (let frame = 0; frame < STEP_FRAMES; frame += 1) {
    const gain = from + slope * (frame + 1);
    const at = start + CHANNELS * frame;
    block[at] = (block[at] as number) * gain;
    block[at + 1] = (block[at + 1] as number) * gain;
  }
}
