import { describe, expect, it } from 'vitest';
import { StockKeeper } from '../../../../web/worklets/stock-keeper.ts';

const WINDOW_MS = 5000;

/** What is said at the ends of windows, of each of which this was left. */
function windows(keeper: StockKeeper, ...leftMs: readonly number[]): number[] {
  return leftMs.map((left) => {
    expect(keeper.pulled(left, WINDOW_MS / 2)).toBe(0);
    return keeper.pulled(left + 100, WINDOW_MS / 2);
  });
}

describe('StockKeeper', () => {
  it('has the stock shrink to what three windows in a row had to spare beyond 20 ms', () => {
    expect(windows(new StockKeeper(), 45, 50, 60, 20)).toEqual([0, 0, -25, 0]);
  });

  it('has it grow after one window that left too little', () => {
    expect(windows(new StockKeeper(), 15, 14, 26)).toEqual([0, 6, 0]);
  });

  it('takes away at once what a burst left, and no more than the leanest of the windows before allows', () => {
    expect(windows(new StockKeeper(), 60)).toEqual([0]);
    expect(windows(new StockKeeper(), 61)).toEqual([-41]);
    expect(windows(new StockKeeper(), 30, 90, 90, 90)).toEqual([0, 0, -10, -60]);
  });

  it('leaves what is as wanted within 5 ms', () => {
    expect(windows(new StockKeeper(), 24.9, 24.9, 24.9, 15.1)).toEqual([0, 0, 0, 0]);
  });

  it('wants 20 ms more after each shortage but those of the first 20 s, 100 at most, and forgets one in 80 windows', () => {
    const keeper = new StockKeeper();
    windows(keeper, 20, 20, 20, 20);
    keeper.ranShort();
    expect(keeper.extraMs).toBe(0);
    keeper.pulled(20, 1);
    keeper.ranShort();
    expect(keeper.extraMs).toBe(20);
    for (let shortage = 0; shortage < 5; shortage += 1) keeper.ranShort();
    expect(keeper.extraMs).toBe(100);
    windows(keeper, ...Array.from({ length: 80 }, () => 120));
    expect(keeper.extraMs).toBe(80);
  });

  it('forgets what it saw of another time', () => {
    const keeper = new StockKeeper();
    windows(keeper, 50, 50);
    keeper.clear();
    expect(windows(keeper, 50, 50, 50)).toEqual([0, 0, -30]);
  });
});
