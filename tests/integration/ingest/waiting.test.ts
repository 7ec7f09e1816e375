import { describe, expect, it, vi } from 'vitest';
import { LimitError, UnauthorizedError } from '../../../src/errors.ts';
import { MAX_WAITING } from '../../../src/protocol/limits.ts';
import { type DoorSettings, doorSettingsSchema } from '../../../src/room/door-settings.ts';
import type { TestSocket } from '../../helpers/test-participant.ts';
import { Door, RESUME_MS, frameOf, heardOut } from './door.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };
const KEY = 'a'.repeat(22);

async function open(settings: Partial<DoorSettings>, options: Parameters<typeof Door.open>[0] = {}): Promise<Door> {
  const door = await Door.open(options);
  set(door, settings);
  return door;
}

function set(door: Door, settings: Partial<DoorSettings>): void {
  door.room.door.settings = doorSettingsSchema.parse(settings);
}

/** Somebody who has said hello and was not let in. */
async function knock(
  door: Door,
  hello: { name?: string; identity?: string; token?: string } = {},
): Promise<TestSocket> {
  const socket = await door.socket();
  socket.say({ type: 'hello', version: 1, token: 'participant', ...hello });
  await socket.heard('waiting');
  return socket;
}

/** Who waits, as the newest word to a host says. */
function seen(host: TestSocket): readonly string[] {
  const [newest] = host.messages.flatMap((message) => (message.type === 'door' ? [message] : [])).slice(-1);
  return newest?.waiting.map(({ name }) => name) ?? [];
}

describe('a room with a waiting room', () => {
  it('tells the newcomer nothing but that they wait, and hosts who does', async () => {
    const door = await open({ waitingRoom: true });
    const host = await door.join('host', { name: 'Hana' });
    door.clock.advance(200);
    const ana = await knock(door, { name: 'Ana' });
    expect(await host.control.heard('door', ({ waiting }) => waiting.length === 1)).toEqual({
      type: 'door',
      locked: false,
      waitingRoom: true,
      waiting: [{ id: expect.any(String), name: 'Ana', sinceMs: expect.any(Number), connected: true }],
    });
    door.room.title = 'Another';
    await heardOut(ana);
    expect(ana.messages.map(({ type }) => type)).toEqual(['waiting', 'pong']);
    expect(door.room.participants.map(({ name }) => name)).toEqual(['Hana']);
    expect(host.control.messages.filter(({ type }) => type === 'roster')).toHaveLength(1);
  });

  it('lets in whom a host lets in, who need not wait again', async () => {
    const door = await open({ waitingRoom: true });
    await door.join('host');
    const ana = await knock(door, { name: 'Ana', identity: KEY });
    const [person] = door.room.door.waiting;
    expect(door.ingest.doors.decide(door.room, String(person?.id), true)).toEqual(person);
    expect((await ana.heard('welcome')).participant).toBe(person?.id);
    expect(door.room.door.waiting).toEqual([]);
    ana.say({ type: 'bye' });
    await ana.closed;
    const again = await door.join('participant', { identity: KEY });
    expect(again.welcome.participant).toBe(person?.id);
    // Whoever was sent out has to wait again.
    door.room.door.forget(String(person?.id));
    again.control.say({ type: 'bye' });
    await again.control.closed;
    await knock(door, { identity: KEY });
  });

  it('sends away whom a host refuses, and asks nobody again for half a minute', async () => {
    const door = await open({ waitingRoom: true });
    await door.join('host');
    const ana = await knock(door, { identity: KEY });
    door.ingest.doors.decide(door.room, String(door.room.door.waiting[0]?.id), false);
    expect((await ana.closed).code).toBe(4403);
    expect(ana.messages.at(-1)).toMatchObject({ type: 'error', code: 'admission_denied' });
    const again = await door.socket();
    again.say({ type: 'hello', version: 1, token: 'participant', identity: KEY });
    expect((await again.closed).code).toBe(4403);
    expect(door.room.door.waiting).toEqual([]);
    door.clock.advance(30_001);
    await knock(door, { identity: KEY });
    expect(door.ingest.doors.decide(door.room, 'nobody', true)).toBeUndefined();
  });

  it('remembers as many refusals as it may, and forgets the oldest for one more', async () => {
    const door = await open({ waitingRoom: true }, { maxRefused: 2 });
    const keys = ['a', 'b', 'c'].map((letter) => letter.repeat(22));
    const [first = '', second = '', third = ''] = keys;
    const refuse = async (identity: string): Promise<void> => {
      const socket = await knock(door, { identity });
      door.ingest.doors.decideAll(door.room, false);
      await socket.closed;
    };
    const isRefused = async (identity: string): Promise<boolean> => {
      const socket = await door.socket();
      socket.say({ type: 'hello', version: 1, token: 'participant', identity });
      return socket.heard('waiting').then(
        () => false,
        () => true,
      );
    };
    await refuse(first);
    await refuse(second);
    expect([await isRefused(first), await isRefused(second)]).toEqual([true, true]);
    await refuse(third);
    expect([await isRefused(first), await isRefused(second), await isRefused(third)]).toEqual([false, true, true]);
  });

  it('lets all in as far as there are places, and everybody when it is switched off', async () => {
    const door = await open({ waitingRoom: true }, { maxParticipants: 3 });
    const host = await door.join('host');
    const people = [
      await knock(door, { name: 'A' }),
      await knock(door, { name: 'B' }),
      await knock(door, { name: 'C' }),
    ];
    expect(door.ingest.doors.decideAll(door.room, true).map(({ name }) => name)).toEqual(['A', 'B']);
    await people[1]?.heard('welcome');
    door.clock.advance(200);
    await vi.waitFor(() => expect(seen(host.control)).toEqual(['C']), WAIT);
    expect(() => door.ingest.doors.decide(door.room, String(door.room.door.waiting[0]?.id), true)).toThrow('full');
    people[0]?.say({ type: 'bye' });
    await people[0]?.closed;
    set(door, {});
    await people[2]?.heard('welcome');
    expect(door.room.participants).toHaveLength(3);
  });

  it(`keeps ${MAX_WAITING} waiting, and one more comes back later`, async () => {
    const door = await open({ waitingRoom: true });
    for (let count = 0; count < MAX_WAITING; count += 1) await knock(door);
    const late = await door.socket();
    late.say({ type: 'hello', version: 1, token: 'participant' });
    expect((await late.closed).code).toBe(1013);
    expect(late.messages).toMatchObject([{ type: 'error', code: 'waiting_full' }]);
    expect(door.room.door.waiting).toHaveLength(MAX_WAITING);
    expect(door.ingest.doors.decideAll(door.room, false)).toHaveLength(MAX_WAITING);
    await knock(door);
  });
});

describe('whoever waits', () => {
  it.each([
    ['a track', (socket: TestSocket) => socket.say({ type: 'publish', track: 0, kind: 'audio', source: 'mic' })],
    ['a message', (socket: TestSocket) => socket.say({ type: 'chat-say', key: 'key-00001', text: 'Hello' })],
    ['a frame', (socket: TestSocket) => socket.socket.send(frameOf('audio', Buffer.from([1])))],
  ])('is closed when they send %s', async (_, act) => {
    const door = await open({ locked: true });
    const ana = await knock(door);
    act(ana);
    expect((await ana.closed).code).toBe(4400);
    expect(ana.messages.at(-1)).toMatchObject({ code: 'not_ready' });
    await vi.waitFor(() => expect(door.room.door.waiting).toEqual([]), WAIT);
  });

  it('keeps their place over a cut, and loses it when they stay away', async () => {
    const door = await open({ waitingRoom: true });
    const ana = await knock(door, { name: 'Ana', identity: KEY });
    await knock(door, { name: 'Ben' });
    ana.socket.terminate();
    await vi.waitFor(() => expect(door.room.door.waiting[0]?.connected).toBe(false), WAIT);
    const back = await knock(door, { name: 'Ana', identity: KEY });
    expect(door.room.door.waiting).toMatchObject([{ name: 'Ana', connected: true }, { name: 'Ben' }]);
    const second = await knock(door, { name: 'Ana', identity: KEY });
    expect((await back.closed).code).toBe(4409);
    second.socket.terminate();
    await vi.waitFor(() => expect(door.room.door.waiting[0]?.connected).toBe(false), WAIT);
    door.clock.advance(RESUME_MS);
    expect(door.room.door.waiting.map(({ name }) => name)).toEqual(['Ben']);
  });

  it('is let in when they come back from a cut in which a host let them in', async () => {
    const door = await open({ waitingRoom: true });
    await door.join('host');
    const ana = await knock(door, { identity: KEY });
    ana.socket.terminate();
    await vi.waitFor(() => expect(door.room.door.waiting[0]?.connected).toBe(false), WAIT);
    door.ingest.doors.decideAll(door.room, true);
    await door.join('participant', { identity: KEY });
  });

  it('goes with "bye", and with the room', async () => {
    const door = await open({ waitingRoom: true });
    const [ana, ben] = [await knock(door), await knock(door)];
    ana.say({ type: 'bye' });
    expect((await ana.closed).code).toBe(1000);
    expect(door.room.door.waiting).toHaveLength(1);
    door.room.end();
    expect((await ben.closed).code).toBe(4410);
  });

  it('is not let in by a token that no longer holds', async () => {
    let holds = true;
    const verifyToken = async (token: string) => {
      if (!holds) throw new UnauthorizedError('Taken back.', 'token_revoked');
      return { role: token === 'host' ? 'host' : 'participant', room: 'demo' } as const;
    };
    const door = await open({ waitingRoom: true }, { verifyToken });
    await door.join('host');
    const ana = await knock(door);
    holds = false;
    door.ingest.doors.decideAll(door.room, true);
    expect((await ana.closed).code).toBe(4401);
    expect(door.room.participants).toHaveLength(1);
  });
});

describe('a room that opens later', () => {
  it('says when, lets hosts in before, and everybody at that time', async () => {
    const door = await Door.open();
    const opensAtMs = door.clock.wallMs() + 40_000;
    set(door, { opensAt: new Date(opensAtMs).toISOString() });
    const ana = await knock(door, { name: 'Ana' });
    expect(await ana.heard('waiting')).toMatchObject({ reason: 'scheduled', opensAtMs, title: 'Room demo' });
    const host = await door.join('host');
    expect(await host.control.heard('door')).toMatchObject({ opensAtMs });
    // Beyond the first look at the clock.
    for (let turn = 0; turn < 3; turn += 1) {
      door.clock.advance(13_000);
      await heardOut(host.control);
    }
    expect(door.room.participants).toHaveLength(1);
    door.clock.advance(1000);
    await ana.heard('welcome');
    door.clock.advance(200);
    await host.control.heard('door', ({ opensAtMs: later }) => later === undefined);
  });

  it('opens when a host says so, and then asks them when there is a waiting room', async () => {
    const door = await Door.open();
    const opensAt = new Date(door.clock.wallMs() + 60_000).toISOString();
    set(door, { opensAt, waitingRoom: true });
    const ana = await knock(door);
    set(door, { waitingRoom: true });
    await ana.heard('waiting', ({ reason }) => reason === 'admission');
    set(door, { locked: true, waitingRoom: true });
    await ana.heard('waiting', ({ reason }) => reason === 'locked');
    set(door, {});
    await ana.heard('welcome');
  });
});

describe('a room with a capacity', () => {
  it('takes that many, and hosts beyond it', async () => {
    const door = await open({ capacity: 2 });
    await door.join('host');
    await door.join('participant');
    const late = await door.socket();
    late.say({ type: 'hello', version: 1, token: 'participant' });
    expect((await late.closed).code).toBe(1013);
    expect(late.messages).toMatchObject([{ code: 'room_full', message: expect.stringContaining('at most 2') }]);
    await door.join('host');
    expect(door.room.participants).toHaveLength(3);
  });
});

describe('a room with a password', () => {
  const isPassword = async (_room: unknown, password: string) => password === 'right one';

  it.each([
    ['its door', { waitingRoom: true }],
    ['it', {}],
  ])('lets nobody to %s when it has ended while the password was looked at', async (_where, settings) => {
    const { promise: looked, resolve: look } = Promise.withResolvers<boolean>();
    const looks = vi.fn<() => Promise<boolean>>(() => looked);
    const door = await open({ password: '$hash', ...settings }, { isPassword: looks });
    const socket = await door.socket();
    socket.say({ type: 'hello', version: 1, token: 'participant', password: 'right one' });
    await vi.waitFor(() => expect(looks).toHaveBeenCalled(), WAIT);
    door.room.end();
    look(true);
    expect(await socket.closed).toEqual({ code: 4410, reason: expect.stringContaining('has ended') });
    expect(socket.messages.map(({ type }) => type)).not.toContain('waiting');
  });

  it.each([
    [undefined, 'password_needed'],
    ['wrong one', 'password_wrong'],
  ])('refuses an invite with the password %s', async (password, code) => {
    const door = await open({ password: '$hash' }, { isPassword });
    const ana = await door.socket();
    ana.say({ type: 'hello', version: 1, token: 'participant', ...(password !== undefined && { password }) });
    expect((await ana.closed).code).toBe(4401);
    expect(ana.messages).toMatchObject([{ code }]);
  });

  it('says for how long one waits who guessed too often', async () => {
    const tooOften = async (): Promise<boolean> => {
      throw new LimitError('too_many_attempts', 'Too often.', 429, 9);
    };
    const door = await open({ password: '$hash' }, { isPassword: tooOften });
    const ana = await door.socket();
    ana.say({ type: 'hello', version: 1, token: 'participant', password: 'right one' });
    expect((await ana.closed).code).toBe(4429);
    expect(ana.messages).toMatchObject([{ code: 'too_many_attempts', retryAfter: 9 }]);
  });

  it('may be guessed a few times by each address, also behind a proxy of this machine', async () => {
    const guesses: string[] = [];
    const isGuess = async (_room: unknown, password: string, address: string) => {
      guesses.push(`${password} ${address}`);
      return Promise.resolve(false);
    };
    const door = await open({ password: '$hash' }, { isPassword: isGuess });
    for (const [password, forwarded] of [
      ['one', {}],
      ['two', { 'X-Forwarded-For': '10.0.0.1, 203.0.113.7' }],
    ] as const) {
      const peer = await door.peer();
      await peer.upgrade('/ws?room=demo', forwarded);
      peer.say({ type: 'hello', version: 1, token: 'participant', password });
      await peer.until('password_wrong');
    }
    expect(guesses).toEqual(['one 127.0.0.1', 'two 203.0.113.7']);
  });

  it('takes the right one, and asks neither hosts nor who has a token of their own, nor who is in', async () => {
    const door = await open({ password: '$hash' }, { isPassword });
    await door.join('participant', { password: 'right one', identity: KEY });
    await door.join('participant', { identity: KEY });
    await door.join('host');
    await door.join('ana');
  });
});
