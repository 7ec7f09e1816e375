/** What a picture gives up when its bits become few: some bits first, then pictures a second, then size. */

/** What is encoded, or the most that is worth it. */
export interface PictureTarget {
  readonly width: number;
  readonly height: number;
  readonly framerate: number;
  /** Bits a second. */
  readonly bitrate: number;
}

interface Rung {
  /** Share of the bits that the full picture is worth, below which this rung holds. */
  readonly below: number;
  readonly framerate: number;
  readonly scale: number;
}

const RUNGS: readonly Rung[] = [
  { below: Number.POSITIVE_INFINITY, framerate: Number.POSITIVE_INFINITY, scale: 1 },
  { below: 0.5, framerate: 20, scale: 1 },
  { below: 0.35, framerate: 15, scale: 1 },
  { below: 0.22, framerate: 15, scale: 0.75 },
  { below: 0.14, framerate: 15, scale: 0.5 },
];
/** A rung is left upwards only with so much to spare: a share at its edge must not go up and down. */
const SPARE = 1.25;
/** No smaller than this, or the limit where that is smaller. */
const LEAST_HEIGHT = 180;

/** Remembers its rung. */
export class QualityLadder {
  #rung = 0;

  /** The picture for `bitrate` within `limit`; `bitrate` is at most the limit's. */
  fit(limit: PictureTarget, bitrate: number): PictureTarget {
    const share = bitrate / limit.bitrate;
    while (this.#at(this.#rung + 1) && share < (this.#at(this.#rung + 1)?.below ?? 0)) this.#rung += 1;
    while (this.#rung > 0 && share >= (this.#at(this.#rung)?.below ?? 0) * SPARE) this.#rung -= 1;
    const { framerate, scale } = this.#at(this.#rung) ?? { framerate: limit.framerate, scale: 1 };
    const shrink = Math.max(scale, Math.min(1, LEAST_HEIGHT / limit.height));
    return {
      width: Math.round(limit.width * shrink),
      height: Math.round(limit.height * shrink),
      framerate: Math.min(limit.framerate, framerate),
      bitrate,
    };
  }

  #at(rung: number): Rung | undefined {
    return RUNGS[rung];
  }
}
