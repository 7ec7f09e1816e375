/** Policies that show a chosen few: `single`, `side-by-side` and `picture-in-picture`. */
import { type Cast, beside, leadOf, quiet } from './cast.ts';
import { evenFloor, isVisible } from './geometry.ts';
import { cellsWithin, gridLayout } from './grid.ts';
import type { Candidate, Cell } from './layout.ts';
import { type Placed, type Stage, placedIn, wholeOf } from './placed.ts';

/** Most small pictures on top of the large one. */
const MAX_SMALL = 3;
/**
 * Shares of the program's width, or of the width that its height allows at 16:9 where that is less: so many small pictures
 * and their margins always have room above each other.
 */
const SMALL_WIDTH = 1 / 4;
const SMALL_MARGIN = 1 / 64;

/** One tile takes the whole program: the pinned one, a screen, who speaks or the first. */
export function single(cast: Cast, stage: Stage): readonly Placed[] {
  const candidate = featuredOf(cast);
  const cell = wholeOf(stage);
  return candidate && isVisible(cell) ? [{ candidate, cell, main: true }] : [];
}

/**
 * Two equal tiles. The second place is for whoever speaks and is not in the first. Whole pictures stand in 16:9 cells;
 * with `cover` the cells are halves of the program.
 */
export function sideBySide(cast: Cast, stage: Stage): readonly Placed[] {
  const pair = pairOf(cast).slice(0, stage.maxTiles);
  const cells = cellsWithin(wholeOf(stage), pair.length, stage.fit === 'cover' ? halves : gridLayout);
  return placedIn(pair, cells).map((placed) => ({ ...placed, main: true }));
}

/** One tile takes the whole program; up to three of the others stand on top, from the lower right corner upwards. */
export function pictureInPicture(cast: Cast, stage: Stage): readonly Placed[] {
  const full = single(cast, stage);
  const [main, usual] = [full[0]?.candidate, featuredOf(quiet(cast))];
  if (!main || !usual) return [];
  const cells = cornerCells(stage, Math.min(cast.order.length, stage.maxTiles) - 1);
  return [...full, ...placedIn(beside(cast, main, usual, cells.length), cells)];
}

function featuredOf(cast: Cast): Candidate | undefined {
  return cast.pinned.size > 0 ? cast.order[0] : (cast.screens[0] ?? leadOf(cast));
}

/** A speaker moves nobody: the first place does not depend on them. */
function pairOf({ order, pinned, screens, speaker }: Cast): readonly Candidate[] {
  const promised = [...new Set([...pinned, ...screens.slice(0, 1)])];
  const first = promised[0] ?? order[0];
  const second = [promised[1], speaker, ...order].find((candidate) => candidate && candidate !== first);
  return [first, second].filter((candidate) => candidate !== undefined);
}

function halves(count: number, width: number, height: number): readonly Cell[] {
  if (count < 2) return [{ x: 0, y: 0, width, height }];
  const [w, h] = width >= height ? [evenFloor(width / 2), height] : [width, evenFloor(height / 2)];
  return [
    { x: 0, y: 0, width: w, height: h },
    { x: width - w, y: height - h, width: w, height: h },
  ];
}

function cornerCells({ width: canvasWidth, height: canvasHeight }: Stage, wanted: number): readonly Cell[] {
  const scale = Math.min(canvasWidth, (canvasHeight * 16) / 9);
  const width = evenFloor(scale * SMALL_WIDTH);
  const height = evenFloor((width * 9) / 16);
  const margin = evenFloor(scale * SMALL_MARGIN);
  const cells: Cell[] = [];
  for (let index = 0; index < Math.min(wanted, MAX_SMALL); index += 1) {
    const y = canvasHeight - (index + 1) * (height + margin);
    cells.push({ x: canvasWidth - width - margin, y, width, height });
  }
  return cells.filter(isVisible);
}
