/** What the program would look like, from the very function that arranges it. */
import { arrange } from '../../src/layout/arrange.ts';
import type { Candidate, Cell, Layout, LayoutPolicy, Region } from '../../src/layout/layout.ts';
import type { Words } from '../i18n/words.ts';
import type { Speaking } from './room-facts.ts';
import type { TileRow } from './tile-rows.ts';

/** Pixels of the program. */
export interface ProgramSize {
  readonly width: number;
  readonly height: number;
}

/** One tile where it would stand. */
export interface PreviewTile extends Region {
  readonly row: TileRow;
  /** Is heard. */
  readonly speaking: boolean;
  /** Holds the floor. */
  readonly floor: boolean;
  /** Place in the roster, for a colour of their own. */
  readonly index: number;
}

/** The whole. */
export interface Preview extends ProgramSize {
  /** In force: a rule's or the layout's own. */
  readonly policy: LayoutPolicy;
  /** In drawing order. */
  readonly tiles: readonly PreviewTile[];
  readonly more: { readonly count: number; readonly cell: Cell } | undefined;
}

/** Applies a layout to those who are here. */
export function previewOf(
  layout: Layout,
  people: { readonly rows: readonly TileRow[]; readonly speaking: Speaking },
  program: ProgramSize,
): Preview {
  const { rows, speaking } = people;
  const { policy, regions, more } = arrange(layout, { candidates: rows, speaker: speaking.speaker, ...program });
  const byKey = new Map(rows.map((row, index) => [row.key, { row, index }]));
  const tiles = regions.flatMap((region) => {
    const found = byKey.get(region.key);
    if (!found) return [];
    const { participant } = found.row;
    return [
      {
        ...region,
        ...found,
        speaking: speaking.participants.has(participant),
        floor: speaking.speaker === participant,
      },
    ];
  });
  return { ...program, policy, tiles, more };
}

/** A tile of a thumbnail; `ghost`: nobody stands there yet. */
export interface ThumbTile extends Region {
  readonly ghost: boolean;
}

/** So many tiles tell the policies apart. */
const ENOUGH = 4;

/** How a policy would arrange those who are here; with too few people to tell it from others, it is shown with more. */
export function thumbnailOf(
  policy: LayoutPolicy,
  layout: Layout,
  people: { readonly rows: readonly Candidate[]; readonly speaker: string | undefined },
  program: ProgramSize,
): readonly ThumbTile[] {
  const plain: Layout = { ...layout, policy, rules: [] };
  const ghosts: Candidate[] = [];
  if (policy === 'presentation' && !people.rows.some(({ source }) => source === 'screen')) {
    ghosts.push({ key: 'ghost/0', participant: 'ghost', source: 'screen' });
  }
  for (let index = ghosts.length; index + people.rows.length < ENOUGH; index += 1) {
    ghosts.push({ key: `ghost${index}`, participant: `ghost${index}`, source: 'camera' });
  }
  const { regions } = arrange(plain, {
    candidates: [...people.rows, ...ghosts],
    speaker: people.speaker,
    ...program,
  });
  return regions.map((region) => ({ ...region, ghost: ghosts.some(({ key }) => key === region.key) }));
}

/** The preview in words, for those who do not see it. */
export function describePreview({ policy, tiles, more }: Preview, words: Words): string {
  const name = words.say(`policy.${policy}`);
  if (tiles.length === 0) return words.say('preview.none', { policy: name });
  const largest = [...tiles].sort((a, b) => b.width * b.height - a.width * a.height);
  const people = largest
    .map(({ row, floor }) => (floor ? words.say('preview.speaks', { name: row.name }) : row.name))
    .join(', ');
  if (!more) return words.say('preview.list', { policy: name, people });
  return words.say('preview.listMore', { policy: name, people, number: more.count });
}
