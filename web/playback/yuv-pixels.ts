/** Pictures of a decoder to pixels of a canvas, without asking anybody else's thread. */

/** Where a plane lies in a buffer, bytes. */
export interface PlaneLayout {
  readonly offset: number;
  readonly stride: number;
}

/** Three planes of 4:2:0, 8 bit, limited range. */
export interface I420Picture {
  readonly data: Uint8Array;
  readonly planes: readonly PlaneLayout[];
  readonly width: number;
  readonly height: number;
}

/** Which primaries were mixed into luma: of standard definition, or of high definition. */
export type YuvMatrix = 'bt601' | 'bt709';

// What a colour difference adds to red, green and blue (ITU-R BT.601 and BT.709), 8 bits of fraction.
const WEIGHTS = {
  bt601: { redV: 409, greenU: -100, greenV: -208, blueU: 516 },
  bt709: { redV: 459, greenU: -55, greenV: -136, blueU: 541 },
} as const;
const LUMA = 298;
const HALF = 128;
const BLACK = 16;
// Sums reach from -277 to 534: the table that clamps them begins below.
const BELOW = 384;

/** Keeps tables of one matrix. */
export class YuvPixels {
  readonly #luma = new Int32Array(256);
  readonly #redV = new Int32Array(256);
  readonly #greenU = new Int32Array(256);
  readonly #greenV = new Int32Array(256);
  readonly #blueU = new Int32Array(256);
  readonly #clamped = new Uint8Array(1024);

  constructor(matrix: YuvMatrix) {
    const { redV, greenU, greenV, blueU } = WEIGHTS[matrix];
    for (let value = 0; value < 256; value += 1) {
      this.#luma[value] = LUMA * (value - BLACK) + HALF;
      this.#redV[value] = redV * (value - HALF);
      this.#greenU[value] = greenU * (value - HALF);
      this.#greenV[value] = greenV * (value - HALF);
      this.#blueU[value] = blueU * (value - HALF);
    }
    for (let sum = 0; sum < this.#clamped.length; sum += 1) {
      this.#clamped[sum] = Math.max(0, Math.min(255, sum - BELOW));
    }
  }

  /** Writes opaque pixels, red in the lowest byte; `pixels` has to hold `width` times `height` of them. */
  write(picture: I420Picture, pixels: Uint32Array): void {
    const { width, height } = picture;
    for (let y = 0; y < height; y += 1) this.#row(picture, y, pixels.subarray(y * width, (y + 1) * width));
  }

  #row({ data, planes, width }: I420Picture, y: number, pixels: Uint32Array): void {
    const [luma, u, v] = planes;
    if (!luma || !u || !v) return;
    const clamped = this.#clamped;
    const lumas = this.#luma;
    const chroma = y >> 1;
    const lumaAt = luma.offset + y * luma.stride;
    const uAt = u.offset + chroma * u.stride;
    const vAt = v.offset + chroma * v.stride;
    for (let x = 0; x < width; x += 2) {
      const uValue = data[uAt + (x >> 1)] ?? HALF;
      const vValue = data[vAt + (x >> 1)] ?? HALF;
      const red = this.#redV[vValue] ?? 0;
      const green = (this.#greenU[uValue] ?? 0) + (this.#greenV[vValue] ?? 0);
      const blue = this.#blueU[uValue] ?? 0;
      for (let at = x; at < x + 2 && at < width; at += 1) {
        const light = lumas[data[lumaAt + at] ?? BLACK] ?? 0;
        pixels[at] =
          0xff000000 |
          ((clamped[((light + blue) >> 8) + BELOW] ?? 0) << 16) |
          ((clamped[((light + green) >> 8) + BELOW] ?? 0) << 8) |
          (clamped[((light + red) >> 8) + BELOW] ?? 0);
      }
    }
  }
}
