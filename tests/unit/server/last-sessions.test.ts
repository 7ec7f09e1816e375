import { expect, it } from 'vitest';
import { LastSessions } from '../../../src/server/last-sessions.ts';

it('knows the last session of each of a thousand rooms, and forgets the one that was quiet longest', () => {
  const sessions = new LastSessions();
  expect(sessions.of('r0')).toBeUndefined();
  for (let n = 0; n < 1000; n += 1) sessions.ended(`r${n}`, `s${n}`);
  sessions.ended('r0', 'again');
  expect([sessions.of('r0'), sessions.of('r1')]).toEqual(['again', 's1']);
  sessions.ended('r1000', 's');
  expect([sessions.of('r0'), sessions.of('r1'), sessions.of('r2')]).toEqual(['again', undefined, 's2']);
});
