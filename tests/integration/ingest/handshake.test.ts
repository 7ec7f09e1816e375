import { describe, expect, it, vi } from 'vitest';
import type { JoinGrant } from '../../../src/ingest/join-grant.ts';
import { Door } from './door.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

/** A look at a token that takes as long as the test wants. */
class SlowLook {
  begun = 0;
  #answer: ((grant: JoinGrant) => void) | undefined;

  begin(): Promise<JoinGrant> {
    this.begun += 1;
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  end(): void {
    this.#answer?.({ role: 'participant' });
  }
}

const hello = { type: 'hello', version: 1, token: 'participant' } as const;

/** The status for a peer on this machine that says it asks for `client`; its socket stays open. */
async function knock(door: Door, client: string): Promise<number> {
  const peer = await door.peer();
  return peer.upgrade('/ws?room=demo', { 'X-Forwarded-For': client });
}

it('a room takes in a hundred people of one address at once, and tells whoever is beyond to come again', async () => {
  const door = await Door.open();
  const come = async (): Promise<void> => {
    const { control } = await door.join();
    control.say({ type: 'bye' });
    await control.closed;
  };
  for (let count = 0; count < 100; count += 1) await come();
  const beyond = await door.socket();
  beyond.say({ type: 'hello', version: 1, token: 'participant' });
  expect(await beyond.closed).toMatchObject({
    code: 1013,
    reason: expect.stringContaining('Too many people are joining'),
  });
  // Whoever has no right to come in keeps nobody out.
  door.clock.advance(200);
  const stranger = await door.socket();
  stranger.say({ type: 'hello', version: 1, token: 'nobody' });
  expect(await stranger.closed).toMatchObject({ code: 4401 });
  await come();
});

describe('an upgrade request', () => {
  it.each([
    ['/', 404, 'WebSockets are at /ws?room=ROOM.'],
    ['/ws/', 404, 'WebSockets are at'],
    ['/ws/../ws2?room=demo', 404, 'WebSockets are at'],
    ['/ws', 400, 'Name the room'],
    ['/ws?room=', 400, 'Name the room'],
    ['/ws?room=a%2Fb', 400, 'Name the room'],
    [`/ws?room=${'r'.repeat(65)}`, 400, 'at most 64'],
  ])('to %s is answered with %i and a sentence', async (path, status, sentence) => {
    const door = await Door.open();
    const answer = await door.refusal(path);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({
      type: 'about:blank',
      status,
      code: status === 404 ? 'not_found' : 'invalid_request',
      detail: expect.stringContaining(sentence),
    });
  });

  it.each(['//', 'http://[', '/ws?room=%'])('to %j, which is no address, harms nobody', async (path) => {
    const door = await Door.open();
    expect((await door.refusal(path)).status).toBe(400);
    expect((await door.join()).welcome.participant).not.toBe('');
  });

  it('may name a room of 64 characters', async () => {
    const door = await Door.open();
    const room = `${'r'.repeat(62)}_-`;
    door.addRoom(room);
    const control = await door.socket(room);
    control.say({ ...hello, token: 'admin' });
    expect((await control.heard('welcome')).room.id).toBe(room);
  });

  it.each([
    ['http://evil.example', 'rooms.example', 403],
    ['https://rooms.example.evil.example', 'rooms.example', 403],
    ['http://rooms.example:81', 'rooms.example', 403],
    ['null', 'rooms.example', 403],
    ['http://partner.example', 'rooms.example', 403],
    ['https://partner.example', 'rooms.example', 101],
    ['http://rooms.example', 'rooms.example', 101],
    ['https://rooms.example', 'rooms.example', 101],
    ['http://rooms.example:8080', 'rooms.example:8080', 101],
  ])('from a page of %s to %s gets %i', async (Origin, Host, status) => {
    const door = await Door.open({ upgrade: { allowedOrigins: ['https://partner.example'] } });
    const peer = await door.peer();
    expect(await peer.upgrade('/ws?room=demo', { Origin, Host })).toBe(status);
  });

  it('gets as many sockets as one address may have, not one more, and another when one has gone', async () => {
    const door = await Door.open({ upgrade: { socketsPerAddress: 3 } });
    const sockets = [await door.socket(), await door.socket(), await door.socket()];
    expect(await door.refusal('/ws?room=demo')).toMatchObject({
      status: 503,
      body: expect.stringMatching(/"code":"too_many_sockets".*3 sockets open/),
    });
    sockets[0]?.socket.terminate();
    await vi.waitFor(async () => {
      const again = await door.peer();
      const status = await again.upgrade('/ws?room=demo');
      again.socket.destroy();
      expect(status).toBe(101);
    }, WAIT);
  });

  it('from each client behind a proxy of this machine gets as many as from an address without one', async () => {
    const door = await Door.open({ upgrade: { socketsPerAddress: 2 } });
    for (const client of ['203.0.113.7', '203.0.113.8']) {
      for (const status of [101, 101, 503]) expect(await knock(door, client)).toBe(status);
    }
    // Whatever a client says of itself stands before what the proxy says of it.
    expect(await knock(door, '198.51.100.1, 203.0.113.7')).toBe(503);
  });

  it('gets no more by a header that it made up, when no proxy brings it', async () => {
    const door = await Door.open({ upgrade: { socketsPerAddress: 2 }, trustedProxies: ['192.0.2.0/24'] });
    const statuses: number[] = [];
    for (const client of ['203.0.113.7', '203.0.113.8', '203.0.113.9']) statuses.push(await knock(door, client));
    expect(statuses).toEqual([101, 101, 503]);
  });

  it('that is no proper handshake counts for no socket', async () => {
    const door = await Door.open({ upgrade: { socketsPerAddress: 1 } });
    expect((await door.refusal('/ws?room=demo', { 'Sec-WebSocket-Version': '1' })).status).toBe(400);
    await vi.waitFor(
      async () => expect((await door.refusal('/ws?room=demo', { 'Sec-WebSocket-Key': 'short' })).status).toBe(400),
      WAIT,
    );
    await vi.waitFor(async () => expect(await door.socket()).toBeDefined(), WAIT);
  });

  it('that was refused leaves no connection, even when its sender keeps it open', async () => {
    const door = await Door.open();
    const peer = await door.peer();
    expect(await peer.upgrade('/nowhere')).toBe(404);
    // The sender never ends its side, and still the server can close its port.
    await door.closeServer();
    expect(peer.socket.writable).toBe(true);
  });

  it('of another protocol is a request like any other', async () => {
    const door = await Door.open();
    const answer = await door.refusal('/', { Upgrade: 'h2c', Connection: 'Upgrade, close' });
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('page') });
  });
});

describe('hello', () => {
  it('is answered with everything that a client needs, then everything about the room', async () => {
    const door = await Door.open();
    const { control, welcome } = await door.join('host', { name: 'Zoë' });
    expect(welcome).toEqual({
      type: 'welcome',
      participant: expect.stringMatching(/^p-[\w-]{8}$/),
      room: { id: 'demo', title: 'Room demo' },
      resume: expect.stringMatching(/^[\w-]{32}$/),
      resumeMs: 30_000,
      ticket: expect.stringMatching(/^[\w-]{32}$/),
      limits: { maxFrameBytes: 2 * 1024 * 1024, maxMessageBytes: 64 * 1024, maxTracks: 6 },
    });
    await control.heard('files');
    const zoe = { id: welcome.participant, name: 'Zoë', role: 'host', muted: false, connected: true, tracks: [] };
    const { layout, annotation } = door.room;
    expect(control.messages.slice(1)).toEqual([
      { type: 'roster', participants: [zoe] },
      { type: 'room', title: 'Room demo', recording: false },
      { type: 'layout', layout, annotation, program: { width: 1280, height: 720 } },
      { type: 'speaking', participants: [] },
      { type: 'door', locked: false, waitingRoom: false, waiting: [] },
      { type: 'files', items: [], enabled: true },
    ]);
  });

  it('gives the name in the token, else the one said, else Guest', async () => {
    const door = await Door.open();
    await door.join('ana', { name: 'Somebody else' });
    await door.join('participant', { name: '  Ben ' });
    await door.join('participant');
    expect(door.room.participants.map(({ name }) => name)).toEqual(['Ana', 'Ben', 'Guest']);
  });

  it('makes an admin a host, and lets them into every room', async () => {
    const door = await Door.open();
    await door.join('admin');
    expect(door.room.participants[0]?.role).toBe('host');
  });

  it.each([
    ['nobody', 'demo', 4401, 'unauthorized', 'The token does not hold'],
    ['other', 'demo', 4403, 'forbidden', 'for another room'],
    ['viewer', 'demo', 4403, 'forbidden', 'only allows watching'],
    ['admin', 'gone', 4404, 'room_not_found', 'no such room'],
  ])('with the token "%s" for the room %s is refused with %i', async (token, room, code, name, sentence) => {
    const door = await Door.open();
    const control = await door.socket(room);
    control.say({ ...hello, token });
    expect(await control.closed).toEqual({ code, reason: expect.stringContaining(sentence) });
    expect(control.messages).toEqual([{ type: 'error', code: name, message: expect.stringContaining(sentence) }]);
    expect(door.ingest.participants).toBe(0);
  });

  it('finds a full room closed, until somebody has left', async () => {
    const door = await Door.open({ maxParticipants: 2 });
    await door.join();
    const { control: leaving } = await door.join();
    const refused = await door.socket();
    refused.say(hello);
    expect(await refused.closed).toEqual({ code: 1013, reason: expect.stringContaining('at most 2 people') });
    expect(refused.messages[0]).toMatchObject({ code: 'room_full' });
    leaving.say({ type: 'bye' });
    await leaving.closed;
    await door.join();
    expect(door.room.participants).toHaveLength(2);
  });

  it('finds a room that is ending closed for good', async () => {
    const door = await Door.open();
    door.room.end();
    const control = await door.socket();
    control.say(hello);
    expect(await control.closed).toEqual({ code: 4410, reason: expect.stringContaining('has ended') });
    expect(door.ingest.participants).toBe(0);
  });

  it('that does not fit says what is missing, and may be said again', async () => {
    const door = await Door.open();
    const control = await door.socket();
    control.socket.send(JSON.stringify({ type: 'hello', version: 1 }));
    expect(await control.heard('error')).toMatchObject({
      code: 'bad_message',
      message: expect.stringContaining('"token"'),
    });
    control.say(hello);
    await control.heard('welcome');
  });

  it('must come within the time given, to the millisecond', async () => {
    const door = await Door.open({ limits: { helloMs: 5000 } });
    const before = door.clock.pending;
    const control = await door.socket();
    await vi.waitFor(() => expect(door.clock.pending).toBeGreaterThan(before), WAIT);
    door.clock.advance(4999);
    expect(control.socket.readyState).toBe(control.socket.OPEN);
    door.clock.advance(1);
    expect(await control.closed).toEqual({ code: 4408, reason: 'Say hello within 5 seconds.' });
    expect(control.messages[0]).toMatchObject({ code: 'hello_timeout' });
  });

  it('may have come while the server stood still', async () => {
    const door = await Door.open({ limits: { helloMs: 5000 } });
    const before = door.clock.pending;
    const control = await door.socket();
    await vi.waitFor(() => expect(door.clock.pending).toBeGreaterThan(before), WAIT);
    door.clock.standStill(60_000);
    door.clock.advance(4899);
    control.say(hello);
    await control.heard('welcome');
  });

  it('in time ends the waiting', async () => {
    const door = await Door.open();
    const { control } = await door.join();
    door.clock.advance(5001);
    control.say({ type: 'ping', sentMs: 1 });
    await control.heard('pong');
  });

  it.each([
    ['a frame', Buffer.alloc(24, 0x11), 'hello_expected'],
    ['a message', JSON.stringify({ type: 'ping', sentMs: 1 }), 'hello_expected'],
  ])('is expected before %s', async (_, first, code) => {
    const door = await Door.open();
    const control = await door.socket();
    control.socket.send(first);
    expect(await control.closed).toEqual({ code: 4400, reason: expect.stringContaining('"hello" or "attach"') });
    expect(control.messages[0]).toMatchObject({ code });
  });

  it('comes once: a second one ends the connection', async () => {
    const door = await Door.open();
    const { control } = await door.join();
    control.say(hello);
    expect(await control.closed).toEqual({ code: 4400, reason: expect.stringContaining('comes once') });
    await vi.waitFor(() => expect(door.ingest.participants).toBe(0), WAIT);
    expect(door.room.participants).toEqual([]);
  });

  it('lets nobody in who broke the rules while the token was looked at', async () => {
    const looks = new SlowLook();
    const door = await Door.open({ verifyToken: () => looks.begin() });
    // A peer that ignores the server's goodbye, so that its socket stays half closed.
    const peer = await door.peer();
    await peer.upgrade('/ws?room=demo');
    peer.say(hello);
    peer.say(hello);
    await peer.until('not_ready');
    looks.end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(door.ingest.participants).toBe(0);
    expect(door.room.participants).toEqual([]);
  });

  it('lets nobody in who has gone while the token was looked at', async () => {
    const looks = new SlowLook();
    const door = await Door.open({ verifyToken: () => looks.begin() });
    const control = await door.socket();
    control.say(hello);
    control.socket.close(1000);
    await control.closed;
    expect(looks.begun).toBe(1);
    looks.end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(door.ingest.participants).toBe(0);
  });

  it('lets nobody in while the server goes down', async () => {
    const looks = new SlowLook();
    const door = await Door.open({ verifyToken: () => looks.begin() });
    // A member who does not answer the server's goodbye, so that closing takes its time.
    const silent = await door.peer();
    await silent.upgrade('/ws?room=demo');
    silent.say(hello);
    await vi.waitFor(() => expect(looks.begun).toBe(1), WAIT);
    looks.end();
    await vi.waitFor(() => expect(door.ingest.participants).toBe(1), WAIT);
    const control = await door.socket();
    const quiet = await door.socket();
    control.say(hello);
    await vi.waitFor(() => expect(looks.begun).toBe(2), WAIT);
    const closing = door.closeServer();
    await new Promise((resolve) => setImmediate(resolve));
    looks.end();
    expect((await control.closed).code).toBe(1001);
    expect((await quiet.closed).code).toBe(1001);
    expect(control.messages).toEqual([]);
    door.clock.advance(2000);
    await closing;
    expect(door.ingest.participants).toBe(0);
  });
});

describe('attach', () => {
  it('opens the picture socket', async () => {
    const door = await Door.open();
    const { welcome } = await door.join();
    const video = await door.attach(welcome.ticket);
    expect(video.messages).toEqual([{ type: 'attached' }]);
  });

  it.each(['', 'x'.repeat(32)])('with the ticket "%s" is refused', async (ticket) => {
    const door = await Door.open();
    await door.join();
    const video = await door.socket();
    video.say({ type: 'attach', version: 1, ticket });
    expect(await video.closed).toEqual({ code: 4401, reason: expect.stringContaining('ticket is not valid') });
  });

  it('with the ticket of somebody who has left is refused', async () => {
    const door = await Door.open();
    const { control, welcome } = await door.join();
    control.say({ type: 'bye' });
    await control.closed;
    const video = await door.socket();
    video.say({ type: 'attach', version: 1, ticket: welcome.ticket });
    expect((await video.closed).code).toBe(4401);
  });

  it('again replaces the older picture socket and leaves the control socket alone', async () => {
    const door = await Door.open();
    const { control, welcome } = await door.join();
    const first = await door.attach(welcome.ticket);
    await door.attach(welcome.ticket);
    expect(await first.closed).toEqual({ code: 4409, reason: 'Another picture socket took over.' });
    control.say({ type: 'ping', sentMs: 1 });
    await control.heard('pong');
  });

  it('comes once on a socket: a second one ends the connection', async () => {
    const door = await Door.open();
    const { control, welcome } = await door.join();
    const video = await door.attach(welcome.ticket);
    video.say({ type: 'attach', version: 1, ticket: welcome.ticket });
    expect(await video.closed).toEqual({ code: 4400, reason: expect.stringContaining('comes once') });
    expect((await control.closed).code).toBe(4400);
    await vi.waitFor(() => expect(door.ingest.participants).toBe(0), WAIT);
  });
});
