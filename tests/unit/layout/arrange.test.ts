import { describe, expect, it } from 'vitest';
import { LAYOUT_POLICIES } from '../../../src/layout/layout.ts';
import { arranged, crowd, keysOf, lines, people, where } from './people.ts';

const REGIONS = [{ x: 0, y: 0, width: 1, height: 1 }];
const three = people('ada bob eve');

describe.each(LAYOUT_POLICIES)('%s', (policy) => {
  const layout = { policy, rules: [], regions: REGIONS };

  it('shows nothing when nobody is there', () => {
    expect(arranged(layout, [])).toEqual({ policy, regions: [], main: [] });
  });

  it('gives a single person in a 16:9 program all of it, except in the 9:16 area', () => {
    const expected = policy === 'portrait' ? 'ada/0 438,246 404x226' : 'ada/0 0,0 1280x720';
    expect(lines(arranged(layout, people('ada')))).toEqual([expected]);
  });

  it('shows nobody whom the layout hides, and does not count them', () => {
    const { regions, more } = arranged({ ...layout, hidden: ['ada', 'bob/0'] }, three, { speaker: 'ada' });
    expect(regions.map(({ key }) => key)).toEqual(['eve/0']);
    expect(more).toBeUndefined();
  });

  it.each([[...three], [...three, ...people('eve/1', 'screen')]])(
    'shows nobody in a program that is smaller than a tile, and counts them',
    (...candidates) => {
      const { regions, main, more } = arranged(layout, candidates, { width: 30, height: 14 });
      expect({ regions, main, count: more?.count }).toEqual({ regions: [], main: [], count: candidates.length });
    },
  );

  it('uses the even part of a program with odd sides', () => {
    const even = arranged(layout, three, { width: 640, height: 360 });
    expect(arranged(layout, three, { width: 641, height: 361 })).toEqual(even);
  });

  it('shows at most as many as it may, and counts the others', () => {
    const { regions, more } = arranged({ ...layout, maxTiles: 1 }, crowd(1000));
    expect(regions).toHaveLength(1);
    expect(more?.count).toBe(999);
  });
});

describe('the order', () => {
  const layout = { rules: [] };

  it('is that of joining', () => {
    expect(keysOf(arranged(layout, three))).toEqual(['ada/0', 'bob/0', 'eve/0']);
  });

  it('begins with those whom the layout names, whole people or single tracks', () => {
    const many = [...people('ada ada/1 bob'), ...people('zoe', 'none'), ...people('eve')];
    expect(keysOf(arranged({ ...layout, order: ['zoe', 'ada/1', 'eve', 'nobody'] }, many))).toEqual([
      'zoe',
      'ada/1',
      'eve/0',
      'ada/0',
      'bob/0',
    ]);
  });

  it('takes the earlier place when a track and its owner are both named', () => {
    const many = people('ada bob bob/1');
    expect(keysOf(arranged({ ...layout, order: ['bob/1', 'ada', 'bob'] }, many))).toEqual(['bob/1', 'ada/0', 'bob/0']);
    expect(keysOf(arranged({ ...layout, order: ['bob', 'ada', 'bob/1', 'bob'] }, many))).toEqual([
      'bob/0',
      'bob/1',
      'ada/0',
    ]);
  });

  it('begins with the pinned ones before everybody else, a face before its screen', () => {
    const many = [...people('ada bob'), ...people('eve/0', 'screen'), ...people('eve/1')];
    expect(keysOf(arranged({ ...layout, order: ['bob'], pinned: ['eve', 'eve/0'] }, many))).toEqual([
      'eve/1',
      'eve/0',
      'bob/0',
      'ada/0',
    ]);
  });

  it('does not mix up a participant with another whose id begins alike', () => {
    const many = people('ad ada ada1');
    expect(keysOf(arranged({ ...layout, pinned: ['ada1'], hidden: ['ada'] }, many))).toEqual(['ada1/0', 'ad/0']);
  });
});

describe('rules', () => {
  const screen = people('eve/1', 'screen');

  it('turn a grid into a presentation while somebody shares a screen', () => {
    expect(arranged({}, three).policy).toBe('grid');
    expect(arranged({}, [...three, ...screen]).policy).toBe('presentation');
    expect(arranged({ rules: [] }, [...three, ...screen]).policy).toBe('grid');
  });

  it('do not see a screen that is hidden', () => {
    expect(arranged({ hidden: ['eve/1'] }, [...three, ...screen]).policy).toBe('grid');
  });

  it('count the tiles that could be shown, both ends included', () => {
    const layout = { rules: [{ minTiles: 2, maxTiles: 3, policy: 'side-by-side' }], hidden: ['p0'] };
    const policies = [2, 3, 4, 5].map((count) => arranged(layout, crowd(count)).policy);
    expect(policies).toEqual(['grid', 'side-by-side', 'side-by-side', 'grid']);
  });

  it('can ask for no screen', () => {
    const layout = { rules: [{ screen: false, policy: 'speaker' }] };
    expect(arranged(layout, three).policy).toBe('speaker');
    expect(arranged(layout, [...three, ...screen]).policy).toBe('grid');
  });

  it('hold in order, the first wins, and all of a rule’s conditions count', () => {
    const rules = [
      { screen: true, minTiles: 5, policy: 'grid' },
      { screen: true, policy: 'picture-in-picture' },
      { policy: 'single' },
      { policy: 'speaker' },
    ];
    expect(arranged({ rules }, [...three, ...screen]).policy).toBe('picture-in-picture');
    expect(arranged({ rules }, three).policy).toBe('single');
    expect(arranged({ rules, policy: 'portrait' }, [...crowd(4), ...screen]).policy).toBe('grid');
  });
});

describe('fit', () => {
  it('is that of the layout, but no screen is cut', () => {
    const many = [...people('ada'), ...people('bob', 'screen'), ...people('film', 'file'), ...people('eve', 'none')];
    const fits = (fit: string): string[] => arranged({ fit, rules: [] }, many).regions.map((region) => region.fit);
    expect(fits('cover')).toEqual(['cover', 'contain', 'cover', 'cover']);
    expect(fits('contain')).toEqual(['contain', 'contain', 'contain', 'contain']);
  });
});

describe('"+N more"', () => {
  it('is written in the upper left corner of the last tile', () => {
    const { more } = arranged({ maxTiles: 3 }, crowd(10));
    expect(more?.count).toBe(7);
    expect(more && where(more.cell)).toBe('320,360 128x32');
  });

  it('covers at most a third of a small tile', () => {
    const { regions, more } = arranged({ maxTiles: 25 }, crowd(26), { width: 320, height: 180 });
    expect(regions.at(-1)).toMatchObject({ x: 256, y: 144, width: 64, height: 36 });
    expect(more && where(more.cell)).toBe('256,144 48x12');
  });

  it('stands in the corner of the program when nobody at all is shown', () => {
    const layout = { policy: 'custom', regions: [{ x: 0, y: 0, width: 1, height: 1, show: 'nobody' }] };
    expect(arranged(layout, three).more).toEqual({ count: 3, cell: { x: 0, y: 0, width: 128, height: 32 } });
  });

  it('is not written when everybody has a place, or the layout does not want it', () => {
    expect(arranged({ maxTiles: 3 }, three).more).toBeUndefined();
    expect(arranged({ maxTiles: 2, more: false }, three).more).toBeUndefined();
  });
});
