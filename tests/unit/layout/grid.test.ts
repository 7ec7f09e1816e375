import { describe, expect, it } from 'vitest';
import { gridLayout } from '../../../src/layout/grid.ts';
import { type Cell, MAX_TILES } from '../../../src/layout/layout.ts';

const CANVASES = [
  [1280, 720],
  [1920, 1080],
  [640, 360],
  [320, 180],
  [320, 1088],
  [720, 720],
] as const;
const COUNTS = Array.from({ length: MAX_TILES }, (_, index) => index + 1);

function overlap(a: Cell, b: Cell): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function rowsOf(cells: readonly Cell[]): Cell[][] {
  const rows = new Map<number, Cell[]>();
  for (const cell of cells) rows.set(cell.y, [...(rows.get(cell.y) ?? []), cell]);
  return [...rows.values()];
}

describe.each(CANVASES)('a grid in %i x %i', (width, height) => {
  it.each(COUNTS)('of %i tiles has even cells of one size, inside, apart and in reading order', (count) => {
    const cells = gridLayout(count, width, height);
    expect(cells).toHaveLength(count);
    for (const [index, cell] of cells.entries()) {
      expect([cell.x, cell.y, cell.width, cell.height].every((value) => value >= 0 && value % 2 === 0)).toBe(true);
      expect([cell.width, cell.height]).toEqual([cells[0]?.width, cells[0]?.height]);
      expect(Math.min(cell.width, cell.height)).toBeGreaterThan(0);
      expect(cell.x + cell.width).toBeLessThanOrEqual(width);
      expect(cell.y + cell.height).toBeLessThanOrEqual(height);
      const after = cells.slice(index + 1);
      expect(after.some((other) => overlap(cell, other))).toBe(false);
      expect(after.every((other) => other.y > cell.y || (other.y === cell.y && other.x > cell.x))).toBe(true);
    }
  });

  it.each(COUNTS)('of %i tiles has 16:9 cells, as near as even numbers allow', (count) => {
    for (const cell of gridLayout(count, width, height)) {
      expect(Math.abs(cell.width * 9 - cell.height * 16)).toBeLessThanOrEqual(2 * 16 + 2 * 9);
    }
  });

  it.each(COUNTS)('of %i tiles is centred, its last row too', (count) => {
    const rows = rowsOf(gridLayout(count, width, height));
    for (const row of rows) {
      const [first, last] = [row[0] as Cell, row.at(-1) as Cell];
      const right = width - (last.x + last.width);
      expect(Math.abs(first.x - right)).toBeLessThanOrEqual(2);
    }
    const [top, bottom] = [rows[0]?.[0] as Cell, rows.at(-1)?.[0] as Cell];
    expect(Math.abs(top.y - (height - bottom.y - bottom.height))).toBeLessThanOrEqual(2);
  });

  it.each(COUNTS)('of %i tiles wastes no row, and no other number of columns gives larger cells', (count) => {
    const cells = gridLayout(count, width, height);
    const rows = rowsOf(cells);
    const columns = Math.max(...rows.map((row) => row.length));
    expect(rows).toHaveLength(Math.ceil(count / columns));
    for (const other of COUNTS.filter((columns) => columns <= count)) {
      const possible = Math.min(width / other, ((height / Math.ceil(count / other)) * 16) / 9);
      expect(cells[0]?.width).toBeGreaterThanOrEqual(Math.floor(possible / 2) * 2);
    }
  });
});

describe('gridLayout', () => {
  it('gives one tile the whole of a 16:9 program', () => {
    expect(gridLayout(1, 1280, 720)).toEqual([{ x: 0, y: 0, width: 1280, height: 720 }]);
  });

  it('places two tiles side by side, not one above the other', () => {
    expect(gridLayout(2, 1280, 720)).toEqual([
      { x: 0, y: 180, width: 640, height: 360 },
      { x: 640, y: 180, width: 640, height: 360 },
    ]);
  });

  it('places three tiles as two above one', () => {
    expect(gridLayout(3, 1280, 720)).toEqual([
      { x: 0, y: 0, width: 640, height: 360 },
      { x: 640, y: 0, width: 640, height: 360 },
      { x: 320, y: 360, width: 640, height: 360 },
    ]);
  });

  it('has no cells for nobody', () => {
    expect(gridLayout(0, 1280, 720)).toEqual([]);
    expect(gridLayout(-1, 1280, 720)).toEqual([]);
  });

  it.each([26, 27, 1000])('shows twenty-five of %i tiles', (count) => {
    expect(gridLayout(count, 1280, 720)).toEqual(gridLayout(25, 1280, 720));
  });
});
