/** Policies in which tiles are alike: `grid` and `portrait`. */
import { type Cast, foremost } from './cast.ts';
import { isVisible, largestIn, movedBy } from './geometry.ts';
import { cellsWithin, fillLayout, gridLayout, stackedUnder } from './grid.ts';
import type { Candidate, Cell } from './layout.ts';
import { type Placed, type Stage, placedIn, wholeOf } from './placed.ts';

const TALL = 9 / 16;

/** Everybody in cells of one size, 16:9. */
export function grid(cast: Cast, stage: Stage): readonly Placed[] {
  const cells = cellsWithin(wholeOf(stage), Math.min(cast.order.length, stage.maxTiles), gridLayout);
  return placedIn(foremost(cast, cells.length), cells);
}

/**
 * Everybody in the largest 9:16 area in the middle of the program, a shared screen above the others. Whole pictures stand in
 * 16:9 cells; with `cover` the cells take all of the area.
 */
export function portrait(cast: Cast, stage: Stage): readonly Placed[] {
  const area = largestIn(stage.width, stage.height, TALL);
  const layout = stage.fit === 'cover' ? fillLayout : gridLayout;
  const count = Math.min(cast.order.length, stage.maxTiles);
  const screen = cast.screens[0];
  if (!screen) {
    const cells = cellsWithin(area, count, layout);
    return placedIn(foremost(cast, cells.length), cells);
  }
  const band = gridLayout(1, area.width, area.height)[0] as Cell;
  const below = { x: 0, y: 0, width: area.width, height: area.height - band.height };
  const stacked = stackedUnder(band, cellsWithin(below, count - 1, layout), area.height);
  const [top, ...cells] = stacked.map((cell) => movedBy(cell, area.x, area.y));
  if (!top || !isVisible(top)) return [];
  const others = foremost(without(cast, screen), cells.length);
  return [{ candidate: screen, cell: top, main: true }, ...placedIn(others, cells)];
}

function without(cast: Cast, gone: Candidate): Cast {
  const order = cast.order.filter((candidate) => candidate !== gone);
  return { ...cast, order, speaker: cast.speaker === gone ? undefined : cast.speaker };
}
