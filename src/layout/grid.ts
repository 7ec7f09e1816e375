/** Where equal tiles stand in an area: pure arithmetic. */
import { evenFloor, isVisible, movedBy } from './geometry.ts';
import { type Cell, MAX_TILES } from './layout.ts';

const WIDE = 16 / 9;

interface Shape {
  readonly columns: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

/**
 * The cells of `count` tiles (0–25) in a canvas: 16:9 cells of one size, as large as they fit, filled row by row, the last
 * row centred, the whole centred vertically. `widest` keeps them narrower than they could be, pixels.
 */
export function gridLayout(count: number, width: number, height: number, widest = width): readonly Cell[] {
  const shown = Math.min(count, MAX_TILES);
  return rowByRow(shown, bestGrid(shown, width, height, widest), width, height);
}

/** As `gridLayout`, with cells that take all of the canvas and are as square as that allows. */
export function fillLayout(count: number, width: number, height: number): readonly Cell[] {
  const shown = Math.min(count, MAX_TILES);
  return rowByRow(shown, squarestGrid(shown, width, height), width, height);
}

/**
 * Cells for up to `count` tiles within an area: as many as remain large enough to be seen.
 * @param layout places a number of tiles in a width and height.
 */
export function cellsWithin(area: Cell, count: number, layout: typeof gridLayout): readonly Cell[] {
  for (let shown = Math.min(count, MAX_TILES); shown > 0; shown -= 1) {
    const cells = layout(shown, area.width, area.height);
    if (cells.every(isVisible)) return cells.map((cell) => movedBy(cell, area.x, area.y));
  }
  return [];
}

/** A cell at the top and others, which are placed below each other, moved under it; all of them in the middle of `height`. */
export function stackedUnder(above: Cell, cells: readonly Cell[], height: number): readonly [Cell, ...Cell[]] {
  const [first, last] = [cells[0], cells.at(-1)];
  const used = first && last ? last.y + last.height - first.y : 0;
  const top = { ...above, y: evenFloor((height - above.height - used) / 2) };
  const down = top.y + top.height - (first?.y ?? 0);
  return [top, ...cells.map((cell) => movedBy(cell, 0, down))];
}

function rowByRow(count: number, shape: Shape, width: number, height: number): readonly Cell[] {
  const { columns, cellWidth, cellHeight } = shape;
  const rows = Math.ceil(count / columns);
  const top = evenFloor((height - rows * cellHeight) / 2);
  const cells: Cell[] = [];
  for (let index = 0; index < count; index += 1) {
    const row = Math.floor(index / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    const left = evenFloor((width - inRow * cellWidth) / 2);
    cells.push({
      x: left + (index - row * columns) * cellWidth,
      y: top + row * cellHeight,
      width: cellWidth,
      height: cellHeight,
    });
  }
  return cells;
}

function bestGrid(count: number, width: number, height: number, widest: number): Shape {
  let best = { columns: 1, cellWidth: 0, cellHeight: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const cellWidth = evenFloor(Math.min(widest, width / columns, (height / rows) * WIDE));
    const cellHeight = evenFloor(Math.min(cellWidth / WIDE, height / rows));
    // The wider one of two grids with equal cells: programs are wider than high.
    if (cellWidth >= best.cellWidth) best = { columns, cellWidth, cellHeight };
  }
  return best;
}

function squarestGrid(count: number, width: number, height: number): Shape {
  let best = { columns: 1, cellWidth: 0, cellHeight: 0 };
  let leastOblong = Infinity;
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const cellWidth = evenFloor(width / columns);
    const cellHeight = evenFloor(height / rows);
    const oblong = Math.abs(Math.log(cellWidth / cellHeight));
    if (oblong < leastOblong) {
      best = { columns, cellWidth, cellHeight };
      leastOblong = oblong;
    }
  }
  return best;
}
