import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { MAX_HELD } from '../../../src/api/event-feed.ts';
import type { EventType } from '../../../src/events/event-types.ts';
import { ADMIN_TOKEN, startApi, type TestApi } from './api-server.ts';

const token = ADMIN_TOKEN;
const patient = { timeout: 9000, interval: 5 };

async function happen({ deps }: TestApi, ...types: EventType[]): Promise<void> {
  for (const type of types) deps.events.record({ type, room: 'hall' });
  await deps.events.stored();
}

async function open(api: TestApi, path: string, headers: Record<string, string> = {}) {
  const request = get({
    port: api.port,
    host: '127.0.0.1',
    path,
    agent: false,
    headers: { Authorization: `Bearer ${token}`, ...headers },
  });
  onTestFinished(() => void request.destroy());
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const heard = { text: '', ended: false, status: response.statusCode, headers: response.headers };
  response.setEncoding('utf8').on('data', (chunk: string) => {
    heard.text += chunk;
  });
  response.on('end', () => {
    heard.ended = true;
  });
  response.on('error', () => {});
  return heard;
}

test('events are read page by page, and chosen by type and room', async () => {
  const api = await startApi();
  await happen(api, 'room.created', 'participant.joined', 'participant.left');
  const first = await api.send('GET', '/api/events?limit=2', { token });
  expect(first.json).toMatchObject({ items: [{ seq: 1, type: 'room.created' }, { seq: 2 }], next: 2, oldest: 1 });
  const second = await api.send('GET', '/api/events?limit=2&after=2', { token });
  expect(second.json).toMatchObject({ items: [{ seq: 3 }], next: 3 });
  const chosen = await api.send('GET', '/api/events?type=participant.left,room.*&room=hall', { token });
  expect(chosen.json['items']).toMatchObject([{ seq: 1 }, { seq: 3 }]);
  expect((await api.send('GET', '/api/events?room=attic', { token })).json).toMatchObject({ items: [], next: 3 });
});

test.each(['type=Room', 'type=room.%25', 'room=a%20b', 'limit=1001', 'wait=31', 'after=-1', 'typ=room.created'])(
  'a query with %s is refused with a reason',
  async (query) => {
    const api = await startApi();
    const answer = await api.send('GET', `/api/events?${query}`, { token });
    expect([answer.status, answer.json['code']]).toEqual([400, 'invalid_request']);
  },
);

test('who waits is answered by the next event that is wanted, or with nothing when the time is over', async () => {
  const api = await startApi();
  const waiting = api.send('GET', '/api/events?wait=30&type=room.deleted', { token });
  await vi.waitFor(() => expect(api.clock.pending).toBeGreaterThan(0), patient);
  await happen(api, 'room.created');
  await happen(api, 'room.deleted');
  expect((await waiting).json).toMatchObject({ items: [{ seq: 2 }], next: 2 });
  const before = api.clock.pending;
  const inVain = api.send('GET', '/api/events?wait=5&after=2', { token });
  await vi.waitFor(() => expect(api.clock.pending).toBe(before + 1), patient);
  api.clock.advance(5000);
  expect((await inVain).json).toMatchObject({ items: [], next: 2 });
});

test('a stream begins after the last event that its reader had, goes on with what comes, and shows that it lives', async () => {
  const api = await startApi();
  await happen(api, 'room.created', 'room.changed', 'room.changed');
  const stream = await open(api, '/api/events/stream?after=0', { 'Last-Event-ID': '2' });
  expect(stream.headers['content-type']).toBe('text/event-stream');
  await vi.waitFor(() => expect(stream.text).toContain('id: 3\ndata: {"seq":3,'), patient);
  expect(stream.text).not.toContain('"seq":2');
  await happen(api, 'room.deleted');
  await vi.waitFor(() => expect(stream.text).toContain('id: 4\ndata: {"seq":4,'), patient);
  api.clock.advance(15_000);
  await vi.waitFor(() => expect(stream.text.endsWith('id: 4\n: \n\n')).toBe(true), patient);
});

test('a stream ends when its token does not hold any more', async () => {
  const api = await startApi();
  const stream = await open(api, '/api/events/stream');
  await vi.waitFor(() => expect(stream.text).toContain('retry'), patient);
  vi.spyOn(api.deps.tokens, 'verify').mockRejectedValue(new Error('revoked'));
  await vi.waitFor(() => {
    api.clock.advance(15_000);
    expect(stream.ended).toBe(true);
  }, patient);
});

test(`${MAX_HELD} streams are held at the same time, one more is refused, and who goes makes room`, async () => {
  const api = await startApi();
  const held = [];
  for (let index = 0; index < MAX_HELD; index += 1) {
    const request = get({
      host: '127.0.0.1',
      port: api.port,
      path: '/api/events/stream',
      agent: false,
      headers: { Authorization: `Bearer ${token}` },
    });
    request.on('error', () => {});
    onTestFinished(() => void request.destroy());
    await once(request, 'response');
    held.push(request);
  }
  const refused = await api.send('GET', '/api/events?wait=1', { token });
  expect([refused.status, refused.json['code']]).toEqual([503, 'too_many_waiting']);
  held[0]?.destroy();
  await vi.waitFor(async () => {
    const answer = await api.send('GET', '/api/events/stream', { token, endless: true });
    expect(answer.status).toBe(200);
  }, patient);
});

test('a stream whose reader has gone while their token was looked at keeps no place', async () => {
  const api = await startApi();
  const verify = vi.spyOn(api.deps.tokens, 'verify');
  const { promise: looked, resolve: look } = Promise.withResolvers<void>();
  verify.mockImplementation(async () => {
    await looked;
    return { role: 'admin' };
  });
  const asked = Array.from({ length: MAX_HELD }, () => {
    const headers = { Authorization: `Bearer ${token}` };
    const request = get({ host: '127.0.0.1', port: api.port, path: '/api/events/stream', agent: false, headers });
    return request.on('error', () => {});
  });
  await vi.waitFor(() => expect(verify).toHaveBeenCalledTimes(MAX_HELD), patient);
  for (const request of asked) request.destroy();
  const gone = (): number => api.log.filter(({ message }) => message === 'request').length;
  await vi.waitFor(() => expect(gone()).toBe(MAX_HELD), patient);
  look();
  verify.mockRestore();
  expect((await api.send('GET', '/api/events/stream', { token, endless: true })).status).toBe(200);
});

test('a webhook tells its secret when it is made and when it is renewed, and never again', async () => {
  const api = await startApi();
  const made = await api.send('POST', '/api/webhooks', {
    token,
    body: { url: 'https://hooks.example/a', types: ['room.*'] },
  });
  expect(made.status).toBe(201);
  expect(made.json).toMatchObject({ url: 'https://hooks.example/a', types: ['room.*'], state: 'working', behind: 0 });
  const { id, secret } = made.json as { id: string; secret: string };
  expect(secret).toMatch(/^whsec_[\w-]{43}$/);
  const path = `/api/webhooks/${id}`;
  const renewed = await api.send('POST', `${path}/secret`, { token });
  expect(renewed.json['secret']).not.toBe(secret);
  const told = [
    await api.send('GET', '/api/webhooks', { token }),
    await api.send('GET', path, { token }),
    await api.send('PATCH', path, { token, body: { rooms: ['hall'] } }),
    await api.send('GET', '/api/events', { token }),
  ];
  expect(told.map(({ text }) => text).join('')).not.toContain('whsec_');
  expect(JSON.stringify(api.log)).not.toContain('whsec_');
  expect(told[3]?.json['items']).toMatchObject([
    { type: 'webhook.created', actor: { role: 'admin' }, data: { webhook: id, host: 'hooks.example' } },
    { type: 'webhook.changed' },
    { type: 'webhook.changed' },
  ]);
});

test.each([
  ['http://127.0.0.1:9/', 'private_address'],
  ['http://[::ffff:10.0.0.1]/', 'private_address'],
  ['http://0x7f000001/', 'private_address'],
  ['http://169.254.169.254/latest/meta-data', 'private_address'],
  ['ftp://hooks.example/', 'bad_url'],
  ['https://user:pass@hooks.example/', 'bad_url'],
  ['hooks.example', 'bad_url'],
])('a webhook to %s is refused', async (url, code) => {
  const api = await startApi();
  const answer = await api.send('POST', '/api/webhooks', { token, body: { url } });
  expect([answer.status, answer.json['code']]).toEqual([400, code]);
  const changed = await api.send('PATCH', '/api/webhooks/webhook1', { token, body: { url } });
  expect(changed.json['code']).toBe(code);
});

test('the last webhook that is allowed is made, and the next refused', async () => {
  const api = await startApi();
  const statuses = [];
  for (let index = 0; index < 3; index += 1) {
    statuses.push(
      (await api.send('POST', '/api/webhooks', { token, body: { url: `https://hooks.example/${index}` } })).status,
    );
  }
  // With the one that was there.
  expect(statuses).toEqual([201, 201, 503]);
  expect((await api.send('DELETE', '/api/webhooks/webhook1', { token })).status).toBe(204);
  expect((await api.send('POST', '/api/webhooks', { token, body: { url: 'https://hooks.example/z' } })).status).toBe(
    201,
  );
  expect((await api.send('GET', '/api/webhooks/webhook1', { token })).json['code']).toBe('webhook_not_found');
});

test('a webhook that was given up goes on when an admin says so, and tells what its receiver answers', async () => {
  const api = await startApi();
  await happen(api, 'room.created');
  const paused = await api.send('GET', '/api/webhooks/webhook1', { token });
  expect(paused.json).toMatchObject({ state: 'paused', reason: 'failing', after: 0, behind: 1 });
  const on = await api.send('PATCH', '/api/webhooks/webhook1', { token, body: { paused: false } });
  expect(on.json).not.toHaveProperty('reason');
  await vi.waitFor(async () => {
    const { json } = await api.send('GET', '/api/webhooks/webhook1/deliveries', { token });
    expect(json['items']).toMatchObject([
      { seq: 1, type: 'room.created', attempt: 1, taken: false, answer: 'no such name' },
    ]);
  }, patient);
  expect((await api.send('GET', '/api/webhooks/webhook1', { token })).json).toMatchObject({
    state: 'failing',
    failures: 1,
  });
});
