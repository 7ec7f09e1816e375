import { expect, it } from 'vitest';
import { ResizeBudget } from '../../../src/mixer/resize-budget.ts';

it('lets five sizes in ten seconds have a decoder, and the sixth when the first of them is ten seconds old', () => {
  const budget = new ResizeBudget();
  for (let nowMs = 1000; nowMs <= 5000; nowMs += 1000) {
    expect(budget.waitMs(nowMs)).toBeLessThanOrEqual(0);
    budget.note(nowMs);
  }
  expect([budget.waitMs(6000), budget.waitMs(11_000)]).toEqual([5000, 0]);
  budget.note(11_000);
  expect(budget.waitMs(11_500)).toBe(500);
});
