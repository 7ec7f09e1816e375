/** In which order the rows take turns, and what each cost in proportion to the floor around it. */
import { median } from '../measure/statistics.ts';
import type { RowName } from './row.ts';

/** What a row cost in one round. */
export interface TurnCost {
  readonly row: RowName;
  readonly tiles: number;
  /** From 1. */
  readonly round: number;
  /** Processor seconds (user and system, the whole tree) per second of program. */
  readonly perSecond: number;
}

/**
 * The turns of one round. The floor stands before and behind every other row, because shared machines change their speed within
 * minutes: a floor that is measured once is a tenth or two beside the one that its neighbours would have had.
 */
export function turnsOf(rows: readonly RowName[]): readonly RowName[] {
  const others = rows.filter((row) => row !== 'floor');
  if (!rows.includes('floor')) return others;
  return ['floor', ...others.flatMap((row): readonly RowName[] => [row, 'floor'])];
}

/**
 * Each turn's cost as a multiple of the mean of the floors next to it in the same round.
 * @param costs in the order in which they were measured
 * @returns the ratios of `row` with so many tiles, one for each round; none where no floor was measured beside it
 */
export function ratiosToFloor(costs: readonly TurnCost[], row: RowName, tiles: number): readonly number[] {
  return costs.flatMap((cost, index) => {
    if (cost.row !== row || cost.tiles !== tiles) return [];
    const isFloor = (one: TurnCost): boolean => one.row === 'floor' && one.tiles === tiles && one.round === cost.round;
    const floors = [costs.slice(0, index).findLast(isFloor), costs.slice(index + 1).find(isFloor)].flatMap(
      (floor) => floor?.perSecond ?? [],
    );
    // Of two values the median is the mean.
    return floors.length === 0 ? [] : [cost.perSecond / median(floors)];
  });
}
