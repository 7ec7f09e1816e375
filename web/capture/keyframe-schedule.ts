/** When the next picture must be a key frame. */

const REGULAR_MS = 4000;
const APART_MS = 500;

/** Every 4 s, and on request, but requests are at least 500 ms apart: a storm of them would eat the whole way. */
export class KeyframeSchedule {
  #lastMs = Number.NEGATIVE_INFINITY;
  #asked = true;
  #forced = true;

  /** Somebody lost the thread. */
  request(): void {
    this.#asked = true;
  }

  /** The encoder was set up anew: the next picture is a key frame whatever the distance. */
  force(): void {
    this.#forced = true;
  }

  /** Whether the picture encoded at `nowMs` must be one; saying yes starts the next interval. */
  take(nowMs: number): boolean {
    const since = nowMs - this.#lastMs;
    if (!this.#forced && since < REGULAR_MS && !(this.#asked && since >= APART_MS)) return false;
    this.#lastMs = nowMs;
    this.#asked = false;
    this.#forced = false;
    return true;
  }
}
