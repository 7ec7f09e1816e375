import { expect, it } from 'vitest';
import { middleDelays } from '../../../../src/recorder/tracks/playout-delays.ts';

const told = (participant: string, delayMs: number) => ({ type: 'playout', ms: 0, participant, delayMs }) as const;

it('takes the middle one of what was told of each, so that a moment of trouble does not count', () => {
  const events = [told('a', 80), told('b', 40), told('a', 4000), told('a', 90)];
  expect(Object.fromEntries(middleDelays(events))).toEqual({ a: 90, b: 40 });
});

it('knows nothing of those of whom nothing was told', () => {
  expect(middleDelays([]).get('a')).toBeUndefined();
});
