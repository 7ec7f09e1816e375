/** Where tiles stand in the program: pure arithmetic. */

import { type Cell, MAX_TILES } from './layout.ts';

const even = (value: number): number => Math.floor(value / 2) * 2;

/**
 * The cells of `count` tiles (0–25) in a canvas: 16:9 cells of one size, as large as they fit, filled row by row, the last
 * row centred, the whole centred vertically.
 */
export function gridLayout(count: number, width: number, height: number): readonly Cell[] {
  const shown = Math.min(count, MAX_TILES);
  if (shown <= 0) return [];
  const { columns, cellWidth, cellHeight } = bestGrid(shown, width, height);
  const rows = Math.ceil(shown / columns);
  const top = even((height - rows * cellHeight) / 2);
  const cells: Cell[] = [];
  for (let index = 0; index < shown; index += 1) {
    const row = Math.floor(index / columns);
    const inRow = row === rows - 1 ? shown - row * columns : columns;
    const left = even((width - inRow * cellWidth) / 2);
    cells.push({
      x: left + (index - row * columns) * cellWidth,
      y: top + row * cellHeight,
      width: cellWidth,
      height: cellHeight,
    });
  }
  return cells;
}

function bestGrid(count: number, width: number, height: number) {
  let best = { columns: 1, cellWidth: 0, cellHeight: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const cellWidth = even(Math.min(width / columns, (height / rows) * (16 / 9)));
    const cellHeight = even(Math.min((cellWidth * 9) / 16, height / rows));
    // Of two grids with equal cells the wider one: programs are wider than high.
    if (cellWidth >= best.cellWidth) best = { columns, cellWidth, cellHeight };
  }
  return best;
}
