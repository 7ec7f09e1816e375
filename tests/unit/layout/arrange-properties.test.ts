import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrange } from '../../../src/layout/arrange.ts';
import {
  type Arrangement,
  type Candidate,
  LAYOUT_POLICIES,
  type Layout,
  type LayoutInput,
  layoutSchema,
} from '../../../src/layout/layout.ts';
import { overlap } from './people.ts';

const SOURCES = ['camera', 'camera', 'screen', 'file'] as const;
const RUNS = { numRuns: 1000 };

/** Nobody to forty people, each without a track or with up to three. */
const candidates = fc.array(fc.array(fc.constantFrom(...SOURCES), { maxLength: 3 }), { maxLength: 40 }).map((all) =>
  all.flatMap((tracks, person): Candidate[] => {
    const participant = `p${person}`;
    if (tracks.length === 0) return [{ key: participant, participant, source: 'none' }];
    return tracks.map((source, number) => ({ key: `${participant}/${number}`, participant, source }));
  }),
);

const name = fc
  .tuple(fc.nat(42), fc.option(fc.nat(3)))
  .map(([person, number]) => (number === null ? `p${person}` : `p${person}/${number}`));
const names = fc.array(name, { maxLength: 5 });
const ratio = fc.integer({ min: 0, max: 100 });
const region = fc
  .record({ left: ratio, top: ratio, width: ratio, height: ratio, z: fc.nat(25) })
  .map(({ left, top, width, height, z }) => ({
    x: left / 101,
    y: top / 101,
    width: ((width + 1) / 101) * (1 - left / 101),
    height: ((height + 1) / 101) * (1 - top / 101),
    z,
  }));
const customRegion = fc
  .tuple(region, fc.option(fc.oneof(name, fc.constantFrom('@speaker', '@screen')), { nil: undefined }))
  .map(([cell, show]) => ({ ...cell, show }));

const policy = fc.constantFrom(...LAYOUT_POLICIES);
const layouts = fc
  .record({
    policy,
    fit: fc.constantFrom('contain', 'cover'),
    maxTiles: fc.integer({ min: 1, max: 25 }),
    pinned: names,
    hidden: names,
    order: names,
    rules: fc.array(fc.record({ screen: fc.boolean(), minTiles: fc.nat(30), policy }), { maxLength: 2 }),
    regions: fc.array(customRegion, { minLength: 1, maxLength: 25 }),
  })
  .map((layout) => layoutSchema.parse(layout));
const side = (max: number): fc.Arbitrary<number> => fc.integer({ min: 32, max: max / 2 }).map((half) => half * 2);
const canvas = fc.oneof(
  fc.constantFrom([1280, 720], [320, 180], [720, 1280], [1920, 1080], [720, 720]),
  fc.tuple(side(1920), side(1920)),
);
const speaker = fc.option(
  fc.nat(42).map((person) => `p${person}`),
  { nil: undefined },
);
const inputs = fc
  .record({ candidates, speaker, canvas })
  .map(({ canvas: [width = 0, height = 0], ...input }): LayoutInput => ({ ...input, width, height }));

function visible({ hidden }: Layout, input: LayoutInput): readonly Candidate[] {
  return input.candidates.filter(({ key, participant }) => !hidden.includes(key) && !hidden.includes(participant));
}

/** Checks one promise for any layout and any people. */
function always(promise: (arrangement: Arrangement, layout: Layout, input: LayoutInput) => void): void {
  fc.assert(
    fc.property(layouts, inputs, (layout, input) => promise(arrange(layout, input), layout, input)),
    RUNS,
  );
}

describe('any layout', () => {
  it('has even cells of at least 16x16 inside the program', () => {
    always(({ regions, more }, _, { width, height }) => {
      for (const cell of [...regions, ...(more ? [more.cell] : [])]) {
        expect([cell.x, cell.y, cell.width, cell.height].filter((value) => value < 0 || value % 2 !== 0)).toEqual([]);
        expect(cell.x + cell.width).toBeLessThanOrEqual(width);
        expect(cell.y + cell.height).toBeLessThanOrEqual(height);
      }
      expect(regions.filter((cell) => cell.width < 16 || cell.height < 16)).toEqual([]);
    });
  });

  it('shows nobody twice, nobody who is hidden and nobody who is not there', () => {
    always(({ regions }, layout, input) => {
      const keys = regions.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      const known = new Set(visible(layout, input).map(({ key }) => key));
      expect(keys.filter((key) => !known.has(key))).toEqual([]);
    });
  });

  it('lets no tiles overlap, unless that is what it is for', () => {
    always(({ policy, regions }) => {
      if (policy === 'custom' || policy === 'picture-in-picture') return;
      const hits = regions.filter((cell, index) => regions.slice(index + 1).some((other) => overlap(cell, other)));
      expect(hits).toEqual([]);
    });
  });

  it('shows or counts everybody, and shows no more than it may', () => {
    always(({ regions, more }, layout, input) => {
      expect(regions.length + (more?.count ?? 0)).toBe(visible(layout, input).length);
      expect(more?.count).not.toBe(0);
      expect(regions.length).toBeLessThanOrEqual(layout.maxTiles);
    });
  });

  it('writes how many more there are on the last tile, over at most a third of it', () => {
    always(({ regions, more }) => {
      const tile = regions.at(-1);
      if (!more || !tile) return;
      expect(more.cell).toMatchObject({ x: tile.x, y: tile.y });
      expect(more.cell.width).toBeLessThanOrEqual(tile.width);
      expect(more.cell.height * 3).toBeLessThanOrEqual(tile.height);
      expect(more.cell.height).toBeGreaterThan(0);
    });
  });

  it('shows somebody when there is anybody', () => {
    always(({ policy, regions }, layout, input) => {
      if (policy !== 'custom' && visible(layout, input).length > 0) expect(regions).not.toEqual([]);
    });
  });

  it('shows the first pinned one', () => {
    always(({ policy, regions, main }, layout, input) => {
      const seen = visible(layout, input);
      const pinned = layout.pinned.find((pin) => seen.some(({ key, participant }) => [key, participant].includes(pin)));
      if (pinned === undefined || policy === 'custom' || regions.length < 2) return;
      const isPinned = (key: string): boolean => key === pinned || key.split('/')[0] === pinned;
      expect(regions.some(({ key }) => isPinned(key))).toBe(true);
      const screen = seen.some(({ source }) => source === 'screen');
      if (main?.length && !(screen && /^(presentation|portrait)$/.test(policy))) expect(main.some(isPinned)).toBe(true);
    });
  });

  it('keeps who speaks in sight, unless the places are for pinned ones', () => {
    always(({ policy, regions }, layout, input) => {
      const speaks = visible(layout, input).filter(({ participant }) => participant === input.speaker);
      if (speaks.length === 0 || layout.pinned.length > 0 || policy === 'custom' || regions.length < 2) return;
      expect(regions.some(({ key }) => speaks.some((one) => one.key === key))).toBe(true);
    });
  });

  it('moves only those who speak and the first in order when another speaks', () => {
    fc.assert(
      fc.property(layouts, inputs, speaker, (layout, input, next) => {
        const [before, after] = [arrange(layout, input), arrange(layout, { ...input, speaker: next })];
        if (before.policy === 'custom') return;
        const first =
          visible({ ...layout }, input).length > 0
            ? arrange({ ...layout, policy: 'grid', rules: [] }, { ...input, speaker: undefined }).regions[0]?.key
            : '';
        const bystanders = before.regions.filter(
          ({ key }) => key !== first && ![input.speaker, next].includes(key.split('/')[0]),
        );
        const moved = bystanders.filter((region) => {
          const now = after.regions.find(({ key }) => key === region.key);
          return now && JSON.stringify(now) !== JSON.stringify(region);
        });
        expect(moved).toEqual([]);
        const gone = bystanders.filter((region) => !after.regions.some(({ key }) => key === region.key));
        expect(gone.length).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });
});
