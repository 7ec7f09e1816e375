/** What is wrong with a microphone, from its samples. */
import { Hold } from './hold.ts';

/** A stretch of sound. */
export interface SoundReading {
  /** Root mean square, dBFS; -Infinity for nothing but zeros. */
  readonly levelDb: number;
  /** Share of samples at full scale, 0–1. */
  readonly clipped: number;
}

/** Nothing louder than this is no microphone that works: its own noise is louder. */
const SILENT_DB = -80;
/** Somebody speaks, or something else is heard. */
const HEARD_DB = -60;
/** Converters end a little below 1. */
const FULL_SCALE = 0.99;
/** More than one sample in five hundred, over some seconds, is heard as distortion. */
const MOST_CLIPPED = 0.002;
const SILENCE_TIMES = { onMs: 5000, offMs: 500 };
const CLIPPING_TIMES = { onMs: 0, offMs: 5000 };
/** Speech is loud for half a second at a time: the mean of so many readings counts. */
const READINGS = 6;

/** Reads samples in -1…1. */
export function readSound(samples: Float32Array): SoundReading {
  let sum = 0;
  let clipped = 0;
  for (const sample of samples) {
    sum += sample * sample;
    if (Math.abs(sample) >= FULL_SCALE) clipped += 1;
  }
  const count = Math.max(1, samples.length);
  return { levelDb: 10 * Math.log10(sum / count), clipped: clipped / count };
}

/** Follows one microphone while it is on; `update` it some times a second. */
export class SoundSignals {
  readonly #silence = new Hold(SILENCE_TIMES);
  readonly #clipping = new Hold(CLIPPING_TIMES);
  readonly #clipped: number[] = [];
  #heard = false;

  /** The microphone gives nothing: digital zeros, or, before it was heard for the first time, less than its own noise. */
  get silence(): boolean {
    return this.#silence.active;
  }

  /** The sound is cut off at full scale. */
  get clipping(): boolean {
    return this.#clipping.active;
  }

  update({ levelDb, clipped }: SoundReading, nowMs: number): void {
    if (levelDb >= HEARD_DB) this.#heard = true;
    // What worked a moment ago and is almost silent now is a quiet room behind a noise suppressor.
    const nothing = this.#heard ? levelDb === Number.NEGATIVE_INFINITY : levelDb < SILENT_DB;
    this.#silence.update(nothing, nowMs);
    this.#clipped.push(clipped);
    if (this.#clipped.length > READINGS) this.#clipped.shift();
    const mean = this.#clipped.reduce((sum, share) => sum + share, 0) / READINGS;
    this.#clipping.update(mean > MOST_CLIPPED, nowMs);
  }

  /** Switched off and on, or another microphone. */
  reset(): void {
    this.#silence.reset();
    this.#clipping.reset();
    this.#clipped.length = 0;
    this.#heard = false;
  }
}
