/** What every policy is given and gives back. */
import type { Candidate, Cell, Layout } from './layout.ts';

/** The program that is arranged; sides in pixels, even. */
export interface Stage {
  readonly width: number;
  readonly height: number;
  /** Most tiles, at least 1. */
  readonly maxTiles: number;
  readonly fit: Layout['fit'];
}

/** One tile in its place. Policies give them in drawing order. */
export interface Placed {
  readonly candidate: Candidate;
  readonly cell: Cell;
  /** In a large place. */
  readonly main?: boolean;
  /** Else the layout's own. */
  readonly fit?: Layout['fit'] | undefined;
}

/** Everybody in the cell of the same index; who has none is left out. */
export function placedIn(candidates: readonly Candidate[], cells: readonly Cell[]): readonly Placed[] {
  return candidates.flatMap((candidate, index) => {
    const cell = cells[index];
    return cell ? [{ candidate, cell }] : [];
  });
}

/** The whole program. */
export function wholeOf({ width, height }: Stage): Cell {
  return { x: 0, y: 0, width, height };
}
