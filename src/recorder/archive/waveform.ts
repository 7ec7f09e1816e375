/** How loud a recording is, moment by moment: pure. */

/** Seconds of one point, of a recording that is not too long. */
const POINT_SECONDS = 0.1;
/** Points of one recording: an hour at the finest. */
const MAX_POINTS = 36_000;
const FULL_SCALE = 32_768;

/** The content of `waveform.json`. */
export interface Waveform {
  readonly version: 1;
  /** Seconds of the recording. */
  readonly duration: number;
  /** Seconds of one point; the last may stand for less. */
  readonly interval: number;
  /** What a point at full scale has. */
  readonly max: 100;
  /** The loudest sample of each point, 0–100, as a linear share of full scale. */
  readonly peaks: readonly number[];
}

/** Takes samples in any order of blocks; each belongs to the points it lies in. */
export class WaveformBuilder {
  readonly interval: number;
  readonly #duration: number;
  readonly #peaks: Uint16Array;

  /** @param duration seconds of the recording. */
  constructor(duration: number) {
    this.#duration = Math.max(0, duration);
    this.interval = (POINT_SECONDS * 10 * Math.max(1, Math.ceil(this.#duration / POINT_SECONDS / MAX_POINTS))) / 10;
    this.#peaks = new Uint16Array(Math.ceil(this.#duration / this.interval - 1e-9));
  }

  /** Samples of one channel from `fromSeconds` on; what lies behind the end is left out. */
  add(samples: Int16Array, fromSeconds: number, sampleRate: number): void {
    const first = Math.round(fromSeconds * sampleRate);
    const perPoint = this.interval * sampleRate;
    for (let index = 0; index < samples.length; index += 1) {
      const point = Math.floor((first + index) / perPoint);
      const height = Math.abs(samples[index] ?? 0);
      if (point < this.#peaks.length && height > (this.#peaks[point] ?? 0)) this.#peaks[point] = height;
    }
  }

  result(): Waveform {
    return {
      version: 1,
      duration: Math.round(this.#duration * 1000) / 1000,
      interval: Math.round(this.interval * 1000) / 1000,
      max: 100,
      peaks: [...this.#peaks].map((peak) => Math.min(100, Math.round((peak / FULL_SCALE) * 100))),
    };
  }
}
