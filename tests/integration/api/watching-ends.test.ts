import { describe, expect, it, vi } from 'vitest';
import { ADMIN_TOKEN } from './api-server.ts';
import { REST, codeOf, indexWith, origin, passOf, setAccess, startPrivate, tokenFor } from './private-hall.ts';

const ANN = { login: 'ann', password: 'one long password' };

describe('whoever is watching', () => {
  it('is out at once when the room is made private, or its passes are taken back', async () => {
    const api = await startPrivate();
    setAccess(api, 'public');
    expect((await api.send('GET', `/hls/hall/${REST}`)).status).toBe(200);
    setAccess(api, 'private');
    expect(codeOf(await api.send('GET', `/hls/hall/${REST}`))).toBe('401 pass_missing');
    const pass = await passOf(api, await tokenFor(api, 'viewer'));
    expect((await api.send('GET', `/hls/hall/${pass}/${REST}`)).status).toBe(200);
    api.version += 1;
    expect(codeOf(await api.send('GET', `/hls/hall/${pass}/${REST}`))).toBe('403 pass_invalid');
  });

  it('is out when a host sends viewers out, and comes back by a new link only', async () => {
    const api = await startPrivate();
    const [viewer, host] = [await tokenFor(api, 'viewer'), await tokenFor(api, 'host')];
    const pass = await passOf(api, viewer);
    expect((await api.send('DELETE', '/api/rooms/hall/viewers', { token: host })).status).toBe(204);
    expect(codeOf(await api.send('GET', `/hls/hall/${pass}/${REST}`))).toBe('403 pass_invalid');
    expect(codeOf(await indexWith(api, viewer))).toBe('401 token_revoked');
    const { json } = await api.send('GET', '/api/rooms/hall', { token: host });
    const { pathname, search } = new URL((json['links'] as { hls: string }).hls);
    expect((await api.send('GET', pathname + search)).status).toBe(200);
    expect((await indexWith(api, host)).status).toBe(200);
  });

  it('gets no new pass when a host has sent them out of the room, and is told which it was', async () => {
    const api = await startPrivate();
    const tokens = await Promise.all(
      ['ann', 'bob', 'cem'].map((identity) => api.deps.tokens.issue({ room: 'hall', role: 'participant', identity })),
    );
    await api.send('DELETE', '/api/rooms/hall/participants/ann', { token: ADMIN_TOKEN });
    await api.send('POST', '/api/rooms/hall/bans', { token: ADMIN_TOKEN, body: { participant: 'bob' } });
    const answers = await Promise.all(tokens.map(({ token }) => indexWith(api, token)));
    expect(answers.map(codeOf)).toEqual(['403 removed', '403 banned', '200 undefined']);
  });

  it('is out at once when the invite that they came by is taken back, and nobody else is', async () => {
    const api = await startPrivate();
    const passes = await Promise.all(
      ['one', 'other'].map(async (label) => {
        const invited = await api.send('POST', '/api/rooms/hall/invites', {
          token: ADMIN_TOKEN,
          body: { role: 'viewer', label, uses: 1 },
        });
        const { id, link } = invited.json as { id: string; link: string };
        return { id, pass: await passOf(api, link.split('#token=')[1] ?? '') };
      }),
    );
    const shared = await passOf(api, await tokenFor(api, 'viewer'));
    const look = async (pass = '') => codeOf(await api.send('GET', `/hls/hall/${pass}/${REST}`));
    const path = `/api/rooms/hall/invites/${passes[0]?.id}`;
    expect((await api.send('DELETE', path, { token: ADMIN_TOKEN })).status).toBe(204);
    const found = await Promise.all([passes[0]?.pass, passes[1]?.pass, shared].map(look));
    expect(found).toEqual(['403 pass_invalid', '200 undefined', '200 undefined']);
    // Nor does another invite make a pass of it.
    const [head = ''] = (passes[0]?.pass ?? '').split('.');
    expect(await look(`${head}.${passes[1]?.id}`)).toBe('403 pass_invalid');
  });

  it('is out at once when their own token is taken back', async () => {
    const api = await startPrivate();
    const { token, id } = await api.deps.tokens.issue({ room: 'hall', role: 'viewer' });
    const pass = await passOf(api, token);
    expect((await api.send('DELETE', `/api/rooms/hall/tokens/${id}`, { token: ADMIN_TOKEN })).status).toBe(204);
    expect(codeOf(await api.send('GET', `/hls/hall/${pass}/${REST}`))).toBe('403 pass_invalid');
    expect(codeOf(await indexWith(api, token))).toBe('401 token_revoked');
  });

  it('is out at once when the link for many that they came by is taken back by its id', async () => {
    const api = await startPrivate();
    // What came before the start may be anybody's.
    api.clock.advance(3 * 3_600_000);
    const body = { role: 'viewer', invite: true };
    const { json } = await api.send('POST', '/api/rooms/hall/tokens', { token: ADMIN_TOKEN, body });
    const { token, id } = json as { token: string; id: string };
    const pass = await passOf(api, token);
    expect((await api.send('GET', `/hls/hall/${pass}/${REST}`)).status).toBe(200);
    expect((await api.send('DELETE', `/api/rooms/hall/tokens/${id}`, { token: ADMIN_TOKEN })).status).toBe(204);
    expect(codeOf(await api.send('GET', `/hls/hall/${pass}/${REST}`))).toBe('403 pass_invalid');
    expect(codeOf(await indexWith(api, token))).toBe('401 token_revoked');
  });

  it.each([
    { end: 'they sign out', at: 'the room' },
    { end: 'they change their password', at: 'the room' },
    { end: 'their account is disabled', at: 'the room' },
    { end: 'they sign out', at: 'the server' },
  ])('with an account of $at is out at once when $end, and nobody else is', async ({ end, at }) => {
    const api = await startPrivate();
    const { accounts, owners } = api.people;
    const admin = at === 'the server';
    const { id } = await accounts.create({ ...ANN, name: 'Ann', admin });
    if (!admin) await owners.set('hall', id);
    const signIn = async () => (await api.people.control.signIn(ANN.login, ANN.password, undefined)).token;
    const [token, elsewhere] = [await signIn(), await signIn()];
    const passes = [await passOf(api, token), await passOf(api, elsewhere), await passOf(api, ADMIN_TOKEN)];
    const look = async () =>
      Promise.all(passes.map(async (pass) => codeOf(await api.send('GET', `/hls/hall/${pass}/${REST}`))));
    expect(await look()).toEqual(Array(3).fill('200 undefined'));
    const other = end === 'they sign out' ? '200 undefined' : '401 signed_out';
    if (end === 'they sign out') await api.send('DELETE', '/api/session', { token });
    else if (end === 'their account is disabled') await accounts.change(id, { disabled: true });
    else await accounts.change(id, { password: 'another long password' });
    expect(await look()).toEqual(['401 signed_out', other, '200 undefined']);
    expect(codeOf(await indexWith(api, token))).toBe('401 signed_out');
    // Nor does somebody else's session make a pass of it.
    const [head = ''] = (passes[0] ?? '').split('.');
    const [, ...session] = (passes[1] ?? '').split('.');
    const forged = [head, ...session].join('.');
    expect(codeOf(await api.send('GET', `/hls/hall/${forged}/${REST}`))).toBe('403 pass_invalid');
  });

  it('with an account is out while an answer of theirs is still to come', async () => {
    let sent: (() => void) | undefined;
    const api = await startPrivate({
      async get(...call) {
        if (call[1] === REST) await new Promise<void>((resolve) => (sent = resolve));
        return origin.get(...call);
      },
    });
    const { accounts, owners, control } = api.people;
    const { id } = await accounts.create({ ...ANN, name: 'Ann' });
    await owners.set('hall', id);
    const { token } = await control.signIn(ANN.login, ANN.password, undefined);
    const answer = api.send('GET', `/hls/hall/${await passOf(api, token)}/${REST}`);
    await vi.waitFor(() => expect(sent).toBeDefined(), { timeout: 9000 });
    await api.send('DELETE', '/api/session', { token });
    sent?.();
    expect(codeOf(await answer)).toBe('401 signed_out');
  });

  it('is counted when refused', async () => {
    const api = await startPrivate();
    await indexWith(api, await tokenFor(api, 'viewer'));
    for (const path of ['hall/index.m3u8', `hall/${REST}`, `hall/~x/${REST}`, 'cellar/index.m3u8']) {
      await api.send('GET', `/hls/${path}`);
    }
    const { body } = await api.deps.metrics.text();
    expect(body).toContain('gridcast_hls_requests_total{result="refused"} 3');
    expect(body).toContain('gridcast_hls_requests_total{result="ok"} 1');
  });

  it('has the origin do nothing for a pass that does not hold', async () => {
    const asked: string[] = [];
    const api = await startPrivate({
      async get(...call) {
        asked.push(call[1]);
        return origin.get(...call);
      },
    });
    await api.send('GET', `/hls/hall/~${'A'.repeat(32)}/${REST}`);
    await api.send('GET', `/hls/hall/${REST}`);
    await api.send('GET', '/hls/hall/index.m3u8');
    expect(asked).toEqual([]);
  });

  it.each([
    { what: 'the room is made private', path: REST, code: '401 pass_missing' },
    { what: 'the passes are taken back', path: `PASS/${REST}`, code: '403 pass_invalid' },
    { what: 'the room is deleted', path: `PASS/${REST}`, code: '404 room_not_found' },
  ])('gets no answer that was still held back when $what', async ({ what, path, code }) => {
    const asked = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const api = await startPrivate({
      async get(...call) {
        if (call[1] === REST) {
          asked.resolve();
          await go.promise;
        }
        return origin.get(...call);
      },
    });
    const pass = await passOf(api, await tokenFor(api, 'viewer'));
    if (!path.startsWith('PASS')) setAccess(api, 'public');
    const answer = api.send('GET', `/hls/hall/${path.replace('PASS', pass)}`);
    await asked.promise;
    if (what === 'the room is made private') setAccess(api, 'private');
    else if (what === 'the room is deleted') api.rooms.delete('hall');
    else api.version += 1;
    go.resolve();
    expect(codeOf(await answer)).toBe(code);
  });
});
