/** Decoded sound between its arrival in bursts and the sound card's steady pull. */
import { StockKeeper } from './stock-keeper.ts';

/** Lengths in milliseconds. */
export interface PlaybackRingOptions {
  readonly sampleRate: number;
  readonly channels: number;
  /** In stock when sound begins; how much is kept later depends on how late packets come. */
  readonly startMs: number;
  /** More than this is delay without use: it is skipped down to what it began with. */
  readonly mostMs: number;
}

const CAPACITY_MS = 1000;
// The stock changes by one percent of what is played, which nobody hears: the sound card's clock is off by some hundred ppm at most.
const TRIM = 0.01;
// After a burst it is better to hear a faster voice for two seconds than an old one for ten.
const CATCH_UP = 0.05;
const FAR_MS = 100;
const GAP_US = 5000;
const FADE_SAMPLES = 240;

/** Timestamps are microseconds of program time; `pull` is called on the audio thread and never allocates. */
export class PlaybackRing {
  readonly #options: PlaybackRingOptions;
  readonly #buffers: Float32Array[];
  readonly #capacity: number;
  readonly #keeper = new StockKeeper();
  #written = 0;
  #read = 0;
  #endUs: number | undefined;
  #playing = false;
  #ratio = 1;
  /** What the stock has still to grow by, milliseconds; negative: to shrink. */
  #missingMs = 0;
  #hurries = false;
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
      this.#read = this.#written - this.#samples(this.#startMs);
      this.#fade = 0;
      this.#skips += 1;
      this.#settle();
    }
    if (this.levelMs >= this.#startMs) this.#playing = true;
  }

  /** Fills one quantum; what is not there is silence. */
  pull(outputs: readonly Float32Array[]): void {
    const length = outputs[0]?.length ?? 0;
    if (this.#playing && this.#written - this.#read < length * (1 + CATCH_UP) + 2) {
      this.#playing = false;
      this.#fade = 0;
      this.#underruns += 1;
      this.#keeper.ranShort();
      this.#settle();
    }
    if (!this.#playing) {
      for (const output of outputs) output.fill(0);
      return;
    }
    this.#trim();
    for (const [index, output] of outputs.entries()) this.#copy(this.#buffers[index] ?? this.#buffers[0], output);
    this.#read += length * this.#ratio;
    this.#fade = Math.min(FADE_SAMPLES, this.#fade + length);
    this.#keep(this.#milliseconds(length));
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

  get #startMs(): number {
    return this.#options.startMs + this.#keeper.extraMs;
  }

  /** Reads faster or slower until the stock is as long as it should be, then evenly and on whole samples. */
  #trim(): void {
    const beyondMs = this.levelMs - this.#startMs;
    if (beyondMs > FAR_MS) this.#hurries = true;
    else if (this.#hurries && beyondMs <= 0) this.#settle();
    if (this.#hurries) this.#ratio = 1 + CATCH_UP;
    else this.#ratio = 1 - TRIM * Math.sign(this.#missingMs);
  }

  /** After a pull. */
  #keep(lengthMs: number): void {
    if (this.#hurries) return;
    if (this.#missingMs === 0) {
      this.#missingMs = this.#keeper.pulled(this.levelMs, lengthMs);
      return;
    }
    const left = Math.abs(this.#missingMs) - lengthMs * TRIM;
    this.#missingMs = Math.max(0, left) * Math.sign(this.#missingMs);
    if (left <= 0) this.#read = Math.round(this.#read);
  }

  /** Whatever the stock was to change by is over. */
  #settle(): void {
    this.#hurries = false;
    this.#missingMs = 0;
    this.#keeper.clear();
    this.#read = Math.round(this.#read);
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
    this.#settle();
  }

  #samples(milliseconds: number): number {
    return Math.round((milliseconds * this.#options.sampleRate) / 1000);
  }

  #milliseconds(samples: number): number {
    return (samples * 1000) / this.#options.sampleRate;
  }
}
