import { createHmac } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { revocationKey, Tokens } from '../../../src/api/tokens.ts';
import { type ClientMessage, clientMessageTypes } from '../../../src/protocol/messages.ts';
import { endWhatWasTakenBack } from '../../../src/server/account-services.ts';
import { joinGrant } from '../../../src/server/join-grant.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { openPeople, type People } from '../../helpers/people.ts';
import type { TestSocket } from '../../helpers/test-participant.ts';
import { Door, heardOut } from './door.ts';
import { INSIDE, type Inside, type MessageRow, messageRows } from './message-rows.ts';

const ADMIN_TOKEN = 'admin-token-of-the-matrix-0123456789';
const SECRET = new Uint8Array(32).fill(7);
/** Who is not let in, and the code that says why. */
const OUTSIDE = {
  viewer: 'forbidden',
  'host of another room': 'forbidden',
  expired: 'token_expired',
  tampered: 'token_invalid',
  unsigned: 'token_invalid',
  'of another algorithm': 'token_invalid',
  'signed by somebody else': 'token_invalid',
  'a ticket for a download': 'token_invalid',
  'a viewer’s of before all of them were sent out': 'token_revoked',
  'a participant’s that was taken back': 'token_revoked',
  'a host’s that was taken back': 'token_revoked',
  'an account’s that has no room': 'not_a_member',
  'an account’s that made another room': 'not_a_member',
  'an account’s that made the room and has signed out': 'signed_out',
} as const;
type Outside = keyof typeof OUTSIDE;
/** Whose token is taken back while they are in the room; an account is a host of the room that it made. */
const TAKEN_BACK = ['host', 'participant', 'account'] as const;
type TakenBack = (typeof TAKEN_BACK)[number];

/** A door that is opened by real tokens. */
class RealDoor {
  readonly door: Door;
  readonly #people: People;
  readonly #clock: FakeClock;
  readonly #version: { viewers: number };

  private constructor(door: Door, people: People, clock: FakeClock, version: { viewers: number }) {
    this.door = door;
    this.#people = people;
    this.#clock = clock;
    this.#version = version;
  }

  static async open(): Promise<RealDoor> {
    const version = { viewers: 1 };
    const clock = new FakeClock();
    const rooms = ['demo', 'elsewhere'];
    const people = await openPeople({ clock, adminToken: ADMIN_TOKEN, rooms, versionOf: () => version.viewers });
    onTestFinished(() => people.close());
    const verifyToken = async (token: string, room: string) => joinGrant(await people.tokens.verify(token, room));
    const door = await Door.open({ clock, verifyToken });
    const contacts = { revoke: () => undefined, expel: () => undefined };
    endWhatWasTakenBack(people, (ends) => door.ingest.expel(ends), contacts);
    return new RealDoor(door, people, clock, version);
  }

  get #tokens(): Tokens {
    return this.#people.tokens;
  }

  /** As a sign-out does, or an admin with somebody else's token. */
  async takeBack(token: string): Promise<void> {
    const grant = await this.#tokens.verify(token, 'demo');
    if (grant.tokenId === undefined || !grant.expiresAt) throw new Error('This token cannot be taken back');
    await this.#people.revocations.revoke(revocationKey(grant, grant.tokenId), grant.expiresAt);
  }

  /** Of an account that has signed in and made this room, or none. */
  async accountToken(made?: 'demo' | 'elsewhere'): Promise<string> {
    const password = 'one long password';
    const { id } = await this.#people.accounts.create({ login: 'ann', name: 'Ann', password });
    if (made) await this.#people.owners.set(made, id);
    return (await this.#people.control.signIn('ann', password, undefined)).token;
  }

  async tokenOf(caller: Inside | Outside): Promise<string> {
    const issue = async (role: 'host' | 'participant' | 'viewer', room = 'demo', ttlSeconds = 3600) =>
      (await this.#tokens.issue({ room, role, ttlSeconds })).token;
    const head = (text: string) => Buffer.from(text).toString('base64url');
    switch (caller) {
      case 'admin':
        return ADMIN_TOKEN;
      case 'host':
      case 'participant':
      case 'viewer':
        return issue(caller);
      case 'host of another room':
        return issue('host', 'elsewhere');
      case 'expired': {
        const token = await issue('host', 'demo', 1);
        this.#clock.advance(61_500);
        return token;
      }
      case 'tampered': {
        const [first, claims = '', signature] = (await issue('viewer')).split('.');
        const mine = Buffer.from(claims, 'base64url').toString().replace('viewer', 'host');
        return `${first}.${head(mine)}.${signature}`;
      }
      case 'unsigned':
        return `${head('{"alg":"none","typ":"JWT"}')}.${(await issue('host')).split('.')[1]}.`;
      case 'of another algorithm': {
        const signed = `${head('{"alg":"HS512","typ":"JWT"}')}.${(await issue('host')).split('.')[1]}`;
        return `${signed}.${createHmac('sha512', SECRET).update(signed).digest('base64url')}`;
      }
      case 'signed by somebody else': {
        const about = { adminToken: 'x'.repeat(32), clock: this.#clock };
        const theirs = new Tokens({ ...about, secret: new Uint8Array(32).fill(8) });
        return (await theirs.issue({ room: 'demo', role: 'host' })).token;
      }
      case 'a ticket for a download':
        return (await this.#tokens.issueTicket('demo', 'recording.mp4')).ticket;
      case 'a viewer’s of before all of them were sent out': {
        const token = await issue('viewer');
        this.#version.viewers += 1;
        return token;
      }
      case 'a participant’s that was taken back':
        return this.#takenBack(await issue('participant'));
      case 'a host’s that was taken back':
        return this.#takenBack(await issue('host'));
      case 'an account’s that has no room':
        return this.accountToken();
      case 'an account’s that made another room':
        return this.accountToken('elsewhere');
      case 'an account’s that made the room and has signed out':
        return this.#takenBack(await this.accountToken('demo'));
    }
  }

  async #takenBack(token: string): Promise<string> {
    await this.takeBack(token);
    return token;
  }
}

/** Codes of everything that was refused so far. */
function refusalsOf({ messages }: TestSocket): string[] {
  return messages.flatMap((message) =>
    message.type === 'error' || message.type === 'chat-refused' ? [message.code] : [],
  );
}

/** A message of the chat about the one of this id, or about this participant. */
function aimed(message: ClientMessage, id: string, participant: string): ClientMessage {
  if (message.type === 'chat-edit' || message.type === 'chat-delete' || message.type === 'chat-before') {
    return { ...message, id };
  }
  return message.type === 'ask-unmute' || message.type === 'ask-video' ? { ...message, participant } : message;
}

/** What became of a message: `works`, or the code of its refusal, and the close code where it ended the connection. */
async function outcome(real: RealDoor, caller: Inside, row: MessageRow): Promise<string> {
  const { door } = real;
  const somebody = { id: 'somebody', name: 'Somebody', role: 'participant' } as const;
  const { id } = await door.chats.say(door.room, somebody, { key: 'key-of-somebody', text: 'Hello' });
  const other = await door.join(await real.tokenOf('participant'));
  const { control } = await door.join(await real.tokenOf(caller));
  for (const message of row.first ?? []) control.say(message);
  control.say(aimed(row.message, id, other.welcome.participant));
  if (row.closes !== undefined) {
    const { code } = await control.closed;
    return [refusalsOf(control)[0] ?? 'works', code].join(' ');
  }
  await heardOut(control);
  // What the chat refuses is told when the database has answered.
  if (row.message.type.startsWith('chat-') && !row.allowed.includes(caller)) await control.heard('chat-refused');
  return refusalsOf(control)[0] ?? 'works';
}

describe('a message of somebody in a room', () => {
  it('has a row in message-rows.ts, whatever its kind', () => {
    expect(Object.keys(messageRows).toSorted()).toEqual(clientMessageTypes().toSorted());
    for (const [type, { message, allowed, refusal }] of Object.entries(messageRows)) {
      expect([type, message.type]).toEqual([type, type]);
      // Whoever may not is told why.
      expect([type, allowed.length === INSIDE.length || refusal !== undefined]).toEqual([type, true]);
    }
  });

  it.each(Object.entries(messageRows))('of the kind %s works for whom it should', async (_type, row) => {
    const found: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const caller of INSIDE) {
      const real = await RealDoor.open();
      found[caller] = await outcome(real, caller, row);
      const word = row.allowed.includes(caller) ? 'works' : (row.refusal ?? '');
      wanted[caller] = row.closes === undefined ? word : `${word} ${row.closes}`;
    }
    expect(found).toEqual(wanted);
  });
});

describe('a message of somebody whose token is taken back while they are in the room', () => {
  const tokenOf = (real: RealDoor, role: TakenBack) =>
    role === 'account' ? real.accountToken('demo') : real.tokenOf(role);
  const endOf = (role: TakenBack) => (role === 'account' ? 'signed_out' : 'token_revoked');

  it.each(Object.entries(messageRows).flatMap(([type, row]) => TAKEN_BACK.map((role) => ({ type, role, row }))))(
    'of the kind $type, of one of the role $role, does nothing any more',
    async ({ role, row }) => {
      const real = await RealDoor.open();
      const { door } = real;
      const somebody = { id: 'somebody', name: 'Somebody', role: 'participant' } as const;
      const { id } = await door.chats.say(door.room, somebody, { key: 'key-of-somebody', text: 'Hello' });
      const other = await door.join(await real.tokenOf('participant'));
      const token = await tokenOf(real, role);
      const { control } = await door.join(token);
      for (const message of row.first ?? []) control.say(message);
      await heardOut(control);
      await heardOut(other.control);
      const before = { told: other.control.messages.length, recorded: door.recorded.length };
      const kept = await door.chats.since('demo', 0, 'nobody');
      await real.takeBack(token);
      // The socket is still open on this side: what it says is on its way when the word of the end is.
      control.say(aimed(row.message, id, other.welcome.participant));
      expect((await control.closed).code).toBe(4403);
      expect(refusalsOf(control)).toEqual([endOf(role)]);
      await heardOut(other.control);
      expect(door.room.participants.map((one) => one.id)).toEqual([other.welcome.participant]);
      expect(door.recorded.slice(before.recorded)).toEqual([]);
      expect(await door.chats.since('demo', 0, 'nobody')).toEqual(kept);
      // That they have left is all that the others are told.
      const told = new Set(other.control.messages.slice(before.told).map((message) => message.type));
      expect([...told].filter((type) => type !== 'pong')).toEqual(['roster']);
    },
  );

  it.each(TAKEN_BACK)('leaves one of the role %s nothing to come back by', async (role) => {
    const real = await RealDoor.open();
    const { door } = real;
    const token = await tokenOf(real, role);
    const { control, welcome } = await door.join(token);
    await real.takeBack(token);
    await control.closed;
    const { resume, ticket } = welcome;
    const ways = [
      [{ type: 'hello', version: 1, token }, endOf(role)],
      [{ type: 'hello', version: 1, token, resume }, endOf(role)],
      [{ type: 'attach', version: 1, ticket }, 'unauthorized'],
    ] as const;
    for (const [message, refusal] of ways) {
      const socket = await door.socket();
      socket.say(message);
      await socket.closed;
      expect(refusalsOf(socket)).toEqual([refusal]);
    }
    expect([door.ingest.participants, door.room.participants]).toEqual([0, []]);
  });
});

describe('a message of somebody who is not let in', () => {
  const greetings = new Set(['hello', 'attach']);
  const rows = Object.values(messageRows).map(({ message }) => message);

  it.each(Object.entries(OUTSIDE))('does nothing with a token that is %s: %s', async (caller, refusal) => {
    const real = await RealDoor.open();
    const { door } = real;
    const hello: ClientMessage = { type: 'hello', version: 1, token: await real.tokenOf(caller as Outside) };
    for (const message of rows) {
      const socket = await door.socket();
      // At once: the second comes while the token of the first is looked at.
      socket.say(hello);
      socket.say(message);
      const { code } = await socket.closed;
      expect([message.type, code >= 4400 && code < 4500]).toEqual([message.type, true]);
      expect(socket.messages.every(({ type }) => type === 'error')).toBe(true);
      expect(JSON.stringify(socket.messages)).not.toContain(hello.token);
    }
    const alone = await door.socket();
    alone.say(hello);
    await alone.closed;
    expect(refusalsOf(alone)).toEqual([refusal]);
    expect([door.ingest.participants, door.room.participants]).toEqual([0, []]);
    const said = await door.chats.since('demo', 0, 'nobody');
    expect(said.entries).toEqual([]);
  });

  it.each(rows.filter(({ type }) => !greetings.has(type)))(
    'of the kind $type does nothing without hello',
    async (message) => {
      const door = await Door.open();
      const socket = await door.socket();
      socket.say(message);
      expect((await socket.closed).code).toBe(4400);
      expect(refusalsOf(socket)).toEqual(['hello_expected']);
    },
  );
});
