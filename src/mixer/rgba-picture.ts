/** Converts RGBA to the planes of a picture. */
import { type Picture, createPicture } from './picture.ts';

/** RGBA rows (8 bit; opacity is left out of account) as a picture; `width` and `height` are even. */
export function pictureFromRgba(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): Picture {
  const picture = createPicture(width, height);
  for (let row = 0; row < height; row += 2) convertRows(rgba, picture, row);
  return picture;
}

/** Converts rows `row` and `row + 1`; chroma is the mean of its four pixels. */
function convertRows(rgba: Uint8Array | Uint8ClampedArray, { width, height, data }: Picture, row: number): void {
  const uStart = width * height + (row >> 1) * (width >> 1);
  const vStart = uStart + ((width * height) >> 2);
  for (let column = 0; column < width; column += 2) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let quarter = 0; quarter < 4; quarter += 1) {
      const pixel = (row + (quarter >> 1)) * width + column + (quarter & 1);
      const r = rgba[pixel * 4] as number;
      const g = rgba[pixel * 4 + 1] as number;
      const b = rgba[pixel * 4 + 2] as number;
      data[pixel] = Math.round(16 + ((0.2126 * r + 0.7152 * g + 0.0722 * b) * 219) / 255);
      red += r;
      green += g;
      blue += b;
    }
    const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    data[uStart + (column >> 1)] = Math.round(128 + ((blue - luma) / 4 / 1.8556) * (224 / 255));
    data[vStart + (column >> 1)] = Math.round(128 + ((red - luma) / 4 / 1.5748) * (224 / 255));
  }
}
