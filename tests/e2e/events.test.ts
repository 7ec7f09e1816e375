import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { PATIENCE } from '../helpers/patience.ts';
import { TestParticipant } from '../helpers/test-participant.ts';
import { TestServer } from '../helpers/test-server.ts';
import { WebhookReceiver } from '../helpers/webhook-receiver.ts';

const ROOM = 'tides';

interface Told {
  readonly seq: number;
  readonly type: string;
  readonly room?: string;
  readonly actor?: { readonly role: string };
  readonly subject?: { readonly name: string };
  readonly data?: Readonly<Record<string, unknown>>;
}

let server: TestServer;
const receiver = new WebhookReceiver();

beforeAll(async () => {
  await receiver.up();
  const program = { width: 320, height: 180, preset: 'ultrafast', videoKbit: 200 } as const;
  server = await TestServer.start({ program, events: { allowPrivateWebhooks: true } });
});
afterAll(async () => {
  await server?.close();
  await receiver.down();
});

async function told(): Promise<readonly Told[]> {
  const { body } = await server.api<{ items: readonly Told[] }>('GET', `/api/events?room=${ROOM}&limit=1000`);
  return body.items;
}

it('a session with a recording is told in order, with who did it, and a receiver gets the same', async () => {
  await server.api('POST', '/api/webhooks', { url: receiver.url });
  const { url, token } = server;
  await server.api('POST', '/api/rooms', { id: ROOM, title: 'Tides' });
  const ana = await TestParticipant.join({ url, room: ROOM, token, name: 'Ana' });
  let id = '';
  await vi.waitFor(async () => {
    const { status, body } = await server.api<{ id: string }>('POST', `/api/rooms/${ROOM}/recordings`);
    expect(status).toBe(201);
    id = body.id;
  }, PATIENCE);
  await server.api('PATCH', `/api/rooms/${ROOM}`, { title: 'High tide' });
  await server.api('POST', `/api/recordings/${id}/stop`);
  await ana.leave();
  await server.api('DELETE', `/api/rooms/${ROOM}`);
  const events = await told();
  const names = events.map(({ type, actor, subject }) => [type, actor?.role ?? subject?.name ?? ''].join(' ').trim());
  expect(names).toEqual(
    expect.arrayContaining([
      'room.created admin',
      'session.began',
      'participant.joined Ana',
      'recording.started admin',
      'room.changed admin',
      'recording.stopped admin',
      'participant.left Ana',
      'session.ended',
      'room.deleted admin',
    ]),
  );
  const order = ['room.created', 'session.began', 'participant.joined', 'recording.started', 'recording.stopped'];
  const places = [...order, 'session.ended', 'room.deleted'].map((type) =>
    events.findIndex((one) => one.type === type),
  );
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(events.find(({ type }) => type === 'room.changed')?.data).toEqual({ title: 'High tide', changed: ['title'] });
  await vi.waitFor(async () => {
    const { body } = await server.api<{ items: readonly Told[] }>('GET', '/api/events?limit=1000');
    expect(receiver.arrivals.map(({ body: text }) => JSON.parse(text) as Told)).toEqual(body.items);
  }, PATIENCE);
  const metrics = Buffer.from(await server.bytes('/metrics')).toString();
  expect(metrics).toMatch(/^gridcast_events_total [1-9]/m);
  expect(metrics).toMatch(/^gridcast_webhook_deliveries_total\{result="taken"\} [1-9]/m);
  expect(metrics).toContain('gridcast_webhooks{state="working"} 1\n');
});
