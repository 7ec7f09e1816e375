/** Estimates the delay that is enough for nearly all media of one kind. */

const WINDOW_MS = 500;
const WINDOWS = 20;

/** The largest delay of each half second of the last ten seconds, and the one that only a share of them exceeds. */
export class DelayPeaks {
  readonly #share: number;
  /** Oldest first. */
  readonly #peaks: number[] = [];
  /** Largest first. */
  #sorted: readonly number[] = [];
  #peak = 0;
  #startMs = Number.NEGATIVE_INFINITY;

  /** @param share of the half seconds that may have something later, 0 to 1. */
  constructor(share: number) {
    this.#share = share;
  }

  /** Something came so many milliseconds after the earliest possible moment. */
  note(delayMs: number, nowMs: number): void {
    if (nowMs - this.#startMs >= WINDOW_MS) {
      this.#peaks.push(this.#peak);
      if (this.#peaks.length > WINDOWS) this.#peaks.shift();
      this.#sorted = this.#peaks.toSorted((a, b) => b - a);
      this.#peak = 0;
      this.#startMs = nowMs;
    }
    this.#peak = Math.max(this.#peak, delayMs);
  }

  /** Milliseconds; the running half second counts. */
  get upperMs(): number {
    const index = Math.floor(this.#peaks.length * this.#share);
    const above = index === 0 ? Number.POSITIVE_INFINITY : (this.#sorted[index - 1] ?? 0);
    return Math.min(above, Math.max(this.#sorted[index] ?? 0, this.#peak));
  }

  reset(): void {
    this.#peaks.length = 0;
    this.#sorted = [];
    this.#peak = 0;
  }
}
