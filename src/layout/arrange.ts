/** Applies a layout: who stands where. Pure, so that the mixer and a page's preview draw the same. */
import { type Cast, castOf } from './cast.ts';
import { custom } from './custom.ts';
import { pictureInPicture, sideBySide, single } from './featured.ts';
import { evenFloor } from './geometry.ts';
import type { Arrangement, Cell, Layout, LayoutInput, LayoutPolicy, Region } from './layout.ts';
import { type Placed, type Stage, wholeOf } from './placed.ts';
import { presentation, speaker } from './staged.ts';
import { grid, portrait } from './tiled.ts';

/**
 * The regions of everybody who is shown: even, inside the program, at least 16x16, nobody in two of them. Only those of
 * `picture-in-picture` and `custom` may overlap.
 */
export function arrange(layout: Layout, input: LayoutInput): Arrangement {
  const cast = castOf(layout, input);
  const policy = policyFor(layout, cast);
  const stage: Stage = {
    width: evenFloor(input.width),
    height: evenFloor(input.height),
    maxTiles: layout.maxTiles,
    fit: layout.fit,
  };
  const placed = place(policy, cast, stage, layout);
  const regions = placed.map((one) => regionOf(one, layout.fit));
  const main = placed.filter((one) => one.main === true).map(({ candidate }) => candidate.key);
  const count = cast.order.length - regions.length;
  if (count === 0 || !layout.more) return { policy, regions, main };
  return { policy, regions, main, more: { count, cell: badgeOn(regions.at(-1) ?? wholeOf(stage), stage) } };
}

/** The first rule whose conditions all hold, else the layout's own policy. */
function policyFor({ rules, policy }: Layout, { order, screens }: Cast): LayoutPolicy {
  const rule = rules.find(
    ({ screen, minTiles = 0, maxTiles = Infinity }) =>
      (screen === undefined || screen === screens.length > 0) && order.length >= minTiles && order.length <= maxTiles,
  );
  return rule?.policy ?? policy;
}

function place(policy: LayoutPolicy, cast: Cast, stage: Stage, { regions }: Layout): readonly Placed[] {
  switch (policy) {
    case 'grid':
      return grid(cast, stage);
    case 'speaker':
      return speaker(cast, stage);
    case 'presentation':
      return presentation(cast, stage);
    case 'single':
      return single(cast, stage);
    case 'side-by-side':
      return sideBySide(cast, stage);
    case 'picture-in-picture':
      return pictureInPicture(cast, stage);
    case 'portrait':
      return portrait(cast, stage);
    case 'custom':
      return custom(cast, stage, regions);
  }
}

/** A screen is never cut unless its region says so: what stands at its edges is meant to be read. */
function regionOf({ candidate, cell, fit }: Placed, common: Layout['fit']): Region {
  return { ...cell, key: candidate.key, fit: fit ?? (candidate.source === 'screen' ? 'contain' : common) };
}

/** "+7 more" in the upper left corner of a tile, over at most a third of it: names stand at its lower edge. */
function badgeOn(tile: Cell, stage: Stage): Cell {
  const readable = Math.max(14, Math.min(stage.width, stage.height) / 22);
  const height = evenFloor(Math.min(tile.height / 3, readable));
  return { x: tile.x, y: tile.y, width: Math.min(tile.width, 4 * height), height };
}
