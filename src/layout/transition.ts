/** Tiles on their way from one arrangement to the next: arithmetic that is done for every frame of a change. */
import { evenFloor, isVisible } from './geometry.ts';
import type { Arrangement, Cell, Region } from './layout.ts';

/**
 * Where everybody is when `progress` (0 to 1) of the way from one arrangement to the next is done. Those who stay move and
 * change their size, newcomers grow in the middle of their places, and those who go shrink in theirs beneath everybody else.
 * Exactly `from` at 0 and `to` at 1. A result may be the `from` of another change, so nothing jumps when one interrupts another.
 */
export function between(from: Arrangement, to: Arrangement, progress: number): Arrangement {
  if (progress <= 0) return from;
  if (progress >= 1) return to;
  const share = eased(progress);
  const before = new Map(from.regions.map((region) => [region.key, region]));
  const arriving: Region[] = [];
  for (const region of to.regions) {
    const start = before.get(region.key);
    before.delete(region.key);
    add(arriving, region, start ? mixed(start, region, share) : scaled(region, share));
  }
  const regions: Region[] = [];
  // What is left of them goes, in the order in which it was drawn.
  for (const region of before.values()) add(regions, region, scaled(region, 1 - share));
  for (const region of arriving) regions.push(region);
  return { ...to, regions };
}

/** The same with other names: somebody's camera and the avatar that takes its place are one tile on its way. */
export function renamed(arrangement: Arrangement, names: ReadonlyMap<string, string>): Arrangement {
  if (names.size === 0) return arrangement;
  const regions = arrangement.regions.map((region) => ({ ...region, key: names.get(region.key) ?? region.key }));
  return { ...arrangement, regions };
}

function add(regions: Region[], { key, fit }: Region, cell: Cell): void {
  if (isVisible(cell)) regions.push({ ...cell, key, fit });
}

/** Fast at first, so that something is seen at once, and gentle at the end. */
function eased(progress: number): number {
  return 1 - (1 - progress) ** 3;
}

// Rounded down and never up: of two cells inside the program everything between them is inside, too.
function mixed(from: Cell, to: Cell, share: number): Cell {
  const at = (a: number, b: number): number => evenFloor(a + (b - a) * share);
  return {
    x: at(from.x, to.x),
    y: at(from.y, to.y),
    width: at(from.width, to.width),
    height: at(from.height, to.height),
  };
}

function scaled({ x, y, width, height }: Cell, share: number): Cell {
  const cell = { width: evenFloor(width * share), height: evenFloor(height * share) };
  return { x: x + evenFloor((width - cell.width) / 2), y: y + evenFloor((height - cell.height) / 2), ...cell };
}
