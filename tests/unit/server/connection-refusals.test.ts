import { expect, it } from 'vitest';
import { nullLogger } from '../../../src/logger.ts';
import { ConnectionRefusals } from '../../../src/server/connection-refusals.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

it('counts each refused connection, and writes a line a minute at most, with how many they were', () => {
  const clock = new FakeClock();
  const lines: unknown[] = [];
  const counted: string[] = [];
  const log = { ...nullLogger, warn: (_message: string, fields?: object) => lines.push(fields) };
  const refusals = new ConnectionRefusals(log, clock, (limit) => counted.push(limit));
  refusals.note('connections', '192.0.2.1');
  refusals.note('connections', '192.0.2.2');
  clock.advance(59_999);
  refusals.note('connections', '192.0.2.3');
  expect(lines).toEqual([{ limit: 'limits.connections', address: '192.0.2.1', refused: 1 }]);
  clock.advance(1);
  refusals.note('connectionsPerAddress', '192.0.2.4');
  expect(lines.slice(1)).toEqual([{ limit: 'limits.connectionsPerAddress', address: '192.0.2.4', refused: 3 }]);
  expect(counted).toEqual(['connections', 'connections', 'connections', 'connectionsPerAddress']);
});
