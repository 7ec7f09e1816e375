/** When to begin a new file. A recorder gives a key frame at its beginning alone, so a wish for one is a wish for a file. */

/** A file shorter than this would be mostly key frame. */
const LEAST_MS = 1000;

/** Times are milliseconds of any monotonic clock. */
export class FileSchedule {
  #beganMs = Number.NEGATIVE_INFINITY;
  #wanted = false;

  /** A new file is wanted, once the running one is a second old. */
  want(): void {
    this.#wanted = true;
  }

  /** Whether to begin one now. */
  due(nowMs: number): boolean {
    return this.#wanted && nowMs - this.#beganMs >= LEAST_MS;
  }

  /** One has begun. */
  began(nowMs: number): void {
    this.#wanted = false;
    this.#beganMs = nowMs;
  }
}
