/** Cuts the endless flow of 128-sample quanta into frames of the codec's size. */

/** One full frame. */
export interface FramedAudio {
  /** All samples of the first channel, then all of the next. */
  readonly samples: Float32Array<ArrayBuffer>;
  /** Position of its first sample in the device's count. */
  readonly firstSample: number;
  /** Mean level, -dBov: 0 (loudest) to 127 (RFC 6464). */
  readonly level: number;
}

/** 128 does not divide 960: what is left over begins the next frame, and a gap in the count begins anew. */
export class Framer {
  readonly #size: number;
  readonly #channels: number;
  #frame: Float32Array<ArrayBuffer>;
  #filled = 0;
  #firstSample = 0;

  /** @param size samples of a frame, in each channel. */
  constructor(size: number, channels: number) {
    this.#size = size;
    this.#channels = channels;
    this.#frame = new Float32Array(size * channels);
  }

  /** Adds samples that begin at `position`, one array for each channel, and gives every frame they fill. */
  push(channels: readonly Float32Array[], position: number): FramedAudio[] {
    if (position !== this.#firstSample + this.#filled) {
      this.#filled = 0;
      this.#firstSample = position;
    }
    const full: FramedAudio[] = [];
    const length = channels[0]?.length ?? 0;
    for (let read = 0; read < length; ) {
      const count = Math.min(length - read, this.#size - this.#filled);
      for (let channel = 0; channel < this.#channels; channel += 1) {
        // A sound of fewer channels is the same in all of them.
        const samples = channels[Math.min(channel, channels.length - 1)];
        if (samples) this.#frame.set(samples.subarray(read, read + count), channel * this.#size + this.#filled);
      }
      this.#filled += count;
      read += count;
      if (this.#filled === this.#size) full.push(this.#cut());
    }
    return full;
  }

  #cut(): FramedAudio {
    const cut = { samples: this.#frame, firstSample: this.#firstSample, level: levelOf(this.#frame) };
    this.#frame = new Float32Array(this.#size * this.#channels);
    this.#firstSample += this.#size;
    this.#filled = 0;
    return cut;
  }
}

/** Root mean square of samples in -1…1 as -dBov, 0 to 127. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  if (sum === 0 || samples.length === 0) return 127;
  return Math.max(0, Math.min(127, Math.round(-10 * Math.log10(sum / samples.length))));
}
