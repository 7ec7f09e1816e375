import { expect, onTestFinished, test, vi } from 'vitest';
import type { WebhooksOptions } from '../../../src/events/webhooks.ts';
import { MAX_DELIVERIES } from '../../../src/events/webhook-store.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { WebhookReceiver } from '../../helpers/webhook-receiver.ts';
import { openWebhookServer } from '../../helpers/webhook-server.ts';

const patient = { timeout: 9000, interval: 5 };

async function open(options: Partial<WebhooksOptions> = {}) {
  const clock = new FakeClock();
  const receiver = new WebhookReceiver();
  await receiver.up();
  onTestFinished(() => receiver.down());
  const server = await openWebhookServer(':memory:', clock, options);
  onTestFinished(() => server.close());
  return { clock, receiver, ...server };
}

test('a webhook gets the types and rooms that it asked for, in order, from where it asked for', async () => {
  const { receiver, webhooks, happen } = await open();
  await happen(1, 'room.created');
  await happen(1, 'participant.joined');
  await webhooks.create({ url: receiver.url, types: ['participant.*', 'recording.ready'], rooms: ['hall'], after: 0 });
  await happen(1, 'recording.started');
  await happen(1, 'recording.ready');
  await vi.waitFor(() => expect(receiver.taken).toEqual([2, 4]), patient);
});

test('a receiver that says it is gone is paused at once, and an admin may let it go on where it was', async () => {
  const { receiver, events, webhooks, happen } = await open();
  const { id } = await webhooks.create({ url: receiver.url, types: ['room.*'] });
  receiver.mood = 410;
  await happen(2);
  await vi.waitFor(async () => expect((await webhooks.find(id)).paused).toBe('gone'), patient);
  await vi.waitFor(() => expect(events.newest).toBe(3), patient);
  expect((await events.page({ after: 2, limit: 10 })).items).toMatchObject([
    { type: 'webhook.paused', data: { webhook: id, reason: 'gone', status: 410, answer: 'said 410' } },
  ]);
  receiver.mood = 200;
  await happen(1);
  expect(receiver.arrivals).toHaveLength(1);
  await webhooks.change(id, { paused: false });
  await vi.waitFor(() => expect(receiver.taken).toEqual([1, 2, 4]), patient);
});

test('a receiver that fails for as long as is allowed is paused, and not a moment sooner', async () => {
  const { clock, receiver, webhooks, happen } = await open({ pauseAfterMs: 4500 });
  const { id } = await webhooks.create({ url: receiver.url });
  receiver.mood = 302;
  receiver.answerHeaders = { Location: receiver.url };
  await happen(1);
  // The second try comes after 1.5 seconds, the third 3 seconds later.
  for (const [failures, waitMs] of [
    [1, 1500],
    [2, 3000],
  ] as const) {
    await vi.waitFor(
      async () => expect(await webhooks.find(id)).toMatchObject({ failures, paused: undefined }),
      patient,
    );
    await vi.waitFor(() => expect(clock.pending).toBe(1), patient);
    clock.advance(waitMs);
  }
  await vi.waitFor(async () => expect((await webhooks.find(id)).paused).toBe('failing'), patient);
  expect(receiver.arrivals).toHaveLength(3);
});

test('a pause does not last until a clock that was set back by a year has come there again', async () => {
  const { clock, receiver, webhooks, happen } = await open();
  const { id } = await webhooks.create({ url: receiver.url });
  receiver.mood = 500;
  await happen(1);
  await vi.waitFor(async () => expect(await webhooks.find(id)).toMatchObject({ failures: 1 }), patient);
  await vi.waitFor(() => expect(clock.pending).toBe(1), patient);
  receiver.mood = 200;
  clock.jumpWall(-365 * 86_400_000);
  clock.advance(2000);
  await vi.waitFor(() => expect(receiver.taken).toEqual([1]), patient);
});

test('a replay sends everything after an event again, also while another one is on its way', async () => {
  const { receiver, webhooks, happen } = await open();
  const { id } = await webhooks.create({ url: receiver.url });
  await happen(3);
  await vi.waitFor(() => expect(receiver.taken).toEqual([1, 2, 3]), patient);
  await webhooks.replay(id, 1);
  await vi.waitFor(() => expect(receiver.taken).toEqual([1, 2, 3, 2, 3]), patient);
  await Promise.all([happen(1), webhooks.replay(id, 3)]);
  await vi.waitFor(() => expect(receiver.taken.at(-1)).toBe(4), patient);
  await webhooks.replay(id, 1_000_000);
  await happen(1);
  await vi.waitFor(() => expect(receiver.taken.at(-1)).toBe(5), patient);
});

test('a webhook that an admin pauses or deletes while an event is on its way gets nothing more', async () => {
  const { clock, receiver, webhooks, happen } = await open();
  const { id } = await webhooks.create({ url: receiver.url });
  receiver.mood = 'silent';
  await happen(1);
  await vi.waitFor(() => expect(receiver.arrivals).toHaveLength(1), patient);
  await webhooks.change(id, { paused: true });
  clock.advance(10_000);
  await vi.waitFor(
    async () => expect(await webhooks.find(id)).toMatchObject({ failures: 1, paused: 'asked' }),
    patient,
  );
  await webhooks.remove(id);
  await happen(1);
  expect([receiver.arrivals.length, clock.pending]).toEqual([1, 0]);
});

test(`the last ${MAX_DELIVERIES} tries are remembered`, async () => {
  const { receiver, webhooks, happen } = await open();
  const { id } = await webhooks.create({ url: receiver.url });
  await happen(MAX_DELIVERIES);
  await vi.waitFor(async () => expect(await webhooks.deliveries(id, 500)).toHaveLength(MAX_DELIVERIES), patient);
  await happen(1);
  await vi.waitFor(() => expect(receiver.taken.at(-1)).toBe(MAX_DELIVERIES + 1), patient);
  await vi.waitFor(async () => expect((await webhooks.find(id)).behind).toBe(0), patient);
  expect((await webhooks.deliveries(id, 500)).map(({ seq }) => seq)).toEqual(
    Array.from({ length: MAX_DELIVERIES }, (_, index) => MAX_DELIVERIES + 1 - index),
  );
});

test('a name that leads to this machine is not connected to, whatever it led to before', async () => {
  let address = '1.1.1.1';
  const { receiver, webhooks, happen } = await open({
    allowPrivate: false,
    resolve: (_host, done) => done(null, [{ address, family: 4 }]),
  });
  address = '127.0.0.1';
  const { port } = new URL(receiver.url);
  const { id } = await webhooks.create({ url: `http://hooks.example:${port}/` });
  await happen(1);
  await vi.waitFor(async () => expect((await webhooks.find(id)).failures).toBe(1), patient);
  expect((await webhooks.find(id)).last).toMatchObject({ status: undefined });
  expect((await webhooks.find(id)).last?.answer).toContain('private network');
  expect(receiver.arrivals).toEqual([]);
});

test('figures say what was tried, what waits for whom and since when, as long as it is kept', async () => {
  const { clock, receiver, webhooks, store, happen } = await open();
  const { id } = await webhooks.create({ url: receiver.url });
  await webhooks.create({ url: receiver.url, types: ['recording.*'] });
  await happen(2);
  await vi.waitFor(async () => expect((await webhooks.figures()).tries.taken).toBe(2), patient);
  receiver.mood = 500;
  await happen(1);
  await vi.waitFor(async () => expect((await webhooks.find(id)).failures).toBe(1), patient);
  clock.advance(400);
  await happen(3);
  await vi.waitFor(
    async () =>
      expect(await webhooks.figures()).toEqual({
        tries: { taken: 2, refused: 1, unanswered: 0 },
        conditions: {
          working: { webhooks: 1, waiting: 0, oldestMs: 0 },
          retrying: { webhooks: 1, waiting: 4, oldestMs: 400 },
          paused: { webhooks: 0, waiting: 0, oldestMs: 0 },
          given_up: { webhooks: 0, waiting: 0, oldestMs: 0 },
        },
        failuresInARow: 1,
      }),
    patient,
  );
  receiver.mood = 'cut';
  clock.advance(1100);
  await vi.waitFor(async () => expect((await webhooks.figures()).tries.unanswered).toBe(1), patient);
  await vi.waitFor(async () => expect((await webhooks.find(id)).failures).toBe(2), patient);
  await webhooks.change(id, { paused: true });
  await store.prune({ beforeMs: 0, maxEvents: 2, limit: 100 });
  expect((await webhooks.figures()).conditions).toMatchObject({
    working: { webhooks: 1 },
    retrying: { webhooks: 0, waiting: 0 },
    paused: { webhooks: 1, waiting: 2, oldestMs: 1100 },
  });
});
