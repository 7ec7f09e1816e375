/** Pixels: even numbers, because chroma is halved (4:2:0), and sides that are worth a picture. */
import type { Cell } from './layout.ts';

/** Nothing narrower or lower than this many pixels is shown. */
export const MIN_SIDE = 16;

/** The largest even number that is not above `value`. */
export function evenFloor(value: number): number {
  return Math.floor(value / 2) * 2;
}

/** The even number nearest to `value`. */
export function evenRound(value: number): number {
  return Math.round(value / 2) * 2;
}

/** Whether a picture in the cell can be made out at all. */
export function isVisible({ width, height }: Cell): boolean {
  return width >= MIN_SIDE && height >= MIN_SIDE;
}

/** The cell, moved. */
export function movedBy(cell: Cell, x: number, y: number): Cell {
  return { ...cell, x: cell.x + x, y: cell.y + y };
}

/** The largest cell of this shape in the middle of an area, pixels; `aspect` is its width by its height. */
export function largestIn(width: number, height: number, aspect: number): Cell {
  const cellWidth = evenFloor(Math.min(width, height * aspect));
  const cellHeight = evenFloor(Math.min(cellWidth / aspect, height));
  return {
    x: evenFloor((width - cellWidth) / 2),
    y: evenFloor((height - cellHeight) / 2),
    width: cellWidth,
    height: cellHeight,
  };
}
