/**
 * Whether a decoder costs what its pictures may cost. Frames that are allowed one by one can still be made so that a decoder
 * works on them a hundred times as long as on honest ones, and it would take that time from everybody's.
 */

/** Looked at so often, and judged over so many looks. */
const LOOK_MS = 1000;
const LOOKS = 5;
/** Share of a processor that a decoder may use, whatever it gets: starting, scaling, small pictures. */
const BASE_SHARE = 0.3;
/** And for each million pixels a second: ten times what a usual machine needs. */
const SHARE_PER_MEGAPIXEL = 0.03;
/** A decoder has one thread, and with all of a processor it does not keep up. */
const MOST_SHARE = 0.95;

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

  /** @param processorMs what the decoder has used so far, milliseconds; undefined when nobody can tell. */
  constructor(processorMs: () => number | undefined) {
    this.#processorMs = processorMs;
  }

  /** A picture of so many pixels goes in. The share of a processor that the decoder uses, when that is too much. */
  add(pixels: number, nowMs: number): number | undefined {
    this.#pixels += pixels;
    if (nowMs - (this.#looks.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY) < LOOK_MS) return undefined;
    const processorMs = this.#processorMs();
    if (processorMs === undefined) return undefined;
    this.#looks.push({ atMs: nowMs, processorMs, pixels: this.#pixels });
    if (this.#looks.length <= LOOKS) return undefined;
    const from = this.#looks.shift() as Look;
    const elapsedMs = nowMs - from.atMs;
    const share = (processorMs - from.processorMs) / elapsedMs;
    const megapixels = (this.#pixels - from.pixels) / 1e6 / (elapsedMs / 1000);
    return share > Math.min(MOST_SHARE, BASE_SHARE + SHARE_PER_MEGAPIXEL * megapixels) ? share : undefined;
  }
}
