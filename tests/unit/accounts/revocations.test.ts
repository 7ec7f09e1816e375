import { expect, it, onTestFinished } from 'vitest';
import { revocationMigrations, Revocations } from '../../../src/accounts/revocations.ts';
import { Database } from '../../../src/database/database.ts';
import { nullLogger } from '../../../src/logger.ts';
import { defaultSettings } from '../../../src/room/room-settings.ts';
import { RoomStore, roomMigrations } from '../../../src/room/room-store.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

it('a room remembers so many tokens that were taken back and not one more, until some would have ended anyway', async () => {
  const clock = new FakeClock();
  const migrations = [...roomMigrations, ...revocationMigrations];
  const database = await Database.open({ path: ':memory:', migrations, log: nullLogger });
  onTestFinished(() => database.close());
  for (const id of ['hall', 'attic']) {
    const room = { id, title: id, createdAt: new Date(0), tokenVersion: 1, settings: defaultSettings() };
    await new RoomStore(database, nullLogger).insert(room);
  }
  const revocations = await Revocations.open(database, clock, 3);
  const [soon, later] = [10_000, 3_600_000].map((ms) => new Date(clock.wallMs() + ms));
  if (!soon || !later) throw new Error('No times');
  await revocations.revoke('hall/0', soon);
  for (const token of ['hall/1', 'hall/2', 'hall/2']) await revocations.revoke(token, later);
  const refusal = expect.objectContaining({ code: 'too_many_revoked' });
  await expect(revocations.revoke('hall/3', later)).rejects.toEqual(refusal);
  expect(revocations.isRevoked('hall/3')).toBe(false);
  // Others have their own, and sessions are of no room.
  for (const token of ['attic/1', 'u', 'v', 'w', 'x']) await revocations.revoke(token, later);
  // As long as clocks may differ.
  clock.advance(70_000);
  await revocations.revoke('hall/3', later);
  expect(['hall/0', 'hall/1', 'hall/3'].map((token) => revocations.isRevoked(token))).toEqual([false, true, true]);
  const again = await Revocations.open(database, clock, 3);
  await expect(again.revoke('hall/4', later)).rejects.toEqual(refusal);
});
