import { describe, expect, it, vi } from 'vitest';
import type { RoomView } from '../../../src/api/ports.ts';
import type { ChatEntry } from '../../../src/protocol/chat.ts';
import type { RoomChats } from '../../../src/server/room-chats.ts';
import { type Answer, ADMIN_TOKEN, startApi, type TestApi } from './api-server.ts';

const WAIT = { timeout: 9000 };
const ME = 'a'.repeat(22);
const YOU = 'b'.repeat(22);
let keys = 0;

async function say(api: TestApi, text: string, body: object = {}, token?: string): Promise<Answer> {
  keys += 1;
  const all = { text, key: `key-${String(keys).padStart(6, '0')}`, ...body };
  return api.send('POST', '/api/rooms/hall/chat', { body: all, ...(token !== undefined && { token }) });
}

/** What 21 people at one address are told, who each write once, behind a proxy of this machine. */
async function crowd(api: TestApi, address: string): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < 21; at += 1) {
    const me = `${address.replaceAll('.', '-')}-${at}`.padEnd(22, 'x');
    const body = { text: 'Hello', name: 'Vic', me, key: `${address.replaceAll('.', '-')}-${at}` };
    const { status } = await api.send('POST', '/api/rooms/hall/chat', {
      body,
      headers: { 'X-Forwarded-For': address },
    });
    statuses.push(status);
  }
  return statuses;
}

async function read(api: TestApi, query = '', token?: string): Promise<readonly ChatEntry[]> {
  const { json } = await api.send('GET', `/api/rooms/hall/chat${query}`, token === undefined ? {} : { token });
  return (json as { entries: ChatEntry[] }).entries;
}

function setChat(
  api: TestApi,
  viewers: 'off' | 'read' | 'write',
  access: 'public' | 'private' = 'public',
  slowSeconds = 0,
): void {
  const room = api.rooms.get('hall') as RoomView;
  const chat = { viewers, slowSeconds, private: true };
  api.rooms.set('hall', { ...room, chat, viewing: { ...room.viewing, access } });
}

async function tokenOf(api: TestApi, role: 'host' | 'participant' | 'viewer', room = 'hall'): Promise<string> {
  return (await api.deps.tokens.issue({ room, role, ttlSeconds: 60, identity: `${role}-1`, name: `The ${role}` }))
    .token;
}

describe('the chat over HTTP', () => {
  it('takes twenty messages at once from an address, also of those that are behind the same proxy', async () => {
    const api = await startApi();
    setChat(api, 'write');
    const expected = [...Array.from({ length: 20 }, () => 201), 429];
    expect(await crowd(api, '203.0.113.7')).toEqual(expected);
    expect(await crowd(api, '203.0.113.8')).toEqual(expected);
  });

  it('is read by viewers, and written by those who are in the room', async () => {
    const api = await startApi();
    const written = await say(api, 'Hello', {}, await tokenOf(api, 'participant'));
    expect(written.status).toBe(201);
    expect(written.json).toMatchObject({ text: 'Hello', author: { id: 'participant-1', role: 'participant' } });
    expect((await read(api)).map(({ text }) => text)).toEqual(['Hello']);
    expect((await say(api, 'Me too', { me: ME, name: 'Vic' })).json).toMatchObject({ code: 'chat_read_only' });
    const viewer = await tokenOf(api, 'viewer');
    expect((await say(api, 'Me too', { me: ME }, viewer)).json).toMatchObject({ code: 'chat_read_only' });
  });

  it('is written by each admin as who they are: what one wrote nobody else changes', async () => {
    const api = await startApi();
    const signIn = async (login: string): Promise<{ readonly id: string; readonly token: string }> => {
      const who = { login, password: 'long enough by far' };
      const { id } = await api.people.accounts.create({ ...who, name: login, admin: true });
      return { id, token: (await api.people.control.signIn(who.login, who.password, undefined)).token };
    };
    const [ada, abe] = [await signIn('ada'), await signIn('abe')];
    const written = (await say(api, 'Hello', {}, ada.token)).json as unknown as ChatEntry;
    expect(written.author).toEqual({ id: ada.id, name: 'ada', role: 'host' });
    const change = async (token: string) => {
      return (await api.send('PATCH', `/api/rooms/hall/chat/${written.id}`, { token, body: { text: 'Bye' } })).json;
    };
    expect(await change(abe.token)).toMatchObject({ code: 'not_yours' });
    expect(await change(ADMIN_TOKEN)).toMatchObject({ code: 'not_yours' });
    expect(await change(ada.token)).toMatchObject({ text: 'Bye', author: { id: ada.id } });
  });

  it('is written by viewers where they may, each with a name and a secret of their own', async () => {
    const api = await startApi();
    setChat(api, 'write');
    expect((await say(api, 'Hi', { name: 'Vic' })).json).toMatchObject({ code: 'me_missing' });
    expect((await say(api, 'Hi', { me: ME })).json).toMatchObject({ code: 'name_missing' });
    const { json } = await say(api, 'Hi', { name: 'Vic', me: ME });
    const { id, author } = json as ChatEntry;
    expect(author).toMatchObject({ name: 'Vic', role: 'viewer' });
    expect(author.id).not.toContain(ME);
    const path = `/api/rooms/hall/chat/${id}`;
    expect((await api.send('PATCH', path, { body: { text: 'Mine', me: YOU } })).json).toMatchObject({
      code: 'not_yours',
    });
    expect((await api.send('PATCH', path, { body: { text: 'Hi all', me: ME } })).json).toMatchObject({ edited: true });
    expect((await api.send('POST', `${path}/delete`, { body: { me: YOU } })).status).toBe(403);
    expect((await api.send('POST', `${path}/delete`, { body: {}, token: ADMIN_TOKEN })).json).toMatchObject({
      deleted: true,
    });
  });

  it('is closed to viewers where the room says so', async () => {
    const api = await startApi();
    setChat(api, 'off');
    for (const token of [undefined, await tokenOf(api, 'viewer')]) {
      const answer = await api.send('GET', '/api/rooms/hall/chat', token === undefined ? {} : { token });
      expect([answer.status, answer.json]).toMatchObject([403, { code: 'chat_closed' }]);
    }
    expect(await read(api, '', await tokenOf(api, 'host'))).toEqual([]);
  });

  it('of a private room is for its own people', async () => {
    const api = await startApi();
    setChat(api, 'read', 'private');
    expect((await api.send('GET', '/api/rooms/hall/chat')).status).toBe(401);
    const stranger = await tokenOf(api, 'viewer', 'attic');
    expect((await api.send('GET', '/api/rooms/hall/chat', { token: stranger })).status).toBe(403);
    expect(await read(api, '', await tokenOf(api, 'viewer'))).toEqual([]);
  });

  it('waits for what comes, and no longer than it was asked to', async () => {
    const api = await startApi();
    const host = await tokenOf(api, 'host');
    await say(api, 'One', {}, host);
    const [one] = await read(api);
    const waiting = read(api, `?after=${one?.rev}&wait=20`);
    await say(api, 'Two', {}, host);
    expect((await waiting).map(({ text }) => text)).toEqual(['Two']);
    const vain = api.send('GET', `/api/rooms/hall/chat?after=${(one?.rev ?? 0) + 1}&wait=20`);
    await vi.waitFor(() => expect((api.deps.chat as RoomChats).waiting).toBe(1), WAIT);
    api.clock.advance(20_000);
    const rules = { mayWrite: false, slowSeconds: 0, rules: 'read-0' };
    expect((await vain).json).toEqual({ entries: [], more: false, ...rules });
    expect((await api.send('GET', '/api/rooms/hall/chat?wait=26')).status).toBe(400);
  });

  it('tells nothing to somebody whose token was taken back while they waited', async () => {
    const api = await startApi();
    setChat(api, 'read', 'private');
    const viewer = await api.deps.tokens.issue({ room: 'hall', role: 'viewer' });
    const waiting = api.send('GET', '/api/rooms/hall/chat?wait=20', { token: viewer.token });
    await vi.waitFor(() => expect((api.deps.chat as RoomChats).waiting).toBe(1), WAIT);
    await api.deps.revocations.revoke(`hall/${viewer.id}`, viewer.expiresAt);
    await say(api, 'A secret', {}, await tokenOf(api, 'host'));
    expect(await waiting).toMatchObject({ status: 401, json: { code: 'token_revoked' } });
  });

  it('tells other rules at once, also those that came between two requests', async () => {
    const api = await startApi();
    const waiting = api.send('GET', '/api/rooms/hall/chat?wait=20&rules=read-0');
    await vi.waitFor(() => expect((api.deps.chat as RoomChats).waiting).toBe(1), WAIT);
    setChat(api, 'write', 'public', 10);
    api.deps.chat.rules('hall');
    const write = { entries: [], more: false, mayWrite: true, slowSeconds: 10, rules: 'write-10' };
    expect((await waiting).json).toEqual(write);
    setChat(api, 'write', 'public', 30);
    const later = await api.send('GET', '/api/rooms/hall/chat?wait=20&rules=write-10');
    expect(later.json).toEqual({ ...write, slowSeconds: 30, rules: 'write-30' });
    expect((await api.send('GET', `/api/rooms/hall/chat?rules=${'x'.repeat(41)}`)).status).toBe(400);
  });

  it('says how long to wait in slow mode, to pages of other sites, too', async () => {
    const api = await startApi();
    setChat(api, 'write', 'public', 10);
    await say(api, 'One', { me: ME, name: 'Vic' });
    const { status, json, headers } = await say(api, 'Two', { me: ME, name: 'Vic' });
    expect([status, json]).toMatchObject([429, { code: 'chat_slow' }]);
    expect([headers['retry-after'], headers['access-control-expose-headers']]).toEqual(['10', 'Retry-After']);
  });

  it('goes back page by page', async () => {
    const api = await startApi();
    const host = await tokenOf(api, 'host');
    for (const text of ['One', 'Two', 'Three', 'Four']) await say(api, text, {}, host);
    const four = (await read(api)).at(-1);
    expect((await read(api, `?before=${four?.id}&limit=2`)).map(({ text }) => text)).toEqual(['Two', 'Three']);
  });

  it('takes nothing that is too long, empty, or steers a terminal', async () => {
    const api = await startApi();
    const host = await tokenOf(api, 'host');
    expect((await say(api, 'x'.repeat(2000), {}, host)).status).toBe(201);
    for (const text of ['x'.repeat(2001), ' \n ', 'a\u0007b', 'a\u001b[2Jb']) {
      expect((await say(api, text, {}, host)).status).toBe(400);
    }
    const hostile = '<img src=x onerror=alert(1)> \u202E javascript:alert(1)';
    expect((await say(api, hostile, {}, host)).json).toMatchObject({ text: hostile });
  });

  it('is open to players on any site', async () => {
    const api = await startApi();
    for (const path of ['/api/rooms/hall/chat', '/api/rooms/hall/chat/abc', '/api/rooms/hall/chat/abc/delete']) {
      const { status, headers } = await api.send('OPTIONS', path);
      expect([status, headers['access-control-allow-origin']]).toEqual([204, '*']);
    }
    expect((await api.send('GET', '/api/rooms/nowhere/chat')).status).toBe(404);
  });
});

describe('the chat as a file', () => {
  it('is for those who are in the room, in three forms', async () => {
    const api = await startApi();
    const host = await tokenOf(api, 'host');
    await say(api, 'Hello', {}, host);
    for (const [format, type] of [
      ['text', 'text/plain'],
      ['json', 'application/json'],
      ['csv', 'text/csv'],
    ]) {
      const answer = await api.send('GET', `/api/rooms/hall/chat/export?format=${format}`, { token: host });
      expect(answer.text).toContain('Hello');
      expect(answer.headers['content-type']).toContain(type);
      expect(answer.headers['content-disposition']).toContain('attachment; filename=chat-hall-');
    }
    const refused = await api.send('GET', '/api/rooms/hall/chat/export', { token: await tokenOf(api, 'viewer') });
    expect(refused.json).toMatchObject({ code: 'members_only' });
    expect((await api.send('GET', '/api/rooms/nowhere/chat/export', { token: ADMIN_TOKEN })).status).toBe(404);
    expect((await api.send('GET', '/api/rooms/hall/chat/export?format=exe', { token: host })).status).toBe(400);
  });
});
