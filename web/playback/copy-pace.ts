/** Whether the browser's own conversion keeps up, which waits for the page's thread. */

/** A copy of a picture takes one or two milliseconds; more was waiting. */
const SLOW_MS = 25;
/** One is by chance, on a machine that has much to do; two within so long are not. */
const CHANCE_MS = 1000;
const FIRST_REST_MS = 10_000;
const LONGEST_REST_MS = 320_000;

/** After two copies that had to wait, or one that was abandoned, no other for a while: 10 seconds, and twice as long each time. All times are of one clock. */
export class CopyPace {
  #restMs = FIRST_REST_MS;
  #slowMs = Number.NEGATIVE_INFINITY;
  #untilMs = Number.NEGATIVE_INFINITY;

  /** Whether a copy may be tried at `nowMs`. */
  mayCopy(nowMs: number): boolean {
    return nowMs >= this.#untilMs;
  }

  /** A copy that ended at `nowMs` took so long. */
  copied(tookMs: number, nowMs: number): void {
    if (tookMs <= SLOW_MS) return;
    const again = nowMs - this.#slowMs < CHANCE_MS;
    this.#slowMs = nowMs;
    if (again) this.abandoned(nowMs);
  }

  /** One takes so long that nobody waits for it: that says enough. */
  abandoned(nowMs: number): void {
    this.#untilMs = nowMs + this.#restMs;
    this.#restMs = Math.min(LONGEST_REST_MS, 2 * this.#restMs);
  }
}
