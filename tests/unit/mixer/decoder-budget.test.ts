import { describe, expect, it } from 'vitest';
import { DecoderBudget } from '../../../src/mixer/decoder-budget.ts';

const RESTART = { firstMs: 100, maxMs: 2000, attempts: 3, forgetAfterMs: 30_000 };

describe('a track’s decoders', () => {
  it('may be started half a second apart', () => {
    const budget = new DecoderBudget(RESTART);
    expect(budget.waitMs(1000)).toBeLessThanOrEqual(0);
    budget.started(1000);
    expect([budget.waitMs(1000), budget.resizeWaitMs(1200), budget.waitMs(1500)]).toEqual([500, 300, 0]);
  });

  it('may have five sizes in ten seconds, and the sixth when the first of them is ten seconds old', () => {
    const budget = new DecoderBudget(RESTART);
    for (let nowMs = 1000; nowMs <= 5000; nowMs += 1000) {
      expect(budget.resizeWaitMs(nowMs)).toBeLessThanOrEqual(0);
      budget.resized(nowMs);
    }
    expect([budget.resizeWaitMs(6000), budget.resizeWaitMs(11_000)]).toEqual([5000, 0]);
    budget.resized(11_000);
    expect(budget.resizeWaitMs(11_500)).toBe(500);
    expect(budget.waitMs(11_500)).toBeLessThanOrEqual(0);
  });

  it('are given up when they fail too often, unless one of them lasted', () => {
    const budget = new DecoderBudget(RESTART);
    budget.started(0);
    expect([1, 2, 3].map((nowMs) => budget.failed(nowMs))).toEqual([100, 200, 400]);
    budget.started(1000);
    expect(budget.failed(31_001)).toBe(100);
    expect([2, 3].map(() => budget.failed(31_002))).toEqual([100, 100]);
    budget.started(31_003);
    expect([2, 3, 4].map(() => budget.failed(31_004))).toEqual([200, 400, undefined]);
    expect(budget.failures).toBe(4);
  });
});
