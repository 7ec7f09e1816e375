/** Decides which pictures of a source are encoded, so that the frame rate is not exceeded. */

// Each change of size costs a key frame here and a decoder on the server; resizing a window must not cause one after the other.
const SIZE_APART_US = 1_000_000;

/** Times are capture times, microseconds. */
export class FramePace {
  #nextUs = 0;
  #lastUs = Number.NEGATIVE_INFINITY;
  #sizedUs = Number.NEGATIVE_INFINITY;

  /** Whether a picture of `captureUs` is due, with half an interval of slack, because cameras are never exactly on time. */
  isDue(captureUs: number, framerate: number): boolean {
    return captureUs >= this.#nextUs - 500_000 / framerate;
  }

  /** A picture of `captureUs` is being encoded. */
  note(captureUs: number, framerate: number): void {
    this.#nextUs = Math.max(this.#nextUs + 1_000_000 / framerate, captureUs);
    this.#lastUs = captureUs;
  }

  /** Time since the newest encoded picture; Infinity before the first. */
  idleUs(nowUs: number): number {
    return nowUs - this.#lastUs;
  }

  /** Whether the size may change now; if so, the next second begins. */
  mayResize(nowUs: number): boolean {
    if (nowUs - this.#sizedUs < SIZE_APART_US) return false;
    this.#sizedUs = nowUs;
    return true;
  }

  /** Another source: its first picture is due at once, in any size. */
  restart(): void {
    this.#nextUs = 0;
    this.#sizedUs = Number.NEGATIVE_INFINITY;
  }
}
