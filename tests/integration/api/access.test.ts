import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRoutes } from '../../../src/api/app.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { type Row, BAD, GOOD, PNG, rows, urlOf, type Caller } from './api-routes.ts';
import { SIGN_IN } from './sign-in.ts';
import { ADMIN_TOKEN, startApi, storedFile, type TestApi } from './api-server.ts';

/** The owner last: it is the user, and from then on the room is theirs. */
const CALLERS: readonly Caller[] = [...GOOD.filter((caller) => caller !== 'owner'), ...BAD, 'owner'];

async function headersOf(caller: Caller, api: TestApi): Promise<Record<string, string>> {
  const { tokens } = api.deps;
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
  const issue = async (role: 'host' | 'participant' | 'viewer', room = 'hall', ttlSeconds = 60) =>
    (await tokens.issue({ room, role, ttlSeconds })).token;
  switch (caller) {
    case 'none':
      return {};
    case 'admin':
      return bearer(ADMIN_TOKEN);
    case 'owner':
      await api.people.owners.set('hall', api.made[':user']);
      return bearer((await api.people.control.signIn(SIGN_IN.login, SIGN_IN.password, undefined)).token);
    case 'user':
      return bearer((await api.people.control.signIn(SIGN_IN.login, SIGN_IN.password, undefined)).token);
    case 'host':
    case 'participant':
    case 'viewer':
      return bearer(await issue(caller));
    case 'host of another room':
      return bearer(await issue('host', 'attic'));
    case 'expired': {
      const token = await issue('host');
      api.clock.advance(121_000);
      return bearer(token);
    }
    case 'tampered': {
      const [head, body = '', signature] = (await issue('viewer')).split('.');
      const claims = Buffer.from(body, 'base64url').toString().replace('viewer', 'host');
      return bearer(`${head}.${Buffer.from(claims).toString('base64url')}.${signature}`);
    }
    case 'unsigned': {
      const [, body] = (await issue('host')).split('.');
      return bearer(`${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${body}.`);
    }
    case 'of another algorithm': {
      const [, body] = (await issue('host')).split('.');
      const signed = `${Buffer.from('{"alg":"HS512","typ":"JWT"}').toString('base64url')}.${body}`;
      return bearer(`${signed}.${createHmac('sha512', new Uint8Array(32).fill(7)).update(signed).digest('base64url')}`);
    }
    case 'of another scheme':
      return { Authorization: `Basic ${Buffer.from(`admin:${ADMIN_TOKEN}`).toString('base64')}` };
  }
}

function expected(row: Row, caller: Caller): number {
  if (row.allowed.includes(caller)) return row.status;
  if (row.hidden?.includes(caller) === true) return 404;
  return caller === 'none' || BAD.some((bad) => bad === caller) ? 401 : 403;
}

describe('access to the API', () => {
  it('is tried out for every route', async () => {
    const api = await startApi();
    const declared = createRoutes(api.deps).map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(rows.map(({ method, route }) => `${method} ${route}`).toSorted()).toEqual(declared.toSorted());
  });

  it.each(rows)('$method $route lets in whom it should', async (row) => {
    const dir = await tempDir();
    const path = join(dir, 'recording.mp4');
    await writeFile(path, '0123456789');
    const open = async () => {
      const api = await startApi();
      for (const name of ['recording.mp4', 'vod.m3u8']) api.files.set(name, storedFile(path, 10));
      await api.chat.put('hall', 'msg1', 'somebody');
      const sue = { id: 'somebody', name: 'Sue', role: 'participant' } as const;
      const kept = await api.shared.put('hall', sue, 'a.txt', 'Hello');
      for (const key of ['hall/logo', 'hall/avatar/ann']) api.pictures.set(key, PNG);
      return { api, made: { ...api.made, ':file': kept.id } };
    };
    // Whoever is refused, or only reads, changes nothing for the next one.
    const shared = await open();
    const found: Record<string, number> = {};
    const wanted: Record<string, number> = {};
    for (const caller of CALLERS) {
      const changes = row.method !== 'GET' && row.allowed.includes(caller);
      const { api, made } = changes ? await open() : shared;
      const headers = { ...row.send?.headers, ...(await headersOf(caller, api)) };
      const answer = await api.send(row.method, urlOf(row.route, made), { ...row.send, headers });
      found[caller] = answer.status;
      wanted[caller] = expected(row, caller);
    }
    expect(found).toEqual(wanted);
  });

  it('gives a reason to each refusal', async () => {
    const api = await startApi();
    const codes: Record<string, unknown> = {};
    for (const caller of ['none', 'participant', 'host of another room', 'tampered', 'expired'] as const) {
      const answer = await api.send('PATCH', '/api/rooms/hall', {
        headers: await headersOf(caller, api),
        body: { title: 'x' },
      });
      codes[caller] = answer.json['code'];
    }
    expect(codes).toEqual({
      none: 'token_missing',
      participant: 'host_only',
      'host of another room': 'wrong_room',
      tampered: 'token_invalid',
      expired: 'token_expired',
    });
  });

  it('asks for a bearer token where one is missing', async () => {
    const api = await startApi();
    const answer = await api.send('GET', '/api/rooms');
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="gridcast"');
  });
});
