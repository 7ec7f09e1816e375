/** How much sound has to be in stock: as little as it takes for none to be missing, and more once some was. */

const WINDOW_MS = 5000;
/** Less is kept only when so many windows in a row had more than enough: bursts on a wireless line are seconds apart. */
const WINDOWS = 3;
/** When the stock is at its lowest, so much of it should be left. */
const LEAST_MS = 20;
const MOST_MS = 120;
const AFTER_SHORTAGE_MS = 20;
/** A shortage is forgotten in seven minutes: what is kept against the next one is delay for as long. */
const FORGOTTEN_MS = 0.25;
/** A page that begins keeps the whole machine busy: what is missing meanwhile says nothing about later. */
const BEGINNING_MS = 20_000;
/** Closer than this is as wanted. */
const SLACK_MS = 5;
/** More than this nobody needs: it is what a burst left behind, and one window is enough to know. */
const MUCH_MS = 40;

/** Looks at what is left of the stock after each pull; all lengths are milliseconds of sound. */
export class StockKeeper {
  #wantedMs = LEAST_MS;
  /** Lowest stock in each of the last windows, the newest at the end; Infinity where there was none. */
  readonly #lowest = new Float64Array(WINDOWS).fill(Number.POSITIVE_INFINITY);
  #lowestNow = Number.POSITIVE_INFINITY;
  #windowMs = 0;
  #pulledMs = 0;

  /** What shortages added to what has to be left, 0–100 ms. */
  get extraMs(): number {
    return this.#wantedMs - LEAST_MS;
  }

  /** `leftMs` are left after a pull of `lengthMs`. Returns by how much the stock should grow now; negative: shrink; mostly 0. */
  pulled(leftMs: number, lengthMs: number): number {
    this.#lowestNow = Math.min(this.#lowestNow, leftMs);
    this.#windowMs += lengthMs;
    this.#pulledMs += lengthMs;
    if (this.#windowMs < WINDOW_MS) return 0;
    this.#lowest.copyWithin(0, 1);
    this.#lowest[WINDOWS - 1] = this.#lowestNow;
    this.#begin();
    this.#wantedMs = Math.max(LEAST_MS, this.#wantedMs - FORGOTTEN_MS);
    const missing = this.#wantedMs - Math.min(...this.#lowest);
    const known = this.#lowest[0] !== Number.POSITIVE_INFINITY;
    if (missing <= SLACK_MS && missing >= (known ? -SLACK_MS : -MUCH_MS)) return 0;
    for (const [index, each] of this.#lowest.entries()) this.#lowest[index] = each + missing;
    return missing;
  }

  /** There was too little. */
  ranShort(): void {
    if (this.#pulledMs > BEGINNING_MS) this.#wantedMs = Math.min(MOST_MS, this.#wantedMs + AFTER_SHORTAGE_MS);
    this.clear();
  }

  /** What was seen is of another time. */
  clear(): void {
    this.#lowest.fill(Number.POSITIVE_INFINITY);
    this.#begin();
  }

  #begin(): void {
    this.#lowestNow = Number.POSITIVE_INFINITY;
    this.#windowMs = 0;
  }
}
