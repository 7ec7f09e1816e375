/** Applies a layout: who stands where. Pure, so that the mixer and a page's preview draw the same. */
import { gridLayout } from './grid.ts';
import type { Arrangement, Cell, Layout, LayoutInput } from './layout.ts';

/** The regions of everybody who is shown. */
export function arrange(layout: Layout, input: LayoutInput): Arrangement {
  const hidden = new Set(layout.hidden);
  const shown = input.candidates.filter(({ key, participant }) => !hidden.has(key) && !hidden.has(participant));
  const placed = shown.slice(0, layout.maxTiles);
  const cells = gridLayout(placed.length, input.width, input.height);
  const regions = placed.map(({ key }, index) => ({ ...(cells[index] as Cell), key, fit: layout.fit }));
  return { policy: 'grid', regions };
}
