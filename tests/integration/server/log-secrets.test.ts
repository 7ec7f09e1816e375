import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { LogFields, Logger } from '../../../src/logger.ts';
import { TestSocket } from '../../helpers/test-participant.ts';
import { TestServer } from '../../helpers/test-server.ts';

const PASSWORD = 'a password that is nowhere else';

/** Keeps every line of every level as text, without the redaction that the real log has on top. */
class KeptLines implements Logger {
  readonly lines: string[];
  readonly #fields: LogFields;

  constructor(lines: string[] = [], fields: LogFields = {}) {
    this.lines = lines;
    this.#fields = fields;
  }

  readonly debug = (message: string, fields?: LogFields): void => this.#keep(message, fields);
  readonly info = (message: string, fields?: LogFields): void => this.#keep(message, fields);
  readonly warn = (message: string, fields?: LogFields): void => this.#keep(message, fields);
  readonly error = (message: string, fields?: LogFields): void => this.#keep(message, fields);

  child(fields: LogFields): Logger {
    return new KeptLines(this.lines, { ...this.#fields, ...fields });
  }

  #keep(message: string, fields?: LogFields): void {
    this.lines.push(`${message} ${JSON.stringify({ ...this.#fields, ...fields })}`);
  }
}

let log: KeptLines;
let server: TestServer;

beforeEach(async () => {
  log = new KeptLines();
  server = await TestServer.start({ accounts: { mode: 'on' } }, log);
});
afterEach(() => server.close());

/** What `body` holds under a name, as text. */
function secret(body: unknown, name: string): string {
  const found = (body as Record<string, unknown>)[name];
  if (typeof found !== 'string' || found.length < 16) throw new Error(`No ${name} in ${JSON.stringify(body)}`);
  return found;
}

/** A line may be cut: of a signed token the beginning of what it says is enough. */
function pieces(text: string): string[] {
  const [, claims] = text.split('.');
  return claims === undefined ? [text] : [text, claims.slice(0, 30)];
}

async function get(path: string, headers: Record<string, string> = {}): Promise<void> {
  await (await fetch(`${server.url}${path}`, { headers })).arrayBuffer();
}

describe('the log of a server', () => {
  it('has no token, password or secret of anybody, however they come', async () => {
    const secrets: string[] = [server.token, PASSWORD];
    await server.api('POST', '/api/rooms', { id: 'hall', viewing: { access: 'private' } });
    await server.api('PATCH', '/api/rooms/hall', { door: { password: PASSWORD } });
    await server.api('POST', '/api/rooms/hall/enter', { password: PASSWORD, name: 'Ann' }, '');
    await server.api('POST', '/api/rooms/hall/enter', { password: `${PASSWORD}?`, name: 'Ann' }, '');

    await server.api('POST', '/api/users', { login: 'ann', name: 'Ann', password: PASSWORD });
    const session = await server.api('POST', '/api/session', { login: 'ann', password: PASSWORD }, '');
    await server.api('POST', '/api/session', { login: 'ann', password: `${PASSWORD}?` }, '');
    secrets.push(secret(session.body, 'token'));

    for (const role of ['host', 'participant', 'viewer']) {
      const issued = await server.api('POST', '/api/rooms/hall/tokens', { role, name: role });
      const token = secret(issued.body, 'token');
      secrets.push(token);
      // In the header, in the query of players, in a path that nobody serves, and where none is asked for.
      await server.api('GET', '/api/rooms/hall', undefined, token);
      await server.api('GET', '/api/recordings', undefined, token);
      await get(`/hls/hall/index.m3u8?token=${token}`);
      await get(`/watch/hall?token=${token}`);
      await get(`/api/rooms/hall?token=${token}`, { referer: `${server.url}/?token=${token}` });
      await get('/api/rooms/hall', { authorization: `Basic ${token}` });
      await get('/api/rooms/hall', { authorization: `Bearer ${token}x` });

      const socket = new TestSocket(server.url, 'hall');
      await socket.opened();
      socket.say({ type: 'hello', version: 1, token, name: role, identity: `identity-of-${role}-0123456789` });
      if (role === 'viewer') {
        await socket.closed;
      } else {
        const welcome = await socket.heard('welcome');
        secrets.push(welcome.resume, welcome.ticket, `identity-of-${role}-0123456789`);
        socket.say({ type: 'bye' });
        await socket.closed;
      }
    }

    const invite = await server.api('POST', '/api/rooms/hall/invites', { role: 'participant' });
    const link = secret(invite.body, 'link').split('token=')[1] ?? '';
    secrets.push(link);
    await get('/api/rooms/hall', { authorization: `Bearer ${link}` });
    await server.api('DELETE', `/api/rooms/hall/invites/${(invite.body as { id: string }).id}`);
    await get('/api/rooms/hall', { authorization: `Bearer ${link}` });

    const hook = await server.api('POST', '/api/webhooks', { url: 'https://receiver.invalid/a-path-with-a-key' });
    secrets.push(secret(hook.body, 'secret'));

    const contacts = new WebSocket(`${server.url.replace('http', 'ws')}/ws/contacts`);
    await new Promise((resolve) => contacts.once('open', resolve));
    const heard = new Promise((resolve) => contacts.once('message', resolve));
    contacts.send(JSON.stringify({ type: 'hello', token: secret(session.body, 'token') }));
    await heard;
    contacts.terminate();
    await server.api('DELETE', '/api/session', undefined, secret(session.body, 'token'));

    expect(log.lines.length).toBeGreaterThan(30);
    for (const piece of secrets.flatMap(pieces)) {
      expect(log.lines.filter((line) => line.includes(piece))).toEqual([]);
    }
  });
});
