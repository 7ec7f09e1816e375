/** How often this process got no processor: what stands still with it is no fault of what it tests. */
import { onTestFinished } from 'vitest';
import { systemClock } from '../../src/util/clock.ts';

const LOOK_MS = 4;

/** Gives how many pauses longer than this there have been since the call. */
export function countStandstills(longerThanMs: number): () => number {
  let count = 0;
  let lastMs = systemClock.monotonicMs();
  onTestFinished(
    systemClock.every(LOOK_MS, () => {
      const nowMs = systemClock.monotonicMs();
      if (nowMs - lastMs > longerThanMs) count += 1;
      lastMs = nowMs;
    }),
  );
  return () => count;
}
