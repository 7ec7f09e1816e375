/** Decides which pictures must be key frames. */

const REGULAR_MS = 4000;
const APART_MS = 500;

/** A key frame every 4 s, and on request, but at least 500 ms apart: a storm of requests would fill the line. */
export class KeyframeSchedule {
  #lastMs = Number.NEGATIVE_INFINITY;
  #asked = true;
  #forced = true;

  /** A receiver needs a key frame. */
  request(): void {
    this.#asked = true;
  }

  /** The encoder was reconfigured: the next picture is a key frame, however recent the last one. */
  force(): void {
    this.#forced = true;
  }

  /** Whether the picture encoded at `nowMs` must be a key frame; if so, the next interval begins. */
  take(nowMs: number): boolean {
    const since = nowMs - this.#lastMs;
    if (!this.#forced && since < REGULAR_MS && !(this.#asked && since >= APART_MS)) return false;
    this.#lastMs = nowMs;
    this.#asked = false;
    this.#forced = false;
    return true;
  }
}
