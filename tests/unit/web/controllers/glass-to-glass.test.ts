import { describe, expect, it } from 'vitest';
import { glassToGlassMs } from '../../../../web/controllers/glass-to-glass.ts';

const DELAYS = [
  { id: 'me', programMs: 900 },
  { id: 'ana', programMs: 80 },
  { id: 'ben', programMs: 130 },
];

describe('glassToGlassMs', () => {
  it('is the way of the slowest of the others, to this screen', () => {
    expect(glassToGlassMs(DELAYS, 'me', 90)).toBe(220);
  });

  it('is not known without somebody else’s delay, or without the program’s age', () => {
    expect(glassToGlassMs(DELAYS.slice(0, 1), 'me', 90)).toBeUndefined();
    expect(glassToGlassMs(DELAYS, 'me', undefined)).toBeUndefined();
  });
});
