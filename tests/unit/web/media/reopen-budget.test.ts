import { describe, expect, it } from 'vitest';
import { ReopenBudget } from '../../../../web/media/reopen-budget.ts';

function waits(budget: ReopenBudget): (number | undefined)[] {
  return Array.from({ length: 4 }, () => budget.next());
}

describe('ReopenBudget', () => {
  it('allows three tries, each twice as patient as the one before', () => {
    const budget = new ReopenBudget();
    budget.lost(0);
    expect(waits(budget)).toEqual([250, 500, 1000, undefined]);
  });

  it('gives new tries to a device that worked for 5 s, and none to one that worked for less', () => {
    const budget = new ReopenBudget();
    budget.lost(0);
    waits(budget);
    budget.opened(1000);
    budget.lost(5999);
    expect(budget.next()).toBeUndefined();
    budget.opened(6000);
    budget.lost(11_000);
    expect(budget.next()).toBe(250);
  });

  it('begins anew when a person asks', () => {
    const budget = new ReopenBudget();
    waits(budget);
    budget.reset();
    expect(budget.next()).toBe(250);
  });
});
