import { describe, expect, it } from 'vitest';
import { atMoment, momentOf } from '../../../../web/util/moment.ts';

describe('the moment of a link', () => {
  it.each([
    ['', 0],
    ['#', 0],
    ['#t=83', 83],
    ['#t=83.5', 83.5],
    ['#t=1:23', 83],
    ['#t=1:02:03', 3723],
    ['#t=-3', 0],
    ['#t=soon', 0],
    ['#chapter', 0],
  ])('%s is second %d', (hash, seconds) => expect(momentOf(hash)).toBe(seconds));

  it('is put into an address in whole seconds, instead of another, and left out at the beginning', () => {
    const address = 'https://example.org/shared/tok';
    expect(atMoment(address, 83.9)).toBe(`${address}#t=83`);
    expect(atMoment(`${address}#t=5`, 12)).toBe(`${address}#t=12`);
    expect(atMoment(`${address}#t=5`, 0.9)).toBe(address);
  });
});
