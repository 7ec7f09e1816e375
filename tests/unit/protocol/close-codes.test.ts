import { describe, expect, it } from 'vitest';
import { CLOSE_CODES, mayReconnect } from '../../../src/protocol/close-codes.ts';

describe('mayReconnect', () => {
  it('says yes where the same words may succeed later', () => {
    const codes = [CLOSE_CODES.goingAway, CLOSE_CODES.internal, CLOSE_CODES.tryAgainLater, 1006];
    expect(codes.map(mayReconnect)).toEqual([true, true, true, true]);
  });

  it('says no after a good end, and where the client has to change something first', () => {
    const own = Object.values(CLOSE_CODES).filter((code) => code >= 4000);
    expect([CLOSE_CODES.normal, ...own].filter(mayReconnect)).toEqual([]);
  });

  it('gives every case a code of its own', () => {
    const codes = Object.values(CLOSE_CODES);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
