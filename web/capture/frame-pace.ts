/** Which pictures of a source are encoded, so that there are no more of them than are wanted. */

// Changing size costs a key frame here and a decoder there: a window that is being dragged larger must not do it each time.
const SIZE_APART_US = 1_000_000;

/** Times are capture times, microseconds. */
export class FramePace {
  #nextUs = 0;
  #lastUs = Number.NEGATIVE_INFINITY;
  #sizedUs = Number.NEGATIVE_INFINITY;

  /** Whether a picture of `captureUs` is due; half an interval of slack, because cameras are never exactly on time. */
  isDue(captureUs: number, framerate: number): boolean {
    return captureUs >= this.#nextUs - 500_000 / framerate;
  }

  /** A picture of `captureUs` is being encoded. */
  note(captureUs: number, framerate: number): void {
    this.#nextUs = Math.max(this.#nextUs + 1_000_000 / framerate, captureUs);
    this.#lastUs = captureUs;
  }

  /** Time since the newest picture that was encoded. */
  idleUs(nowUs: number): number {
    return nowUs - this.#lastUs;
  }

  /** Whether the picture's size may change now; saying yes begins the next second. */
  mayResize(nowUs: number): boolean {
    if (nowUs - this.#sizedUs < SIZE_APART_US) return false;
    this.#sizedUs = nowUs;
    return true;
  }

  /** Another source: its first picture is due, of whatever size. */
  restart(): void {
    this.#nextUs = 0;
    this.#sizedUs = Number.NEGATIVE_INFINITY;
  }
}
