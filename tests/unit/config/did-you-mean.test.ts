import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../../src/config/did-you-mean.ts';

const KEYS = ['port', 'host', 'data', 'adminToken', 'publicUrl'];

describe('didYouMean', () => {
  it.each([
    ['prot', 'port'],
    ['Host', 'host'],
    ['dat', 'data'],
    ['admin_token', 'adminToken'],
    ['publicURL', 'publicUrl'],
  ])('takes %s for %s', (word, meant) => {
    expect(didYouMean(word, KEYS)).toBe(meant);
  });

  it.each(['cluster', 'x', ''])('makes no guess at "%s"', (word) => {
    expect(didYouMean(word, KEYS)).toBeUndefined();
  });
});
