import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Arrangement } from '../../../src/layout/layout.ts';
import { between } from '../../../src/layout/transition.ts';
import { LAYOUT_POLICIES } from '../../../src/layout/layout.ts';
import { arranged, crowd, keysOf, lines, people } from './people.ts';

const two = arranged({}, people('ada bob'));
const three = arranged({}, people('ada bob eve'));
const pip = { policy: 'picture-in-picture', rules: [] };

describe('between', () => {
  it('is exactly where it came from at first and where it goes at last', () => {
    for (const progress of [0, -1]) expect(between(two, three, progress)).toBe(two);
    for (const progress of [1, 1.5]) expect(between(two, three, progress)).toBe(three);
  });

  it('moves and resizes those who stay, fast at first', () => {
    const from = arranged({}, people('ada'));
    expect(lines(between(from, two, 0.5))[0]).toBe('ada/0 0,156 720x404');
    expect(lines(between(two, from, 0.5))[1]).toBe('ada/0 0,22 1200x674');
  });

  it('lets newcomers grow in the middle of their places', () => {
    expect(lines(between(two, three, 0.5)).at(-1)).toBe('eve/0 360,382 560x314');
  });

  it('lets those who go shrink in their places, beneath everybody else', () => {
    expect(lines(between(three, two, 0.5))).toEqual([
      'eve/0 600,518 80x44',
      'ada/0 0,156 640x360',
      'bob/0 640,156 640x360',
    ]);
    expect(keysOf(between(three, two, 0.9))).toEqual(['ada/0', 'bob/0']);
  });

  it('draws those who arrive in the order of where they go', () => {
    const from = arranged(pip, people('ada bob'), { speaker: 'ada' });
    const to = arranged(pip, people('ada bob'), { speaker: 'bob' });
    expect(keysOf(between(from, to, 0.01))).toEqual(['bob/0', 'ada/0']);
  });

  it('takes over at once what is not a place', () => {
    const to = arranged({ fit: 'cover', maxTiles: 1 }, people('ada bob'));
    const { policy, more, main, regions } = between(two, { ...to, policy: 'single', main: ['ada/0'] }, 0.01);
    expect({ policy, more, main }).toEqual({ policy: 'single', more: to.more, main: ['ada/0'] });
    expect(regions.at(-1)?.fit).toBe('cover');
  });

  it('moves nobody who has no other place to go to', () => {
    const to = { ...three, policy: 'speaker' as const };
    expect(between(three, to, 0.3).regions).toEqual(three.regions);
  });

  const arrangements = fc
    .record({ policy: fc.constantFrom(...LAYOUT_POLICIES), count: fc.nat(25), speaker: fc.nat(25), hidden: fc.nat(25) })
    .map(({ policy, count, speaker, hidden }) =>
      arranged(
        { policy, rules: [], hidden: [`p${hidden}`], regions: [{ x: 0.1, y: 0.2, width: 0.33, height: 0.5 }] },
        crowd(count),
        { speaker: `p${speaker}` },
      ),
    );

  it('is even, inside the program and large enough to be seen, also when one change interrupts another', () => {
    fc.assert(
      fc.property(
        fc.tuple(arrangements, arrangements, arrangements),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ([a, b, c], first, second) => {
          const middle = between(a, b, first);
          const later = between(middle, c, second);
          for (const { x, y, width, height } of later.regions) {
            expect([x, y, width, height].filter((value) => value < 0 || value % 2 !== 0)).toEqual([]);
            expect(Math.min(width, height)).toBeGreaterThanOrEqual(16);
            expect(x + width).toBeLessThanOrEqual(1280);
            expect(y + height).toBeLessThanOrEqual(720);
          }
          const keys = keysOf(later);
          expect(new Set(keys).size).toBe(keys.length);
          const known = new Set([...keysOf(middle), ...keysOf(c)]);
          expect(keys.filter((key) => !known.has(key))).toEqual([]);
        },
      ),
    );
  });

  it('never goes back on its way', () => {
    const left = (from: Arrangement, to: Arrangement, progress: number): number[] =>
      between(from, to, progress).regions.flatMap((region) => {
        const end = to.regions.find(({ key }) => key === region.key);
        const began = from.regions.some(({ key }) => key === region.key);
        return end && began ? [Math.abs(end.x - region.x) + Math.abs(end.width - region.width)] : [];
      });
    fc.assert(
      fc.property(arrangements, arrangements, (from, to) => {
        const ways = [0.001, 0.25, 0.5, 0.75, 0.999].map((progress) => left(from, to, progress));
        for (const [index, way] of ways.entries()) {
          const before = ways[index - 1] ?? way;
          expect(way.filter((distance, one) => distance > (before[one] ?? 0) + 4)).toEqual([]);
        }
        expect((ways.at(-1) ?? []).filter((distance) => distance > 4)).toEqual([]);
      }),
    );
  });
});
