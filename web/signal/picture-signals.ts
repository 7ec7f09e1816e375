/** What is wrong with a camera, from a thumbnail a second. */
import { Hold } from './hold.ts';

/** Pixels of a thumbnail. */
export const THUMBNAIL = { width: 32, height: 18 } as const;

/** Mean brightness, 0–255, and its variance: a lens cap is dark all over, a night sky has stars. */
const DARKEST_MEAN = 16;
const DARKEST_VARIANCE = 12;
/** Mean difference of two thumbnails, 0–255: the noise of a camera that works is more. */
const LEAST_CHANGE = 0.02;
const BLACK_TIMES = { onMs: 4000, offMs: 500 };
const FROZEN_TIMES = { onMs: 8000, offMs: 500 };

/** Brightness, 0–255 (ITU-R BT.601 weights), of pixels as a canvas gives them. */
export function lumaOf(rgba: Uint8ClampedArray): Float32Array {
  const luma = new Float32Array(rgba.length / 4);
  for (let index = 0; index < luma.length; index += 1) {
    const [red = 0, green = 0, blue = 0] = rgba.subarray(index * 4, index * 4 + 3);
    luma[index] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  return luma;
}

/** Whether there is nothing to see in a thumbnail. */
export function isBlack(luma: Float32Array): boolean {
  const mean = meanOf(luma, (value) => value);
  return mean <= DARKEST_MEAN && meanOf(luma, (value) => (value - mean) ** 2) <= DARKEST_VARIANCE;
}

/** Whether two thumbnails are of the very same picture. */
export function isSame(luma: Float32Array, before: Float32Array): boolean {
  return meanOf(luma, (value, index) => Math.abs(value - (before[index] ?? 0))) <= LEAST_CHANGE;
}

/** Follows one camera while it is on; `update` it once a second. */
export class PictureSignals {
  readonly #black = new Hold(BLACK_TIMES);
  readonly #frozen = new Hold(FROZEN_TIMES);
  #before: Float32Array | undefined;

  /** The picture is black. */
  get black(): boolean {
    return this.#black.active;
  }

  /** The picture stands still, down to its noise, and is not black. */
  get frozen(): boolean {
    return this.#frozen.active;
  }

  update(luma: Float32Array, nowMs: number): void {
    const black = isBlack(luma);
    this.#black.update(black, nowMs);
    this.#frozen.update(!black && this.#before !== undefined && isSame(luma, this.#before), nowMs);
    this.#before = luma;
  }

  /** Switched off and on, or another camera. */
  reset(): void {
    this.#black.reset();
    this.#frozen.reset();
    this.#before = undefined;
  }
}

function meanOf(luma: Float32Array, weigh: (value: number, index: number) => number): number {
  let sum = 0;
  for (const [index, value] of luma.entries()) sum += weigh(value, index);
  return sum / Math.max(1, luma.length);
}
