/**
 * Judges whether a decoder uses more processor time than its pictures justify. Frames within every limit can still be crafted so
 * that decoding takes a hundred times as long, at the expense of everybody else.
 */

/** Time between samples, and how many of them are judged together. */
const LOOK_MS = 1000;
const LOOKS = 5;
/** Share of a processor that any decoder may use: for scaling, small pictures, and a machine that somebody else uses. */
const BASE_SHARE = 0.3;
/**
 * Additional share for each million pixels a second: ten times what a usual machine needs. They count when they come out. A decoder that
 * got no processor for a while then works through what waits for it, on all of one, and has to be free to.
 */
const SHARE_PER_MEGAPIXEL = 0.03;

interface Look {
  readonly atMs: number;
  readonly processorMs: number;
  readonly pixels: number;
}

/** One for each decoder. Pure but for `processorMs`. */
export class DecodeCost {
  readonly #processorMs: () => number | undefined;
  /** Oldest first. */
  readonly #looks: Look[] = [];
  #pixels = 0;

  /** @param processorMs processor time used so far, milliseconds; undefined when it is not known. */
  constructor(processorMs: () => number | undefined) {
    this.#processorMs = processorMs;
  }

  /** A picture of `pixels` came out. What was used before the first one was for the start, and for pictures that are never output. */
  came(pixels: number): void {
    this.#pixels += pixels;
  }

  /** To be called with each frame that is fed. Returns the share of a processor in use, 0–1, when that is too much. */
  look(nowMs: number): number | undefined {
    if (this.#pixels === 0) return undefined;
    if (nowMs - (this.#looks.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY) < LOOK_MS) return undefined;
    const processorMs = this.#processorMs();
    if (processorMs === undefined) return undefined;
    this.#looks.push({ atMs: nowMs, processorMs, pixels: this.#pixels });
    if (this.#looks.length <= LOOKS) return undefined;
    const from = this.#looks.shift() as Look;
    const elapsedMs = nowMs - from.atMs;
    const share = (processorMs - from.processorMs) / elapsedMs;
    const megapixels = (this.#pixels - from.pixels) / 1e6 / (elapsedMs / 1000);
    return share > BASE_SHARE + SHARE_PER_MEGAPIXEL * megapixels ? share : undefined;
  }
}
