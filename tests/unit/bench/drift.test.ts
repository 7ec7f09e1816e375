import { expect, it } from 'vitest';
import { simulateDrift } from '../../../bench/check/drift.ts';

it.each([
  [300, -300],
  [-300, 300],
])('keeps level and step when the sender is %i and the listener %i millionths off', (senderPpm, listenerPpm) => {
  const result = simulateDrift({ seconds: 60, senderPpm, listenerPpm, seed: 4 });
  const { offsetsMs, sent, peaks, holes, underruns, skips } = result;
  expect(offsetsMs.length).toBeGreaterThanOrEqual(sent - 1);
  expect(sent).toBeGreaterThanOrEqual(49);
  expect(Math.max(...offsetsMs.map(Math.abs))).toBeLessThan(40);
  expect(Math.min(...peaks)).toBeGreaterThan(0.9 * Math.max(...peaks));
  expect([holes, underruns, skips]).toEqual([0, 0, 0]);
});
