import { expect, it } from 'vitest';
import { phaseWithout, playerState } from '../../../../web/controllers/player-state.ts';

it.each([
  ['checking', false, 0, 'checking'],
  ['waiting', true, 0, 'not-started'],
  ['ready', true, 0, 'ready'],
  ['starting', true, 0, 'starting'],
  ['playing', false, 3, 'live'],
  ['playing', false, 3.1, 'behind'],
  ['playing', true, 60, 'paused'],
  ['reconnecting', true, 60, 'reconnecting'],
  ['ended', true, 0, 'ended'],
  ['missing', true, 0, 'missing'],
  ['failed', true, 0, 'failed'],
] as const)('%s, paused %s and %d s away is %s', (phase, paused, distanceS, state) => {
  expect(playerState(phase, paused, distanceS)).toBe(state);
});

it.each([
  ['nothing', false, undefined, 'waiting'],
  ['nothing', false, 1000, 'waiting'],
  ['missing', false, 1000, 'missing'],
  ['nothing', true, undefined, 'ended'],
  ['nothing', true, 59_999, 'reconnecting'],
  ['nothing', true, 60_000, 'ended'],
  ['missing', true, 1000, 'ended'],
] as const)('says of %s, seen %s, cut for %s ms, that it is %s', (kind, seen, cutMs, phase) => {
  expect(phaseWithout(kind, seen, cutMs)).toBe(phase);
});
