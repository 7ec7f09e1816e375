import { describe, expect, it } from 'vitest';
import { handsFirst, placeOf } from '../../../../web/util/hands.ts';

const people = [{ id: 'a' }, { id: 'b', hand: 7 }, { id: 'c' }, { id: 'd', hand: 3 }];

describe('hands that are up', () => {
  it('come first, the longest first, and the others stay as they are', () => {
    expect(handsFirst(people).map(({ id }) => id)).toEqual(['d', 'b', 'a', 'c']);
  });

  it('are counted from one', () => {
    expect(people.map((person) => placeOf(person, people))).toEqual([0, 2, 0, 1]);
  });
});
