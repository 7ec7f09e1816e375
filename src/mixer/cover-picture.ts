/** A still image made to fill the program, a few rows at a time: all at once would cost a tick. */
import { type Picture, createPicture } from './picture.ts';
import type { RgbaImage } from './still-image.ts';

const CHANNELS = 3;

/** Shows the middle of the image, as small as it can be without leaving a gap; where it is transparent, the colour below. */
export class CoverPicture {
  readonly picture: Picture;
  readonly #image: RgbaImage;
  readonly #below: readonly [number, number, number];
  /** Pixels of the image per pixel of the picture, and where its left upper corner lies. */
  readonly #scale: number;
  readonly #left: number;
  readonly #top: number;
  /** Two rows of red, green, blue. */
  readonly #rows: Float32Array;
  #next = 0;

  /** @param below red, green, blue, 0–255. */
  constructor(image: RgbaImage, width: number, height: number, below: readonly [number, number, number]) {
    this.picture = createPicture(width, height);
    this.#image = image;
    this.#below = below;
    this.#scale = Math.min(image.width / width, image.height / height);
    this.#left = (image.width - width * this.#scale) / 2;
    this.#top = (image.height - height * this.#scale) / 2;
    this.#rows = new Float32Array(2 * width * CHANNELS);
  }

  /** Makes `rows` more rows (even); true when the picture is whole. */
  step(rows: number): boolean {
    const { height } = this.picture;
    const end = Math.min(height, this.#next + rows);
    for (; this.#next < end; this.#next += 2) {
      this.#scaleRow(this.#next, 0);
      this.#scaleRow(this.#next + 1, this.picture.width * CHANNELS);
      this.#convert(this.#next);
    }
    return this.#next >= height;
  }

  /** Bilinear: the image has at most about twice the program's pixels in each direction. */
  #scaleRow(row: number, start: number): void {
    const { width, height, data } = this.#image;
    const rows = this.#rows;
    const [red, green, blue] = this.#below;
    const y = clamp(this.#top + (row + 0.5) * this.#scale - 0.5, height - 1);
    const upper = Math.floor(y);
    const lower = Math.min(height - 1, upper + 1);
    const down = y - upper;
    for (let column = 0; column < this.picture.width; column += 1) {
      const x = clamp(this.#left + (column + 0.5) * this.#scale - 0.5, width - 1);
      const first = Math.floor(x);
      const second = Math.min(width - 1, first + 1);
      const right = x - first;
      let r = 0;
      let g = 0;
      let b = 0;
      let covered = 0;
      for (let corner = 0; corner < 4; corner += 1) {
        const at = ((corner < 2 ? upper : lower) * width + ((corner & 1) === 0 ? first : second)) * 4;
        const weight =
          ((corner < 2 ? 1 - down : down) * ((corner & 1) === 0 ? 1 - right : right) * (data[at + 3] as number)) / 255;
        r += weight * (data[at] as number);
        g += weight * (data[at + 1] as number);
        b += weight * (data[at + 2] as number);
        covered += weight;
      }
      const at = start + column * CHANNELS;
      rows[at] = r + (1 - covered) * red;
      rows[at + 1] = g + (1 - covered) * green;
      rows[at + 2] = b + (1 - covered) * blue;
    }
  }

  #convert(row: number): void {
    const { width, height, data } = this.picture;
    const rows = this.#rows;
    const chroma = width * height + (row >> 1) * (width >> 1);
    for (let column = 0; column < width; column += 2) {
      let red = 0;
      let blue = 0;
      let luma = 0;
      for (let quarter = 0; quarter < 4; quarter += 1) {
        const pixel = (quarter >> 1) * width + column + (quarter & 1);
        const at = pixel * CHANNELS;
        const y = 0.2126 * (rows[at] as number) + 0.7152 * (rows[at + 1] as number) + 0.0722 * (rows[at + 2] as number);
        data[row * width + pixel] = Math.round(16 + (y * 219) / 255);
        red += rows[at] as number;
        blue += rows[at + 2] as number;
        luma += y;
      }
      data[chroma + (column >> 1)] = Math.round(128 + ((blue - luma) / 4 / 1.8556) * (224 / 255));
      data[chroma + ((width * height) >> 2) + (column >> 1)] = Math.round(
        128 + ((red - luma) / 4 / 1.5748) * (224 / 255),
      );
    }
  }
}

function clamp(value: number, max: number): number {
  return Math.max(0, Math.min(max, value));
}
