import { describe, expect, it } from 'vitest';
import { quantiles } from '../../../../src/cli/viewers/statistics.ts';

describe('quantiles', () => {
  it('are values that occur, at or above the share', () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect(quantiles(values)).toEqual({ count: 200, p50: 100, p95: 190, p99: 198, max: 200 });
    expect(quantiles([7])).toEqual({ count: 1, p50: 7, p95: 7, p99: 7, max: 7 });
  });

  it('sort numbers as numbers, negative ones included', () => {
    expect(quantiles([9, 10, -1])).toMatchObject({ p50: 9, max: 10 });
  });

  it('of nothing are none', () => {
    expect(quantiles([])).toBeUndefined();
  });
});
