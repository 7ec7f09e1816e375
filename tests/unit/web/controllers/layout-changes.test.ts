import { describe, expect, it } from 'vitest';
import { layoutSchema } from '../../../../src/layout/layout.ts';
import * as changes from '../../../../web/controllers/layout-changes.ts';
import { previewOf } from '../../../../web/controllers/program-preview.ts';
import type { TileRow } from '../../../../web/controllers/tile-rows.ts';

const PLAIN = layoutSchema.parse({});
const HD = { width: 1280, height: 720 };

function row(participant: string, track?: number, source: TileRow['source'] = 'camera'): TileRow {
  const key = track === undefined ? participant : `${participant}/${track}`;
  return {
    key,
    participant,
    source,
    handle: participant,
    name: participant,
    host: false,
    muted: false,
    connected: true,
    hand: false,
  };
}

describe('pins and hides', () => {
  it('pins behind those that are pinned, and frees again', () => {
    const one = changes.togglePinned(PLAIN, row('ann', 1));
    const two = changes.togglePinned(one, row('bob', 1));
    expect(two.pinned).toEqual(['ann', 'bob']);
    expect(changes.togglePinned(two, row('ann', 1)).pinned).toEqual(['bob']);
  });

  it('knows a tile by its own name and by that of its participant', () => {
    expect(changes.isListed(['ann'], row('ann', 1))).toBe(true);
    expect(changes.isListed(['ann/1'], row('ann', 1))).toBe(true);
    expect(changes.isListed(['ann/2', 'bob'], row('ann', 1))).toBe(false);
    expect(changes.toggleHidden({ ...PLAIN, hidden: ['ann/1', 'ann'] }, row('ann', 1)).hidden).toEqual([]);
  });

  it('never has somebody pinned and hidden', () => {
    const hidden = changes.toggleHidden({ ...PLAIN, pinned: ['ann'] }, row('ann', 1));
    expect([hidden.pinned, hidden.hidden]).toEqual([[], ['ann']]);
    const pinned = changes.togglePinned(hidden, row('ann', 1));
    expect([pinned.pinned, pinned.hidden]).toEqual([['ann'], []]);
  });
});

describe('the order', () => {
  const rows = [row('ann', 1), row('bob', 1), row('cy')];

  it('moves a row and names everybody who is here', () => {
    expect(changes.moveRow(PLAIN, rows, 2, 0).order).toEqual(['cy', 'ann', 'bob']);
    expect(changes.moveRow(PLAIN, rows, 0, 1).order).toEqual(['bob', 'ann', 'cy']);
  });

  it('keeps those who are not here at the moment', () => {
    expect(changes.moveRow({ ...PLAIN, order: ['dora', 'ann'] }, rows, 0, 1).order).toEqual([
      'bob',
      'ann',
      'cy',
      'dora',
    ]);
  });

  it('forgets guests who went long ago, so that there is always room for those who are here', () => {
    let layout = PLAIN;
    for (let guest = 0; guest < 1000; guest += 1) {
      layout = changes.moveRow(layout, [row('ann', 1), row(`guest${guest}`)], 1, 0);
    }
    expect(layoutSchema.safeParse(layout).success).toBe(true);
    expect(layout.order.slice(0, 3)).toEqual(['guest999', 'ann', 'guest998']);
    expect(layout.order).toHaveLength(102);
  });

  it('does nothing beyond either end', () => {
    expect(changes.moveRow(PLAIN, rows, 0, -1)).toBe(PLAIN);
    expect(changes.moveRow(PLAIN, rows, 2, 3)).toBe(PLAIN);
  });

  it('shows rows in the order in which the program shows them', () => {
    const order = ['cy', 'nobody', 'bob/1'];
    const listed = changes.orderRows(rows, order).map(({ key }) => key);
    const { tiles } = previewOf(
      { ...PLAIN, order },
      { rows, speaking: { participants: new Set(), speaker: undefined } },
      HD,
    );
    expect(listed).toEqual(['cy', 'bob/1', 'ann/1']);
    expect(tiles.map(({ key }) => key)).toEqual(listed);
  });
});

describe('the rule for shared screens', () => {
  it('is set and lifted without touching other rules', () => {
    expect(changes.screenTakesOver(PLAIN)).toBe(true);
    const other = { minTiles: 10, policy: 'speaker' } as const;
    const off = changes.setScreenTakesOver({ ...PLAIN, rules: [...PLAIN.rules, other] }, false);
    expect([off.rules, changes.screenTakesOver(off), changes.otherRules(off)]).toEqual([[other], false, 1]);
    expect(changes.setScreenTakesOver(off, true).rules).toEqual([{ screen: true, policy: 'presentation' }, other]);
  });

  it('is not mistaken for one with more conditions', () => {
    const rules = [{ screen: true, minTiles: 3, policy: 'presentation' as const }];
    expect([changes.screenTakesOver({ ...PLAIN, rules }), changes.otherRules({ ...PLAIN, rules })]).toEqual([false, 1]);
  });
});

describe('regions of one’s own', () => {
  it.each(['grid', 'speaker', 'presentation', 'picture-in-picture'] as const)(
    'begin as %s stands, and everybody stays where they are',
    (policy) => {
      const people = {
        rows: [row('ann', 1), row('bob', 1), row('cy', 2, 'screen')],
        speaking: { participants: new Set<string>(), speaker: 'bob' },
      };
      const before = previewOf({ ...PLAIN, rules: [], policy }, people, HD);
      const layout = layoutSchema.parse({ policy: 'custom', rules: [], regions: changes.regionsOf(before) });
      const after = previewOf(layout, people, HD);
      const places = ({ tiles }: typeof before): object =>
        Object.fromEntries(tiles.map(({ key, x, y, width, height }) => [key, [x, y, width, height]]));
      for (const [key, place] of Object.entries(places(after))) {
        // Thousandths of 1280 pixels.
        const wanted = (places(before) as Record<string, number[]>)[key] ?? [];
        (place as number[]).forEach((edge, index) => expect(Math.abs(edge - (wanted[index] ?? -99))).toBeLessThan(5));
      }
      expect(after.tiles).toHaveLength(before.tiles.length);
    },
  );

  it('are added above the others and inside the program', () => {
    const added = changes.newRegion([{ x: 0, y: 0, width: 1, height: 1, z: 3 }]);
    expect(added.z).toBe(4);
    expect(layoutSchema.safeParse({ policy: 'custom', regions: [added] }).success).toBe(true);
    expect(changes.newRegion([{ x: 0, y: 0, width: 1, height: 1, z: 25 }]).z).toBe(25);
  });
});
