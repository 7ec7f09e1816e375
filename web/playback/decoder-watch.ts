/** Notices a decoder that keeps pictures back: some hardware waits for a whole buffer of them before it gives the first. And one that is slow. */

const MOST_HELD = 3;
const PATIENCE_MS = 500;

/** Times are milliseconds of any monotonic clock. */
export class DecoderWatch {
  /** What is in the decoder, in order. */
  #held: { readonly timestampUs: number; readonly fedMs: number }[] = [];
  /** Since when it has held more than it may without giving up any of the surplus. */
  #sinceMs: number | undefined;

  /** Pictures in the decoder. */
  get held(): number {
    return this.#held.length;
  }

  /** The coded frame of this picture went in. */
  fed(timestampUs: number, nowMs: number): void {
    this.#held.push({ timestampUs, fedMs: nowMs });
    if (this.#held.length > MOST_HELD) this.#sinceMs ??= nowMs;
  }

  /** The picture came out; those before it never will. */
  gave(timestampUs: number): void {
    const index = this.#held.findIndex((each) => each.timestampUs === timestampUs);
    this.#held.splice(0, Math.max(index, 0) + 1);
    if (this.#held.length <= MOST_HELD) this.#sinceMs = undefined;
  }

  /** Whether more than 3 pictures have been held for 500 ms. */
  isStuck(nowMs: number): boolean {
    return this.#sinceMs !== undefined && nowMs - this.#sinceMs >= PATIENCE_MS;
  }

  /** For how long the oldest of more than 3 pictures has been held, milliseconds; 0 while there are fewer. */
  lateMs(nowMs: number): number {
    const [oldest] = this.#held;
    return oldest && this.#held.length > MOST_HELD ? nowMs - oldest.fedMs : 0;
  }

  /** Another decoder begins. */
  reset(): void {
    this.#held = [];
    this.#sinceMs = undefined;
  }
}
