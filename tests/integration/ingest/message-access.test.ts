import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Tokens } from '../../../src/api/tokens.ts';
import { type ClientMessage, clientMessageTypes } from '../../../src/protocol/messages.ts';
import { joinGrant } from '../../../src/server/join-grant.ts';
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
  revoked: 'token_revoked',
} as const;
type Outside = keyof typeof OUTSIDE;

/** A door that is opened by real tokens. */
class RealDoor {
  readonly door: Door;
  readonly #tokens: Tokens;
  readonly #version: { viewers: number };

  private constructor(door: Door, tokens: Tokens, version: { viewers: number }) {
    this.door = door;
    this.#tokens = tokens;
    this.#version = version;
  }

  static async open(): Promise<RealDoor> {
    const version = { viewers: 1 };
    const tokens: Tokens[] = [];
    const door = await Door.open({
      verifyToken: async (token) => joinGrant(await (tokens[0] as Tokens).verify(token)),
    });
    const made = new Tokens({
      secret: SECRET,
      adminToken: ADMIN_TOKEN,
      clock: door.clock,
      versionOf: () => version.viewers,
    });
    tokens.push(made);
    return new RealDoor(door, made, version);
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
        this.door.clock.advance(61_500);
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
        const { clock } = this.door;
        const theirs = new Tokens({ secret: new Uint8Array(32).fill(8), adminToken: 'x'.repeat(32), clock });
        return (await theirs.issue({ room: 'demo', role: 'host' })).token;
      }
      case 'a ticket for a download':
        return (await this.#tokens.issueTicket('demo', 'recording.mp4')).ticket;
      case 'revoked': {
        const token = await issue('viewer');
        this.#version.viewers += 1;
        return token;
      }
    }
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
