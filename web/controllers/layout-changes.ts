/** What a host does to a layout, as pure steps from one layout to the next. */
import type { CustomRegion, Layout, LayoutPolicy, LayoutRule } from '../../src/layout/layout.ts';
import type { Preview } from './program-preview.ts';
import type { TileRow } from './tile-rows.ts';

/** In these the largest place is the speaker's. */
const SPEAKER_LED: readonly LayoutPolicy[] = ['speaker', 'single', 'picture-in-picture'];

/** Names what a row stands for in a layout's lists. */
type Named = Pick<TileRow, 'key' | 'participant' | 'handle'>;

/** Whether a list names this tile, or everything of its participant. */
export function isListed(list: readonly string[], { key, participant }: Named): boolean {
  return list.includes(key) || list.includes(participant);
}

/** Pins a tile behind those that are pinned already, or frees it. Who is pinned is not hidden. */
export function togglePinned(layout: Layout, row: Named): Layout {
  if (isListed(layout.pinned, row)) return { ...layout, pinned: without(layout.pinned, row) };
  return { ...layout, pinned: [...layout.pinned, row.handle], hidden: without(layout.hidden, row) };
}

/** Puts somebody into the large place for everybody; whoever stands there alone goes back among the others. */
export function spotlight(layout: Layout, row: Named): Layout {
  if (isSpotlit(layout, row)) return { ...layout, policy: 'grid', pinned: [] };
  return { ...layout, policy: 'speaker', pinned: [row.handle], hidden: without(layout.hidden, row) };
}

/** Whether somebody is alone in the large place. */
export function isSpotlit({ policy, pinned }: Layout, row: Named): boolean {
  return policy === 'speaker' && pinned.length === 1 && isListed(pinned, row);
}

/** Hides a tile, or shows it again. Who is hidden is not pinned. */
export function toggleHidden(layout: Layout, row: Named): Layout {
  if (isListed(layout.hidden, row)) return { ...layout, hidden: without(layout.hidden, row) };
  return { ...layout, hidden: [...layout.hidden, row.handle], pinned: without(layout.pinned, row) };
}

/** Guests never come back under the same name: of those who are not here no more are kept, or the list would fill up. */
const MAX_ABSENT = 100;

/** Puts the row at `from` to the place `to`; who is named but not here keeps a place behind. */
export function moveRow(layout: Layout, rows: readonly Named[], from: number, to: number): Layout {
  const moved = rows[from];
  if (!moved || to < 0 || to >= rows.length || from === to) return layout;
  const handles = rows.map(({ handle }) => handle);
  handles.splice(from, 1);
  handles.splice(to, 0, moved.handle);
  const absent = layout.order.filter((name) => !rows.some((row) => row.key === name || row.participant === name));
  return { ...layout, order: [...handles, ...absent.slice(0, MAX_ABSENT)] };
}

/** Rows as the layout orders them: first those it names, then the others as they joined. */
export function orderRows<R extends Named>(rows: readonly R[], order: readonly string[]): readonly R[] {
  const rank = ({ key, participant }: Named): number => {
    const places = [order.indexOf(key), order.indexOf(participant)].filter((place) => place >= 0);
    return places.length > 0 ? Math.min(...places) : Number.POSITIVE_INFINITY;
  };
  const ranked = rows.map((row, joined) => ({ row, joined, rank: rank(row) }));
  ranked.sort((a, b) => (a.rank === b.rank ? a.joined - b.joined : a.rank - b.rank));
  return ranked.map(({ row }) => row);
}

const SCREEN_RULE: LayoutRule = { screen: true, policy: 'presentation' };

function isScreenRule(rule: LayoutRule): boolean {
  return (
    rule.screen === true && rule.policy === 'presentation' && rule.minTiles === undefined && rule.maxTiles === undefined
  );
}

/** Whether a shared screen turns the picture into a presentation. */
export function screenTakesOver(layout: Layout): boolean {
  return layout.rules.some(isScreenRule);
}

/** Sets or lifts that rule; others, which only the API makes, stay. */
export function setScreenTakesOver(layout: Layout, on: boolean): Layout {
  const others = layout.rules.filter((rule) => !isScreenRule(rule));
  return { ...layout, rules: on ? [SCREEN_RULE, ...others] : others };
}

/** How many rules there are that this page does not show. */
export function otherRules(layout: Layout): number {
  return layout.rules.filter((rule) => !isScreenRule(rule)).length;
}

/** A program to begin a custom layout with: its places, in thousandths, with the part that each tile plays there. */
export function regionsOf({ policy, tiles, width, height }: Preview): CustomRegion[] {
  const largest = [...tiles].sort((a, b) => b.width * b.height - a.width * a.height)[0];
  const screen = tiles.find(({ row }) => row.source === 'screen');
  return tiles.map((tile) => {
    const [x, w] = span(tile.x, tile.width, width);
    const [y, h] = span(tile.y, tile.height, height);
    const led = SPEAKER_LED.includes(policy) && tile === largest;
    const show = tile === screen ? '@screen' : led ? '@speaker' : undefined;
    // Where places overlap, later ones cover earlier ones by themselves.
    return { x, y, width: w, height: h, z: 0, ...(show === undefined ? {} : { show }), fit: tile.fit };
  });
}

/** A new region that hides nothing that matters: a quarter in the lower right corner, above the others. */
export function newRegion(regions: readonly CustomRegion[]): CustomRegion {
  const top = Math.max(0, ...regions.map(({ z }) => z + 1));
  return { x: 0.7, y: 0.7, width: 0.25, height: 0.25, z: Math.min(top, 25) };
}

function without(list: readonly string[], { key, participant }: Named): string[] {
  return list.filter((name) => name !== key && name !== participant);
}

function span(start: number, length: number, whole: number): [number, number] {
  const from = Math.round((start / whole) * 1000) / 1000;
  const to = Math.round(((start + length) / whole) * 1000) / 1000;
  return [from, Math.round((to - from) * 1000) / 1000];
}
