/** Notices that a source which was just opened gives nothing. */

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 8000;

/**
 * Chromium loses a track's stream on its way to a worker now and then, most often on a busy machine: the camera runs, and not one
 * picture of it can be read there. Another stream of the same track is read like any other.
 */
export class FirstFrameWatch {
  #waitMs = FIRST_WAIT_MS;
  #dueMs = Number.POSITIVE_INFINITY;

  /** A source was opened; all times are milliseconds of one clock. */
  opened(nowMs: number): void {
    this.#dueMs = nowMs + this.#waitMs;
  }

  /** It gave a frame: it works. */
  came(): void {
    this.#waitMs = FIRST_WAIT_MS;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }

  /** Whether it should be opened anew; true once for each opening, and later after each: 1, 2, 4, then 8 seconds. */
  takeOverdue(nowMs: number): boolean {
    if (nowMs < this.#dueMs) return false;
    this.#dueMs = Number.POSITIVE_INFINITY;
    this.#waitMs = Math.min(LONGEST_WAIT_MS, this.#waitMs * 2);
    return true;
  }
}
