/** A number that survives a camera, two encoders and a mixer: a row of light and dark cells in the middle of a picture. */
import { type Picture, createPicture, fillCell, yuvOf } from '../../src/mixer/picture.ts';

/** Size of the pictures that carry it; a tile of this size is shown without scaling. */
export const STAMPED = { width: 640, height: 360 } as const;
/** Two cells say that there is a number, fourteen are the number, two its check. */
const BITS = 14;
/** Numbers go from 0 to one less. */
export const STAMP_NUMBERS = 2 ** BITS;
/** Place of the row in a picture of 640x360, pixels. */
export const STAMP_ROW = { x: 32, y: 164, cell: 32, cells: BITS + 4 } as const;

const [LIGHT, DARK] = [yuvOf(240, 240, 240), yuvOf(16, 16, 16)];

/** Cells from left to right, true for light. */
export function cellsOf(number: number): readonly boolean[] {
  const bits = Array.from({ length: BITS }, (_, bit) => ((number >> (BITS - 1 - bit)) & 1) === 1);
  const check = bits.filter(Boolean).length % 4;
  return [true, false, ...bits, check >= 2, check % 2 === 1];
}

/** The number of cells that were read, undefined when they are none. */
export function numberOf(cells: readonly boolean[]): number | undefined {
  const number = cells.slice(2, 2 + BITS).reduce((sum, bit) => sum * 2 + (bit ? 1 : 0), 0);
  const same = cellsOf(number).every((cell, index) => cell === cells[index]);
  return same && cells.length === STAMP_ROW.cells ? number : undefined;
}

/** A picture that moves from one number to the next. */
export function stampedPicture(number: number, hue: number): Picture {
  const picture = createPicture(STAMPED.width, STAMPED.height, yuvOf(40 + 60 * (hue % 3), 60, 120));
  const bar = (number * 4) % STAMPED.width;
  fillCell(picture, { x: bar - (bar % 2), y: 0, width: Math.min(40, STAMPED.width - bar), height: 120 }, LIGHT);
  cellsOf(number).forEach((light, index) => {
    const { x, y, cell } = STAMP_ROW;
    fillCell(picture, { x: x + index * cell, y, width: cell, height: cell }, light ? LIGHT : DARK);
  });
  return picture;
}
