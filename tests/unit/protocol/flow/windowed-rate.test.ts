import { describe, expect, it } from 'vitest';
import { WindowedRate } from '../../../../src/protocol/flow/windowed-rate.ts';

describe('WindowedRate', () => {
  it('counts the bits of its window', () => {
    const rate = new WindowedRate(500);
    rate.add(1000, 0);
    rate.add(500, 400);
    expect(rate.bitsPerSecond(499)).toBe(24_000);
    expect(rate.bitsPerSecond(500)).toBe(8000);
    expect(rate.bitsPerSecond(900)).toBe(0);
  });

  it('keeps 512 entries', () => {
    const rate = new WindowedRate(1000);
    for (let index = 0; index < 512; index += 1) rate.add(1, 0);
    expect(rate.bitsPerSecond(1)).toBe(512 * 8);
    rate.add(1, 0);
    expect(rate.bitsPerSecond(1)).toBe(512 * 8);
  });
});
