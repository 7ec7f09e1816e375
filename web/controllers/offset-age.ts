/** When the distance of this computer's clock from the server's has to be measured again. */

/** Clocks wander, and the server's program may be another: so old it is measured anew, milliseconds. */
const EVERY_MS = 10 * 60_000;
/** After a measurement that failed, milliseconds. */
const AGAIN_MS = 10_000;
/** The page's clock stands still while the computer sleeps, and the computer's own does not: further apart than this it slept, milliseconds. */
const SLEPT_MS = 1000;

/** `nowMs` is the page's clock, which never leaps; `wallMs` the computer's, which is set now and then, and only costs a question then. */
export class OffsetAge {
  #dueMs = Number.NEGATIVE_INFINITY;
  #apartMs = 0;

  /** Whether it is to be measured now; saying yes begins the next stretch. */
  take(nowMs: number, wallMs: number): boolean {
    const slept = Math.abs(wallMs - nowMs - this.#apartMs) > SLEPT_MS;
    if (nowMs < this.#dueMs && !slept) return false;
    this.#dueMs = nowMs + EVERY_MS;
    this.#apartMs = wallMs - nowMs;
    return true;
  }

  /** The server did not answer. */
  failed(nowMs: number): void {
    this.#dueMs = nowMs + AGAIN_MS;
  }

  /** What was measured is of another time: it is to be measured as soon as somebody asks. */
  forget(): void {
    this.#dueMs = Number.NEGATIVE_INFINITY;
  }
}
