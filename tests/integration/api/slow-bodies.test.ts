/** Requests whose bodies come late: what was true when they began may not be when they are answered. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it, vi } from 'vitest';
import type { RoomGrant } from '../../../src/api/grant.ts';
import { revocationKey } from '../../../src/api/tokens.ts';
import { pngOf } from '../../helpers/pictures.ts';
import { startApi, type TestApi } from './api-server.ts';

/** A request whose body has not come when it is let in; `end` sends that, and gives what is answered. */
async function begin(api: TestApi, method: string, path: string, token: string, body: object | Buffer) {
  const payload = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': Buffer.isBuffer(body) ? 'image/png' : 'application/json',
    'Content-Length': payload.byteLength,
  };
  const verify = vi.spyOn(api.deps.tokens, 'verify');
  const outgoing = request({ port: api.port, host: '127.0.0.1', method, path, agent: false, headers });
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  outgoing.flushHeaders();
  await vi.waitFor(() => expect(verify).toHaveResolved(), { timeout: 9000 });
  verify.mockRestore();
  return {
    async end(): Promise<{ readonly status: number | undefined; readonly code: unknown }> {
      outgoing.end(payload);
      const [answer] = await answered;
      const told = await text(answer);
      return { status: answer.statusCode, code: told.startsWith('{') ? JSON.parse(told).code : undefined };
    },
  };
}

describe('a request whose body comes late', () => {
  it('is answered as ever to somebody who may still ask', async () => {
    const api = await startApi();
    const { token } = await api.deps.tokens.issue({ room: 'hall', role: 'host' });
    const begun = await begin(api, 'POST', '/api/rooms/hall/tokens', token, { role: 'host' });
    expect((await begun.end()).status).toBe(201);
  });

  it('gives no other token to a host whose own was taken back meanwhile', async () => {
    const api = await startApi();
    const { token } = await api.deps.tokens.issue({ room: 'hall', role: 'host' });
    const begun = await begin(api, 'POST', '/api/rooms/hall/tokens', token, { role: 'host' });
    const grant = (await api.deps.tokens.verify(token)) as RoomGrant;
    await api.deps.revocations.revoke(revocationKey(grant, grant.tokenId), grant.expiresAt);
    expect(await begun.end()).toEqual({ status: 401, code: 'token_revoked' });
  });

  it('changes no picture of a room for them, either', async () => {
    const api = await startApi();
    const { token } = await api.deps.tokens.issue({ room: 'hall', role: 'host' });
    const begun = await begin(api, 'PUT', '/api/rooms/hall/images/logo', token, pngOf(2, 2));
    const grant = (await api.deps.tokens.verify(token)) as RoomGrant;
    await api.deps.revocations.revoke(revocationKey(grant, grant.tokenId), grant.expiresAt);
    expect(await begun.end()).toEqual({ status: 401, code: 'token_revoked' });
    expect(api.pictures.size).toBe(0);
  });

  it('makes no account for somebody who is no admin any more', async () => {
    const api = await startApi();
    const who = { login: 'ada', password: 'one long password', name: 'Ada' };
    const { id } = await api.people.accounts.create({ ...who, admin: true });
    await api.people.accounts.create({ ...who, login: 'abe', admin: true });
    const { token } = await api.people.control.signIn(who.login, who.password, undefined);
    const begun = await begin(api, 'POST', '/api/users', token, { ...who, login: 'eve', admin: true });
    await api.people.accounts.change(id, { admin: false });
    expect(await begun.end()).toEqual({ status: 401, code: 'signed_out' });
    expect((await api.people.accounts.search({ text: 'Ada', limit: 9 })).items).toHaveLength(2);
  });
});
