import { expect, it } from 'vitest';
import { simulateDrift } from '../../../bench/check/drift.ts';

it.each([
  [300, -300],
  [-300, 300],
])('keeps level and step when the sender is %i and the listener %i millionths off', (senderPpm, listenerPpm) => {
  const { offsetsMs, sent, peaks, underruns, skips } = simulateDrift({ seconds: 60, senderPpm, listenerPpm, seed: 4 });
  expect(offsetsMs.length).toBeGreaterThanOrEqual(sent - 1);
  expect(sent).toBeGreaterThanOrEqual(49);
  expect(Math.max(...offsetsMs.map(Math.abs))).toBeLessThan(40);
  expect(Math.min(...peaks)).toBeGreaterThan(0.9 * Math.max(...peaks));
  expect([underruns, skips]).toEqual([0, 0]);
});
