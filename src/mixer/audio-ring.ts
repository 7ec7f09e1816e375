/** Decoded sound by capture time: written as it arrives, read at the playhead. */
import { CHANNELS, SAMPLE_RATE } from './opus-codec.ts';

// One second: the largest delay (200 ms), a burst, and room.
const RING_FRAMES = SAMPLE_RATE;
// Timestamps of capture devices wander; within 10 ms packets are taken as following each other.
const CONTINUOUS_FRAMES = SAMPLE_RATE / 100;
/** 5 ms: where the sound breaks off or begins, it is faded over so long. */
const FADE_FRAMES = SAMPLE_RATE / 200;

/** Positions count frames (samples per channel) since the sender's clock began; they may be negative. */
export class AudioRing {
  readonly #samples = new Float32Array(RING_FRAMES * CHANNELS);
  #end = 0;
  #start = 0;

  /** Whether nothing has been written yet. */
  get empty(): boolean {
    return this.#end === this.#start;
  }

  /** First position that is not written yet. */
  get end(): number {
    return this.#end;
  }

  /** Oldest position that is still held. */
  get start(): number {
    return Math.max(this.#start, this.#end - RING_FRAMES);
  }

  /** Writes interleaved samples captured at `position`; gaps become silence, the past is not rewritten. */
  write(position: number, samples: Float32Array): void {
    const frames = samples.length / CHANNELS;
    if (this.empty || Math.abs(position - this.#end) > RING_FRAMES) {
      this.#start = position;
      this.#end = position;
      this.#append(samples, 0, true);
      return;
    }
    const gap = position - this.#end;
    if (gap > CONTINUOUS_FRAMES) {
      this.#append(new Float32Array(gap * CHANNELS), 0, true);
      this.#append(samples, 0, true);
    } else if (gap >= -CONTINUOUS_FRAMES) {
      this.#append(samples, 0, false);
    } else if (-gap < frames) {
      this.#append(samples, -gap, true);
    }
  }

  /**
   * Fills `frames` frames of `block` (interleaved) from `position` on, `ratio` positions apart, interpolated linearly;
   * zero outside of what is held. At most a quarter of a second at once.
   */
  read(position: number, ratio: number, block: Float32Array, frames: number): void {
    // Positions are large numbers, whose remainders are slow: one of them a block, and small numbers from there.
    const whole = Math.floor(position);
    const first = this.start - whole;
    const last = this.#end - 1 - whole;
    const origin = indexOf(whole);
    for (let frame = 0; frame < frames; frame += 1) {
      const at = position - whole + frame * ratio;
      const before = Math.floor(at);
      const held = before >= first && before < last;
      const from = wrap(origin + before) * CHANNELS;
      const to = wrap(origin + before + 1) * CHANNELS;
      for (let channel = 0; channel < CHANNELS; channel += 1) {
        const one = this.#samples[from + channel] as number;
        const other = this.#samples[to + channel] as number;
        block[frame * CHANNELS + channel] = held ? one + (other - one) * (at - before) : 0;
      }
    }
  }

  /**
   * Appends from frame `skip` on. `breaks`: these samples do not continue the last ones, so the level at which those ended
   * runs out while these come in; what is written already stays, because it may have been heard.
   */
  #append(samples: Float32Array, skip: number, breaks: boolean): void {
    const frames = samples.length / CHANNELS - skip;
    const origin = indexOf(this.#end);
    for (let channel = 0; channel < CHANNELS; channel += 1) {
      const last = this.empty ? 0 : (this.#samples[indexOf(this.#end - 1) * CHANNELS + channel] as number);
      for (let frame = 0; frame < frames; frame += 1) {
        const gain = breaks ? Math.min(1, (frame + 1) / FADE_FRAMES) : 1;
        const sample = samples[(skip + frame) * CHANNELS + channel] as number;
        this.#samples[wrap(origin + frame) * CHANNELS + channel] = gain * sample + (1 - gain) * last;
      }
    }
    this.#end += frames;
  }
}

/** Where in the ring a position is; `%` alone would be negative for negative positions. */
function indexOf(position: number): number {
  return ((position % RING_FRAMES) + RING_FRAMES) % RING_FRAMES;
}

/** The same for what is less than twice the ring. */
function wrap(index: number): number {
  return index < RING_FRAMES ? index : index - RING_FRAMES;
}
