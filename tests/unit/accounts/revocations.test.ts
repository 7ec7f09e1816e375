import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { revocationMigrations, Revocations } from '../../../src/accounts/revocations.ts';
import { Database } from '../../../src/database/database.ts';
import { nullLogger } from '../../../src/logger.ts';
import { defaultSettings } from '../../../src/room/room-settings.ts';
import { RoomStore, roomMigrations } from '../../../src/room/room-store.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

/** With two rooms. */
async function openDatabase(): Promise<Database> {
  const migrations = [...roomMigrations, ...revocationMigrations];
  const database = await Database.open({ path: ':memory:', migrations, log: nullLogger });
  onTestFinished(() => database.close());
  for (const id of ['hall', 'attic']) {
    const room = { id, title: id, createdAt: new Date(0), tokenVersion: 1, settings: defaultSettings() };
    await new RoomStore(database, nullLogger).insert(room);
  }
  return database;
}

it('a room remembers so many tokens that were taken back and not one more, until some would have ended anyway', async () => {
  const clock = new FakeClock();
  const database = await openDatabase();
  const revocations = await Revocations.open(database, clock, { most: 3 });
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
  const again = await Revocations.open(database, clock, { most: 3 });
  await expect(again.revoke('hall/4', later)).rejects.toEqual(refusal);
});

it('of tokens that are taken back at the same moment only so many hold as a room may remember', async () => {
  const clock = new FakeClock();
  const revocations = await Revocations.open(await openDatabase(), clock, { most: 2 });
  const later = new Date(clock.wallMs() + 3_600_000);
  const tokens = ['hall/1', 'hall/2', 'hall/3', 'hall/4'];
  const answers = await Promise.allSettled(tokens.map((token) => revocations.revoke(token, later)));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
  expect(tokens.map((token) => revocations.isRevoked(token))).toEqual([true, true, false, false]);
});

it('a token that cannot be stored as taken back still holds', async () => {
  const clock = new FakeClock();
  const database = await openDatabase();
  const revocations = await Revocations.open(database, clock);
  const later = new Date(clock.wallMs() + 3_600_000);
  await revocations.revoke('hall/1', later);
  await sql`create trigger full before insert on revoked_tokens begin select raise(abort, 'The disk is full'); end`.execute(
    database.tables(),
  );
  await expect(revocations.revoke('hall/2', later)).rejects.toThrow('The disk is full');
  expect(['hall/1', 'hall/2'].map((token) => revocations.isRevoked(token))).toEqual([true, false]);
});
