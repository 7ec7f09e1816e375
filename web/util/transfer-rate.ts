/** How fast a file goes, and how long it will still take: pure. */

/** Figures of a transfer; undefined while it is too early to say. */
export interface Pace {
  /** Bytes a second. */
  readonly rate: number | undefined;
  readonly leftS: number | undefined;
}

/** What is older says little of what the line does now. */
const WINDOW_MS = 8000;
/** Less than this is chance. */
const LEAST_MS = 700;

/** Rate of one transfer, by moments at which so many bytes had arrived. */
export class TransferRate {
  readonly #moments: { readonly ms: number; readonly bytes: number }[] = [];

  /** `ms` never goes back; fewer bytes than before begin it anew. */
  note(ms: number, bytes: number): void {
    const last = this.#moments.at(-1);
    if (last && bytes < last.bytes) this.reset();
    this.#moments.push({ ms, bytes });
    // The oldest within the window stays as the beginning of the span.
    while (this.#moments.length > 2 && ms - (this.#moments[1]?.ms ?? ms) > WINDOW_MS) this.#moments.shift();
  }

  /** After a pause: what was before it does not count. */
  reset(): void {
    this.#moments.length = 0;
  }

  /** @param total bytes of the whole */
  pace(total: number): Pace {
    const [first] = this.#moments;
    const last = this.#moments.at(-1);
    if (!first || !last || last.ms - first.ms < LEAST_MS) return { rate: undefined, leftS: undefined };
    const rate = ((last.bytes - first.bytes) / (last.ms - first.ms)) * 1000;
    return { rate, leftS: rate > 0 ? Math.max(0, (total - last.bytes) / rate) : undefined };
  }
}
