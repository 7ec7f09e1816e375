/** How much further behind live somebody plays whose picture has stood still: more each time, and less again while all is well. Pure. */

/** More after each standstill, and less after each good minute; seconds. */
const STEP_S = 0.5;
const CALM_MS = 60_000;

/** One for each time that a stream is played. */
export class StallMargin {
  #seconds = 0;
  #calmSinceMs = 0;

  /** Seconds beyond what the stream asks for. */
  get seconds(): number {
    return this.#seconds;
  }

  /** The picture stands still for want of media. @param mostS the margin never becomes larger */
  stalled(nowMs: number, mostS: number): void {
    this.#seconds = Math.max(this.#seconds, Math.min(mostS, this.#seconds + STEP_S));
    this.#calmSinceMs = nowMs;
  }

  /** Time has passed; whether the margin is another one now. */
  look(nowMs: number): boolean {
    if (this.#seconds === 0 || nowMs - this.#calmSinceMs < CALM_MS) return false;
    this.#seconds = Math.max(0, this.#seconds - STEP_S);
    this.#calmSinceMs = nowMs;
    return true;
  }
}
