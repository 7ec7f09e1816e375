import { describe, expect, it } from 'vitest';
import {
  MAX_PEOPLE,
  peopleNames,
  searchText,
  searchWords,
} from '../../../../src/recorder/recordings/recording-search.ts';

describe('words that recordings are found by', () => {
  it('have no case and one form of each letter', () => {
    const text = searchText('Réunion du LUNDI', 'Board', ['Zoë Ångström']);
    expect(searchWords('  lundi RE\u0301UNION   zoe\u0308 board ').every((word) => text.includes(word))).toBe(true);
  });

  it('are eight at most, each once', () => {
    expect(searchWords('a b a c')).toEqual(['a', 'b', 'c']);
    expect(searchWords('1 2 3 4 5 6 7 8 9')).toHaveLength(8);
    expect(searchWords(' \t ')).toEqual([]);
  });
});

describe('names of who took part', () => {
  it('are kept up to a number, each once, and cut', () => {
    const many = Array.from({ length: MAX_PEOPLE + 1 }, (_, index) => `Person ${index}`);
    expect(peopleNames(many)).toHaveLength(MAX_PEOPLE);
    expect(peopleNames(many.slice(1))).toHaveLength(MAX_PEOPLE);
    expect(peopleNames(['Ann', ' Ann ', 'x'.repeat(101)])).toEqual(['Ann', 'x'.repeat(100)]);
  });

  it.each([undefined, 'Ann', { 0: 'Ann' }, [7, '', null]])('are none in %j', (told) => {
    expect(peopleNames(told)).toEqual([]);
  });
});
