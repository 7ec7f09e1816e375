/** Policies with one large tile and a strip of the others beside it: `speaker` and `presentation`. */
import { type Cast, beside, leadOf, quiet } from './cast.ts';
import { evenFloor, isVisible, movedBy } from './geometry.ts';
import { cellsWithin, gridLayout, stackedUnder } from './grid.ts';
import type { Candidate, Cell } from './layout.ts';
import { type Placed, type Stage, placedIn, wholeOf } from './placed.ts';

/** Share of the program that the strip takes. Five 16:9 tiles fill it exactly when the program is 16:9 itself. */
const STRIP = 1 / 5;

/** The pinned one, who speaks or the first large; everybody else in the strip, each in a place of their own. */
export function speaker(cast: Cast, stage: Stage): readonly Placed[] {
  return staged(cast, stage, leadOf, false);
}

/** A screen as large as the strip allows, whatever its shape; without a screen the same as `speaker`. */
export function presentation(cast: Cast, stage: Stage): readonly Placed[] {
  return cast.screens.length > 0 ? staged(cast, stage, ({ screens }) => screens[0], true) : speaker(cast, stage);
}

function staged(
  cast: Cast,
  stage: Stage,
  choose: (cast: Cast) => Candidate | undefined,
  fills: boolean,
): readonly Placed[] {
  const [main, usual] = [choose(cast), choose(quiet(cast))];
  if (!main || !usual) return [];
  const others = Math.min(cast.order.length, stage.maxTiles) - 1;
  const cells = others > 0 ? splitStage(stage, others, fills) : [];
  const large = cells[0] ?? (fills ? wholeOf(stage) : gridLayout(1, stage.width, stage.height)[0]);
  if (!large || !isVisible(large)) return [];
  const strip = cells.slice(1);
  return [{ candidate: main, cell: large, main: true }, ...placedIn(beside(cast, main, usual, strip.length), strip)];
}

/** The large cell, then those of the strip; none when nothing fits beside. */
function splitStage({ width, height }: Stage, others: number, fills: boolean): readonly Cell[] {
  const stripWidth = evenFloor(width * STRIP);
  const left = gridLayout(1, width - stripWidth, height)[0] as Cell;
  const above = gridLayout(1, width, height - evenFloor(height * STRIP))[0] as Cell;
  if (left.width >= above.width) {
    const area = { x: width - stripWidth, y: 0, width: stripWidth, height };
    const strip = cellsWithin(area, others, gridLayout);
    const large = fills ? { x: 0, y: 0, width: width - stripWidth, height } : left;
    return strip.length > 0 ? [large, ...strip] : [];
  }
  return splitBelow(width, height, others, above, fills);
}

/** The strip below, for programs that are less wide than 16:9; the two of them in the middle. */
function splitBelow(width: number, height: number, others: number, above: Cell, fills: boolean): readonly Cell[] {
  const area = { x: 0, y: 0, width, height: height - above.height };
  // Nobody in the strip is more than half as wide as the large one, which would not look large.
  const strip = cellsWithin(area, others, (count, w, h) => gridLayout(count, w, h, evenFloor(above.width / 2)));
  if (strip.length === 0) return [];
  const [large, ...below] = stackedUnder(above, strip, height);
  if (!fills) return [large, ...below];
  const used = below.reduce((bottom, cell) => Math.max(bottom, cell.y + cell.height), 0) - large.y - large.height;
  const screen = { x: 0, y: 0, width, height: height - used };
  return [screen, ...below.map((cell) => movedBy(cell, 0, screen.height - large.y - large.height))];
}
