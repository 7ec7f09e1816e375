/** Layouts and sizes by chance: the same ones for the same random numbers. Pure. */
import { LAYOUT_POLICIES, type CustomRegion, type Layout, layoutSchema } from '../../src/layout/layout.ts';
import type { Size } from './pattern.ts';

/** From 0 (included) to 1. */
export type Random = () => number;

const SIZES: readonly Size[] = [
  { width: 160, height: 90 },
  { width: 320, height: 180 },
  { width: 160, height: 120 },
  { width: 90, height: 160 },
  { width: 128, height: 128 },
  { width: 640, height: 360 },
  { width: 64, height: 36 },
];
const MOST_REGIONS = 6;

/** One of them. @throws RangeError when there is none. */
export function oneOf<T>(random: Random, items: readonly T[]): T {
  if (items.length === 0) throw new RangeError('There is nothing to choose from');
  return items[Math.floor(random() * items.length)] as T;
}

/** Each of them with this chance, in another order. */
export function someOf<T>(random: Random, items: readonly T[], chance: number): T[] {
  const keyed = items.filter(() => random() < chance).map((item) => ({ item, at: random() }));
  return keyed.sort((a, b) => a.at - b.at).map(({ item }) => item);
}

/** A size that cameras and telephones send, or a little unusual. */
export function randomSize(random: Random): Size {
  return oneOf(random, SIZES);
}

/** A layout for these people and tracks (`ID`, `ID/NUMBER`). */
export function randomLayout(random: Random, names: readonly string[]): Layout {
  const policy = oneOf(random, LAYOUT_POLICIES);
  return layoutSchema.parse({
    policy,
    fit: oneOf(random, ['contain', 'cover']),
    transition: oneOf(random, ['animate', 'cut']),
    maxTiles: random() < 0.3 ? 1 + Math.floor(random() * 6) : undefined,
    more: random() < 0.7,
    pinned: someOf(random, names, 0.15),
    hidden: someOf(random, names, 0.1),
    order: someOf(random, names, 0.3),
    ...(random() < 0.6 && { rules: [] }),
    ...(policy === 'custom' && {
      regions: Array.from({ length: 1 + Math.floor(random() * MOST_REGIONS) }, () => randomRegion(random, names)),
    }),
  });
}

function randomRegion(random: Random, names: readonly string[]): Partial<CustomRegion> {
  const side = (): number => Math.round((0.2 + random() * 0.8) * 100) / 100;
  const [width, height] = [side(), side()];
  const show = oneOf(random, [undefined, undefined, '@speaker', '@screen', ...names]);
  const fit = oneOf(random, [undefined, 'contain', 'cover'] as const);
  return {
    x: Math.floor(random() * (1 - width) * 100) / 100,
    y: Math.floor(random() * (1 - height) * 100) / 100,
    width,
    height,
    z: Math.floor(random() * 4),
    ...(show !== undefined && { show }),
    ...(fit !== undefined && { fit }),
  };
}
