/** Who the files of a room are from, and who may have them. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it, vi } from 'vitest';
import { ADMIN_TOKEN, startApi, type TestApi } from './api-server.ts';

const FILES = '/api/rooms/hall/files';
const WAIT = { timeout: 9000 };

/** The token of an admin's account, and its id. */
async function signedInAdmin(api: TestApi, login = 'ada'): Promise<{ readonly id: string; readonly token: string }> {
  const password = 'one long password';
  const { id } = await api.people.accounts.create({ login, name: 'Ada', password, admin: true });
  const { token } = await api.people.control.signIn(login, password, undefined);
  return { id, token };
}

/** The sender of a file as the room sees them. */
async function senderOf(api: TestApi, token: string): Promise<unknown> {
  const headers = { 'Tus-Resumable': '1.0.0', 'Upload-Length': '0', 'Upload-Metadata': 'filename aGk=' };
  const begun = await api.send('POST', FILES, { token, headers });
  expect(begun.status).toBe(201);
  const id = String(begun.headers['location']).split('/').at(-1);
  return (await api.send('GET', `${FILES}/${id}`, { token })).json['by'];
}

/** What the address of a link answers to whoever has it. */
async function answerTo(api: TestApi, url: string): Promise<string> {
  const { pathname, search } = new URL(url);
  const { status, json } = await api.send('GET', pathname + search);
  return [status, json['code']].join(' ').trim();
}

describe('a link to a file', () => {
  const link = async (api: TestApi, token: string, headers = {}): Promise<string> => {
    const ann = { id: 'ann', name: 'Ann', role: 'participant' } as const;
    const { id } = await api.shared.put('hall', ann, 'a.txt', 'abc');
    const made = await api.send('POST', `${FILES}/${id}/link`, { token, headers, body: { ttl: 600 } });
    return String(made.json['url']);
  };
  const tokenOf = (api: TestApi, identity: string) =>
    api.deps.tokens.issue({ room: 'hall', role: 'participant', identity });

  it.each([
    ['removed', 'DELETE', '/api/rooms/hall/participants/ann', undefined],
    ['banned', 'POST', '/api/rooms/hall/bans', { participant: 'ann' }],
  ])('ends at once when whoever made it is %s, and not those of others', async (code, method, path, body) => {
    const api = await startApi();
    const [own, other] = await Promise.all(
      ['ann', 'bob'].map(async (name) => link(api, (await tokenOf(api, name)).token)),
    );
    expect(await answerTo(api, own ?? '')).toBe('200');
    await api.send(method, path, { token: ADMIN_TOKEN, body });
    expect(await answerTo(api, own ?? '')).toBe(`403 ${code}`);
    expect(await answerTo(api, other ?? '')).toBe('200');
  });

  it('ends with the token that it was made with', async () => {
    const api = await startApi();
    const { token, id } = await tokenOf(api, 'ann');
    const url = await link(api, token);
    await api.send('DELETE', `/api/rooms/hall/tokens/${id}`, { token: ADMIN_TOKEN });
    expect(await answerTo(api, url)).toBe('401 token_revoked');
  });

  it('ends with the invite that its maker came by', async () => {
    const api = await startApi();
    const body = { role: 'participant' };
    const invited = await api.send('POST', '/api/rooms/hall/invites', { token: ADMIN_TOKEN, body });
    const { id, link: page } = invited.json as { id: string; link: string };
    const url = await link(api, page.split('#token=')[1] ?? '', { 'Gridcast-Identity': 's'.repeat(22) });
    expect(await answerTo(api, url)).toBe('200');
    await api.send('DELETE', `/api/rooms/hall/invites/${id}`, { token: ADMIN_TOKEN });
    expect(await answerTo(api, url)).toBe('401 token_revoked');
  });

  it('ends with the account that it was made with', async () => {
    const api = await startApi();
    const [ada, abe] = [await signedInAdmin(api), await signedInAdmin(api, 'abe')];
    const [own, other] = [await link(api, ada.token), await link(api, abe.token)];
    expect(await answerTo(api, own)).toBe('200');
    await api.people.accounts.change(ada.id, { disabled: true });
    expect(await answerTo(api, own)).toBe('401 signed_out');
    expect(await answerTo(api, other)).toBe('200');
  });

  it('of an admin goes on, whatever a host thinks of them', async () => {
    const api = await startApi();
    const { id, token } = await signedInAdmin(api);
    const url = await link(api, token);
    await api.send('DELETE', `/api/rooms/hall/participants/${id}`, { token: ADMIN_TOKEN });
    expect(await answerTo(api, url)).toBe('200');
    expect((await api.send('GET', FILES, { token })).status).toBe(200);
  });
});

describe('a file that an admin sends', () => {
  it('is of the account that has signed in', async () => {
    const api = await startApi();
    const { id, token } = await signedInAdmin(api);
    expect(await senderOf(api, token)).toEqual({ id, name: 'Ada', role: 'host' });
  });

  it('is of nobody in particular with the admin token', async () => {
    const api = await startApi();
    expect(await senderOf(api, ADMIN_TOKEN)).toEqual({ id: 'admin', name: 'Admin', role: 'host' });
  });
});

describe('a file that is on its way', () => {
  /** One of three bytes, of which two have come in a request that goes on; `end` sends the last. */
  async function halfSent(api: TestApi, token: string, by = 'ann') {
    const begin = { 'Tus-Resumable': '1.0.0', 'Upload-Length': '3', 'Upload-Metadata': 'filename YS50eHQ=' };
    const begun = await api.send('POST', FILES, { token, headers: begin });
    const path = String(begun.headers['location']);
    const headers = {
      Authorization: `Bearer ${token}`,
      'Tus-Resumable': '1.0.0',
      'Upload-Offset': '0',
      'Content-Type': 'application/offset+octet-stream',
      'Content-Length': 3,
    };
    const outgoing = request({ port: api.port, host: '127.0.0.1', method: 'PATCH', path, agent: false, headers });
    const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
    outgoing.write('ab');
    await vi.waitFor(async () => {
      expect((await api.shared.control.list('hall', by)).items).toMatchObject([{ received: 2 }]);
    }, WAIT);
    return {
      async end(): Promise<readonly unknown[]> {
        outgoing.end('c');
        const [answer] = await answered;
        const told = await text(answer);
        return [answer.statusCode, told === '' ? '' : JSON.parse(told).code];
      },
    };
  }
  const shared = async (api: TestApi) => (await api.shared.control.list('hall', 'ann')).items;

  it('is shared when it is there, also when its token has run out meanwhile', async () => {
    const api = await startApi();
    const about = { room: 'hall', role: 'participant', identity: 'ann', ttlSeconds: 60 } as const;
    const file = await halfSent(api, (await api.deps.tokens.issue(about)).token);
    api.clock.jumpWall(3_600_000);
    expect(await file.end()).toEqual([204, '']);
    expect(await shared(api)).toMatchObject([{ name: 'a.txt', complete: true }]);
  });

  it.each([
    ['removed', 'DELETE', (_id: string) => '/api/rooms/hall/participants/ann', 403],
    ['token_revoked', 'DELETE', (id: string) => `/api/rooms/hall/tokens/${id}`, 401],
  ])('is gone when whoever sends it has been sent out meanwhile: %s', async (code, method, path, status) => {
    const api = await startApi();
    const { token, id } = await api.deps.tokens.issue({ room: 'hall', role: 'participant', identity: 'ann' });
    const file = await halfSent(api, token);
    await api.send(method, path(id), { token: ADMIN_TOKEN });
    expect(await file.end()).toEqual([status, code]);
    expect(await shared(api)).toEqual([]);
  });

  it.each([
    ['removed', (_id: string) => '/api/rooms/hall/participants/ann', 403],
    ['token_revoked', (id: string) => `/api/rooms/hall/tokens/${id}`, 401],
  ])('is gone also when their token has run out since then: %s', async (code, path, status) => {
    const api = await startApi();
    const about = { room: 'hall', role: 'participant', identity: 'ann', ttlSeconds: 60 } as const;
    const { token, id } = await api.deps.tokens.issue(about);
    const file = await halfSent(api, token);
    await api.send('DELETE', path(id), { token: ADMIN_TOKEN });
    api.clock.jumpWall(3_600_000);
    expect(await file.end()).toEqual([status, code]);
    expect(await shared(api)).toEqual([]);
  });

  it('is shared when an account has sent it whose session has run out, and gone when that is disabled', async () => {
    for (const [disabled, status] of [
      [false, 204],
      [true, 401],
    ] as const) {
      const api = await startApi();
      const ada = await signedInAdmin(api);
      await signedInAdmin(api, 'abe');
      const file = await halfSent(api, ada.token, ada.id);
      if (disabled) await api.people.accounts.change(ada.id, { disabled });
      api.clock.jumpWall(7_200_000);
      expect((await file.end()).at(0)).toBe(status);
    }
  });
});
