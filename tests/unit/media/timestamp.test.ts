import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pts, rescale, wallTime } from '../../../src/media/timestamp.ts';

describe('pts', () => {
  it('takes every safe integer, also below zero', () => {
    for (const ticks of [0, -1, 90_000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])
      expect(pts(ticks)).toBe(ticks);
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %d, which is no exact time', (ticks) => {
    expect(() => pts(ticks)).toThrow(RangeError);
  });
});

describe('wallTime', () => {
  it('keeps fractions of a millisecond', () => {
    expect(wallTime(1_800_000_000_000.25)).toBe(1_800_000_000_000.25);
  });
});

describe('rescale', () => {
  const timescale = fc.integer({ min: 1, max: 1_000_000 });

  it('agrees with exact arithmetic for any time of a session, rounding halves up', () => {
    const ticks = fc.integer({ min: -(2 ** 43), max: 2 ** 43 });
    fc.assert(
      fc.property(ticks, timescale, timescale, (value, from, to) => {
        const [n, d] = [2n * BigInt(value) * BigInt(to) + BigInt(from), 2n * BigInt(from)];
        const floor = n / d - (n % d < 0n ? 1n : 0n);
        fc.pre(floor > BigInt(Number.MIN_SAFE_INTEGER) && floor < BigInt(Number.MAX_SAFE_INTEGER));
        expect(BigInt(rescale(value, from, to))).toBe(floor);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives whole frames back after a finer timescale', () => {
    for (let frame = 0; frame < 5000; frame += 1) expect(rescale(rescale(frame, 30, 90_000), 90_000, 30)).toBe(frame);
  });

  it('stays exact after ten years in microseconds', () => {
    const tenYears = 10 * 366 * 24 * 3600;
    expect(rescale(tenYears * 1_000_000 + 20, 1_000_000, 48_000)).toBe(tenYears * 48_000 + 1);
  });

  it('changes nothing between equal timescales', () => {
    expect(rescale(-7, 48_000, 48_000)).toBe(-7);
  });
});
