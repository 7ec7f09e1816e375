import { expect, onTestFinished, test, vi } from 'vitest';
import { Database } from '../../../src/database/database.ts';
import { EventLog } from '../../../src/events/event-log.ts';
import { EventRetention } from '../../../src/events/event-retention.ts';
import { EventStore, eventMigrations } from '../../../src/events/event-store.ts';
import { nullLogger } from '../../../src/logger.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const DAY_MS = 86_400_000;

async function open(keepDays: number, maxEvents: number) {
  const clock = new FakeClock();
  const database = await Database.open({ path: ':memory:', migrations: eventMigrations, log: nullLogger });
  onTestFinished(() => database.close());
  const store = new EventStore(database);
  const log = await EventLog.open({ store, clock, log: nullLogger });
  const retention = new EventRetention({ store, keepDays, maxEvents, clock, log: nullLogger });
  onTestFinished(() => retention.close());
  await retention.look();
  const happen = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) log.record({ type: 'room.changed' });
    await log.stored();
  };
  return { clock, store, log, retention, happen };
}

test('events are kept for as many days as are set, and a moment later they are gone', async () => {
  const { clock, store, happen, retention } = await open(2, 1000);
  await happen(3);
  clock.advance(2 * DAY_MS);
  await retention.look();
  expect(await store.oldest()).toBe(1);
  await happen(1);
  clock.advance(1);
  await retention.look();
  expect(await store.oldest()).toBe(4);
});

test('no event is deleted for its age while a clock that was set ahead may be set right', async () => {
  const { clock, store, happen, retention } = await open(2, 1000);
  await happen(3);
  await retention.look();
  clock.jumpWall(3650 * DAY_MS);
  await retention.look();
  expect(await store.oldest()).toBe(1);
  clock.jumpWall(-3650 * DAY_MS);
  clock.advance(DAY_MS);
  await retention.look();
  expect(await store.oldest()).toBe(1);
});

test('of more events than are kept the oldest go, thousands in small steps, and who reads goes on after them', async () => {
  const { store, happen, log, clock, retention } = await open(0, 1000);
  await happen(3500);
  expect(await store.oldest()).toBe(1);
  clock.advance(3_600_000);
  await vi.waitFor(async () => expect(await store.oldest()).toBe(2501), { timeout: 9000 });
  expect(retention.deleted).toBe(2500);
  const page = await log.page({ after: 7, limit: 2 });
  expect([page.items.map(({ seq }) => seq), page.next]).toEqual([[2501, 2502], 2502]);
});
