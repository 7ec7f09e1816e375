/** What the room has not heard about what is wrong with somebody's media. */
import type { ActiveSignal } from './signal-watch.ts';

/** One thing to tell: it is wrong, or no longer. */
export interface SignalDifference {
  readonly signal: ActiveSignal;
  readonly active: boolean;
}

/** From what the room lists to what is wrong now; words that were said while there was no connection are made up for. */
export function signalDifferences(
  active: readonly ActiveSignal[],
  listed: readonly ActiveSignal[],
): readonly SignalDifference[] {
  const without = (some: readonly ActiveSignal[], others: readonly ActiveSignal[]): readonly ActiveSignal[] =>
    some.filter(({ kind, track }) => !others.some((other) => other.kind === kind && other.track === track));
  return [
    ...without(active, listed).map((signal) => ({ signal, active: true })),
    ...without(listed, active).map((signal) => ({ signal, active: false })),
  ];
}
