import { expect, onTestFinished, test, vi } from 'vitest';
import { Database } from '../../../src/database/database.ts';
import { EventLog, MAX_DATA_LENGTH, MAX_UNSTORED } from '../../../src/events/event-log.ts';
import { type DatedEvent, EventStore, eventMigrations } from '../../../src/events/event-store.ts';
import { nullLogger } from '../../../src/logger.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const everything = { after: 0, limit: 1000 };

/** Refuses while `full`. */
class FaultyStore extends EventStore {
  full = false;

  override async add(events: readonly DatedEvent[]): Promise<number> {
    if (this.full) throw new Error('database or disk is full');
    return super.add(events);
  }
}

async function open(clock = new FakeClock()) {
  const database = await Database.open({ path: ':memory:', migrations: eventMigrations, log: nullLogger });
  onTestFinished(() => database.close());
  const store = new FaultyStore(database);
  const log = await EventLog.open({ store, clock, log: nullLogger });
  return { clock, store, log, database };
}

test('events are numbered from 1 in the order they were recorded, with their time', async () => {
  const { log, clock } = await open();
  log.record({ type: 'room.created', room: 'hall', data: { title: 'Hall' } });
  clock.advance(250);
  log.record({ type: 'participant.joined', room: 'hall', subject: { id: 'p1', name: 'Ann', role: 'host' } });
  await log.stored();
  expect((await log.page(everything)).items).toEqual([
    { seq: 1, at: '2026-01-01T00:00:00.000Z', type: 'room.created', room: 'hall', data: { title: 'Hall' } },
    {
      seq: 2,
      at: '2026-01-01T00:00:00.250Z',
      type: 'participant.joined',
      room: 'hall',
      subject: { id: 'p1', name: 'Ann', role: 'host' },
    },
  ]);
  expect(log.newest).toBe(2);
});

test('a log that is opened again goes on with the next number, even when the newest were forgotten', async () => {
  const { log, store, clock } = await open();
  for (let index = 0; index < 5; index += 1) log.record({ type: 'room.created' });
  await log.close();
  await store.prune({ beforeMs: clock.wallMs() + 1, maxEvents: 100, limit: 100 });
  const again = await EventLog.open({ store, clock, log: nullLogger });
  expect(again.newest).toBe(5);
  again.record({ type: 'room.deleted' });
  await again.stored();
  expect((await again.page(everything)).items.map(({ seq, type }) => [seq, type])).toEqual([[6, 'room.deleted']]);
});

test('types, areas of types and rooms choose what is listed', async () => {
  const { log, store } = await open();
  log.record({ type: 'room.created', room: 'a' });
  log.record({ type: 'recording.started', room: 'a' });
  log.record({ type: 'recording.stopped', room: 'b' });
  await log.stored();
  // Of another version of the server.
  await store.add([{ type: 'recordings_x.odd', room: 'b', atMs: 0 }]);
  log.record({ type: 'user.signed_in' });
  await log.stored();
  const seqs = async (filter: object) => (await log.page({ ...everything, ...filter })).items.map(({ seq }) => seq);
  expect(await seqs({ types: ['recording.*'] })).toEqual([2, 3]);
  expect(await seqs({ types: ['recording.*', 'room.created'] })).toEqual([1, 2, 3]);
  expect(await seqs({ rooms: ['a'] })).toEqual([1, 2]);
  expect(await seqs({ rooms: ['b'], types: ['recording.stopped'] })).toEqual([3]);
  expect(await seqs({ after: 3 })).toEqual([4, 5]);
});

test('what a full disk refuses is stored once it can, in order, and nobody was told of it before', async () => {
  const { log, store, clock } = await open();
  const told: number[] = [];
  log.events.on('stored', (seq) => told.push(seq));
  store.full = true;
  log.record({ type: 'room.created' });
  log.record({ type: 'room.changed' });
  await log.stored();
  expect([log.newest, told]).toEqual([0, []]);
  expect(log.figures).toEqual({ written: 0, lost: 0, unstored: 2 });
  store.full = false;
  await clock.run(1000);
  await vi.waitFor(() => expect(told).toEqual([2]), { timeout: 9000 });
  expect((await log.page(everything)).items.map(({ type }) => type)).toEqual(['room.created', 'room.changed']);
});

test('beyond the limit events are counted, and the count is an event', async () => {
  const { log, store, clock } = await open();
  store.full = true;
  for (let index = 0; index < MAX_UNSTORED + 3; index += 1) log.record({ type: 'room.changed' });
  await log.stored();
  store.full = false;
  await clock.run(1000);
  await vi.waitFor(() => expect(log.newest).toBe(MAX_UNSTORED + 1), { timeout: 9000 });
  const [last] = (await log.page({ after: MAX_UNSTORED, limit: 10 })).items;
  expect(last).toMatchObject({ seq: MAX_UNSTORED + 1, type: 'events.lost', data: { count: 3 } });
  expect(log.figures).toEqual({ written: MAX_UNSTORED + 1, lost: 3, unstored: 0 });
});

test('data that is too large is left out, and what is just small enough is kept', async () => {
  const { log } = await open();
  const frame = JSON.stringify({ text: '' }).length;
  for (const more of [0, 1]) {
    log.record({ type: 'room.changed', data: { text: 'x'.repeat(MAX_DATA_LENGTH - frame + more) } });
  }
  await log.stored();
  const [kept, cut] = (await log.page(everything)).items;
  expect(JSON.stringify(kept?.data)).toHaveLength(MAX_DATA_LENGTH);
  expect(cut?.data).toEqual({ tooLarge: true });
});

test('whoever waits is woken by the next event, or by having waited long enough', async () => {
  const { log } = await open();
  const woken = log.changed(0, new AbortController().signal);
  log.record({ type: 'room.created' });
  await woken;
  expect(log.newest).toBe(1);
  await log.changed(0, new AbortController().signal);
  const aborted = new AbortController();
  const waiting = log.changed(1, aborted.signal);
  aborted.abort();
  await waiting;
  expect(log.newest).toBe(1);
});

test('a log that was closed has stored everything, and takes nothing more', async () => {
  const { log, clock } = await open();
  log.record({ type: 'room.created' });
  await log.close();
  log.record({ type: 'room.deleted' });
  await log.stored();
  expect([log.newest, clock.pending]).toEqual([1, 0]);
});

test.each([0, 1, 2, 3, 4, 5, 6])(
  'what happens %i steps after the last was stored is stored, too, without waiting for another',
  async (steps) => {
    const { log } = await open();
    const stop = log.events.on('stored', () => {
      stop();
      let later = Promise.resolve();
      for (let step = 0; step < steps; step += 1) later = later.then(() => {});
      void later.then(() => log.record({ type: 'room.deleted' }));
    });
    log.record({ type: 'room.created' });
    await vi.waitFor(() => expect(log.newest).toBe(2), { timeout: 9000 });
  },
);
