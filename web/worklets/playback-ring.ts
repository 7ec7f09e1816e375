/** Decoded sound between its arrival in bursts and the sound card's steady pull. */

/** Lengths in milliseconds. */
export interface PlaybackRingOptions {
  readonly sampleRate: number;
  readonly channels: number;
  /** Kept in stock, so that late packets are not heard. */
  readonly targetMs: number;
  /** More than this is delay without use: it is skipped down to the target. */
  readonly mostMs: number;
}

const CAPACITY_MS = 1000;
// The sound card's clock differs from the server's by up to some hundred ppm: one percent takes that up, and nobody hears it.
const TRIM = 0.01;
// After a burst it is better to hear a faster voice for two seconds than an old one for ten.
const CATCH_UP = 0.05;
const FAR_MS = 100;
const HIGH_MS = 40;
const LOW_MS = 30;
const GAP_US = 5000;
const FADE_SAMPLES = 240;

/** Timestamps are microseconds of program time; `pull` is called on the audio thread and never allocates. */
export class PlaybackRing {
  readonly #options: PlaybackRingOptions;
  readonly #buffers: Float32Array[];
  readonly #capacity: number;
  #written = 0;
  #read = 0;
  #endUs: number | undefined;
  #playing = false;
  #ratio = 1;
  #fade = 0;
  #underruns = 0;
  #skips = 0;

  constructor(options: PlaybackRingOptions) {
    this.#options = options;
    this.#capacity = Math.ceil((options.sampleRate * CAPACITY_MS) / 1000);
    this.#buffers = Array.from({ length: options.channels }, () => new Float32Array(this.#capacity));
  }

  /** Sound in stock, milliseconds. */
  get levelMs(): number {
    return this.#milliseconds(this.#written - this.#read);
  }

  /** Whether sound comes out; false before the first and while the stock builds up again. */
  get playing(): boolean {
    return this.#playing;
  }

  /** Program time of the next sample to come out, undefined before the first. */
  get playheadUs(): number | undefined {
    return this.#endUs === undefined ? undefined : this.#endUs - this.levelMs * 1000;
  }

  /** Times the stock ran dry. */
  get underruns(): number {
    return this.#underruns;
  }

  /** Times the stock was too long and was shortened. */
  get skips(): number {
    return this.#skips;
  }

  /** Adds sound that begins at `startUs`; one array for each channel, the last is repeated for missing ones. */
  push(startUs: number, channels: readonly Float32Array[]): void {
    const length = channels[0]?.length ?? 0;
    if (length === 0) return;
    const gapUs = this.#endUs === undefined ? 0 : startUs - this.#endUs;
    if (gapUs < -GAP_US || gapUs > this.#options.mostMs * 1000) this.#restart();
    else if (gapUs > GAP_US) this.#append(Math.round((gapUs * this.#options.sampleRate) / 1e6), undefined);
    this.#append(length, channels);
    this.#endUs = startUs + (length * 1e6) / this.#options.sampleRate;
    if (this.levelMs > this.#options.mostMs) {
      this.#read = this.#written - this.#samples(this.#options.targetMs);
      this.#fade = 0;
      this.#skips += 1;
    }
    if (this.levelMs >= this.#options.targetMs) this.#playing = true;
  }

  /** Fills one quantum; what is not there is silence. */
  pull(outputs: readonly Float32Array[]): void {
    const length = outputs[0]?.length ?? 0;
    if (this.#playing && this.#written - this.#read < length * (1 + CATCH_UP) + 2) {
      this.#playing = false;
      this.#fade = 0;
      this.#underruns += 1;
    }
    if (!this.#playing) {
      for (const output of outputs) output.fill(0);
      return;
    }
    this.#trim();
    for (const [index, output] of outputs.entries()) this.#copy(this.#buffers[index] ?? this.#buffers[0], output);
    this.#read += length * this.#ratio;
    this.#fade = Math.min(FADE_SAMPLES, this.#fade + length);
  }

  #copy(buffer: Float32Array | undefined, output: Float32Array): void {
    if (!buffer) return;
    for (let index = 0; index < output.length; index += 1) {
      const position = this.#read + index * this.#ratio;
      const whole = Math.floor(position);
      const before = buffer[whole % this.#capacity] ?? 0;
      const after = buffer[(whole + 1) % this.#capacity] ?? 0;
      const value = before + (after - before) * (position - whole);
      output[index] = value * Math.min(1, (this.#fade + index) / FADE_SAMPLES);
    }
  }

  /** Reads faster or slower until the target is crossed, then evenly and on whole samples; far behind it stays fast until then. */
  #trim(): void {
    const error = this.levelMs - this.#options.targetMs;
    if (error > FAR_MS) this.#ratio = 1 + CATCH_UP;
    else if (error > HIGH_MS) this.#ratio = Math.max(this.#ratio, 1 + TRIM);
    else if (error < -LOW_MS) this.#ratio = 1 - TRIM;
    else if ((this.#ratio > 1 && error <= 0) || (this.#ratio < 1 && error >= 0)) {
      this.#ratio = 1;
      this.#read = Math.round(this.#read);
    }
  }

  #append(length: number, channels: readonly Float32Array[] | undefined): void {
    for (const [index, buffer] of this.#buffers.entries()) {
      const source = channels?.[Math.min(index, channels.length - 1)];
      for (let sample = 0; sample < length; sample += 1) {
        buffer[(this.#written + sample) % this.#capacity] = source?.[sample] ?? 0;
      }
    }
    this.#written += length;
  }

  #restart(): void {
    this.#read = this.#written;
    this.#playing = false;
    this.#fade = 0;
    this.#ratio = 1;
  }

  #samples(milliseconds: number): number {
    return Math.round((milliseconds * this.#options.sampleRate) / 1000);
  }

  #milliseconds(samples: number): number {
    return (samples * 1000) / this.#options.sampleRate;
  }
}
