/** Limits how often a track's decoder may be replaced by one of another size. */

/**
 * So many changes of size within so long get a decoder of their own; after them the old pictures are stretched for a while.
 * Somebody who comes and goes changes the tiles of everybody, and each change costs a process.
 */
const RESIZES = { count: 5, withinMs: 10_000 };

/** Times are the mixer's, milliseconds. */
export class ResizeBudget {
  /** When decoders were started for another size, oldest first. */
  readonly #startedMs: number[] = [];

  /** Milliseconds until another size may have a decoder; not positive: now. */
  waitMs(nowMs: number): number {
    const { count, withinMs } = RESIZES;
    return this.#startedMs.length < count ? 0 : (this.#startedMs[0] ?? 0) + withinMs - nowMs;
  }

  /** A decoder was started for another size. */
  note(nowMs: number): void {
    this.#startedMs.push(nowMs);
    if (this.#startedMs.length > RESIZES.count) this.#startedMs.shift();
  }
}
