/** The policy `custom`: regions in ratios of the program, as the layout lists them. */
import { type Cast, beside, tilesOf } from './cast.ts';
import { evenRound, isVisible } from './geometry.ts';
import type { Candidate, Cell, CustomRegion } from './layout.ts';
import type { Placed, Stage } from './placed.ts';

/**
 * Fills the regions: first those that name somebody, then `@screen`, then `@speaker`, then the others in order. Nobody stands
 * in two of them; whoever is named twice takes the first one, and the second one stays empty.
 */
export function custom(cast: Cast, stage: Stage, regions: readonly CustomRegion[]): readonly Placed[] {
  const drawn = regions
    .map((region) => ({ region, cell: cellOf(region, stage) }))
    .filter(({ cell }) => isVisible(cell))
    .slice(0, stage.maxTiles);
  const who = castRegions(
    cast,
    drawn.map(({ region }) => region),
  );
  const largest = Math.max(...drawn.map(({ cell }) => cell.width * cell.height));
  const placed = drawn.flatMap(({ region, cell }) => {
    const candidate = who.get(region);
    const main = cell.width * cell.height === largest;
    return candidate ? [{ candidate, cell, main, fit: region.fit, z: region.z }] : [];
  });
  // Sorting keeps the order of those with the same z.
  return placed.sort((a, b) => a.z - b.z);
}

/** Edges are rounded, not sizes, so that regions that meet still meet. */
function cellOf(region: CustomRegion, { width, height }: Stage): Cell {
  const [left, top] = [evenRound(region.x * width), evenRound(region.y * height)];
  const right = Math.min(width, evenRound((region.x + region.width) * width));
  const bottom = Math.min(height, evenRound((region.y + region.height) * height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function castRegions(cast: Cast, regions: readonly CustomRegion[]): ReadonlyMap<CustomRegion, Candidate> {
  const who = new Map<CustomRegion, Candidate>();
  const left = new Set(cast.order);
  const give = (region: CustomRegion, candidate: Candidate | undefined): void => {
    if (!candidate) return;
    who.set(region, candidate);
    left.delete(candidate);
  };
  const wanting = (show: string | undefined): readonly CustomRegion[] =>
    regions.filter((region) => region.show === show);
  for (const region of regions) {
    const { show } = region;
    if (show?.startsWith('@') === false) give(region, tilesOf([...left], show)[0]);
  }
  for (const region of wanting('@screen'))
    give(
      region,
      cast.screens.find((screen) => left.has(screen)),
    );
  const [forSpeaker, ...spare] = wanting('@speaker');
  const free = [...spare, ...wanting(undefined)];
  const others: Cast = {
    ...cast,
    order: [...left],
    speaker: cast.speaker && left.has(cast.speaker) ? cast.speaker : undefined,
  };
  const usual = others.order[0];
  const lead = others.speaker ?? usual;
  if (forSpeaker) give(forSpeaker, lead);
  const line = forSpeaker && lead && usual ? beside(others, lead, usual, free.length) : others.order;
  for (const [index, region] of free.entries()) give(region, line[index]);
  return who;
}
