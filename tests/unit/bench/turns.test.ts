import { describe, expect, it } from 'vitest';
import type { RowName } from '../../../bench/rows/row.ts';
import { ratiosToFloor, turnsOf } from '../../../bench/rows/turns.ts';

const cost = (row: RowName, perSecond: number, round = 1, tiles = 9) => ({ row, perSecond, round, tiles });

describe('turnsOf', () => {
  it('measures the floor before and behind every other row', () => {
    expect(turnsOf(['floor', 'ours', 'xstack'])).toEqual(['floor', 'ours', 'floor', 'xstack', 'floor']);
  });

  it('measures no floor that nobody asked for, and the floor alone once', () => {
    expect(turnsOf(['ours', 'xstack'])).toEqual(['ours', 'xstack']);
    expect(turnsOf(['floor'])).toEqual(['floor']);
  });
});

describe('ratiosToFloor', () => {
  it('divides by the mean of the floors on both sides: a machine that slows down changes nothing', () => {
    const costs = [cost('floor', 1), cost('ours', 1.8), cost('floor', 2), cost('xstack', 2.75), cost('floor', 3)];
    expect(ratiosToFloor(costs, 'ours', 9)).toEqual([1.2]);
    expect(ratiosToFloor(costs, 'xstack', 9)).toEqual([1.1]);
  });

  it('takes no floor of another round or of another number of tiles', () => {
    const costs = [cost('floor', 1), cost('ours', 2), cost('floor', 8, 2), cost('ours', 8, 2), cost('floor', 5, 2, 4)];
    expect(ratiosToFloor(costs, 'ours', 9)).toEqual([2, 1]);
  });

  it('has nothing to say without a floor', () => {
    expect(ratiosToFloor([cost('ours', 2)], 'ours', 9)).toEqual([]);
  });
});
