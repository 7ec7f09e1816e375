/** Decoded sound by capture time: written as it arrives, read at the playhead. */
import { CHANNELS, SAMPLE_RATE } from './opus-codec.ts';

// One second: the largest delay (200 ms), a burst, and room.
const RING_FRAMES = SAMPLE_RATE;
// Timestamps of capture devices wander; within 10 ms packets are taken as following each other.
const CONTINUOUS_FRAMES = SAMPLE_RATE / 100;

/** Positions count frames (samples per channel) since the sender's clock began. */
export class AudioRing {
  readonly #samples = new Float32Array(RING_FRAMES * CHANNELS);
  #end = 0;
  #start = 0;

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
    if (this.#end === 0 || Math.abs(position - this.#end) > RING_FRAMES) {
      this.#start = position;
      this.#end = position;
    }
    const gap = position - this.#end;
    let skip = 0;
    if (gap > CONTINUOUS_FRAMES) this.#silence(gap);
    else if (gap < -CONTINUOUS_FRAMES) skip = Math.min(frames, -gap);
    for (let frame = skip; frame < frames; frame += 1) {
      const at = (this.#end % RING_FRAMES) * CHANNELS;
      this.#samples[at] = samples[frame * CHANNELS] as number;
      this.#samples[at + 1] = samples[frame * CHANNELS + 1] as number;
      this.#end += 1;
    }
  }

  /** One sample between two positions, linearly; zero outside of what is held. */
  sampleAt(position: number, channel: number): number {
    const whole = Math.floor(position);
    if (whole < this.start || whole + 1 >= this.#end) return 0;
    const fraction = position - whole;
    const first = this.#samples[(whole % RING_FRAMES) * CHANNELS + channel] as number;
    const second = this.#samples[((whole + 1) % RING_FRAMES) * CHANNELS + channel] as number;
    return first + (second - first) * fraction;
  }

  #silence(frames: number): void {
    for (let frame = 0; frame < frames; frame += 1) {
      const at = (this.#end % RING_FRAMES) * CHANNELS;
      this.#samples[at] = 0;
      this.#samples[at + 1] = 0;
      this.#end += 1;
    }
  }
}
