import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import type { RoomRole } from '../../../src/api/grant.ts';
import type { HlsAnswer, HlsControl } from '../../../src/api/ports.ts';
import { viewOfRoom } from '../../helpers/room-views.ts';
import { type Answer, ADMIN_TOKEN, startApi, type TestApi } from './api-server.ts';

const HOUR_MS = 3_600_000;
const ANN = { login: 'ann', password: 'one long password' };
const PLAYLIST = { status: 200, contentType: 'application/vnd.apple.mpegurl', cacheControl: 'max-age=1' } as const;
const INDEX =
  '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",URI="s1/audio.m3u8"\n#EXT-X-STREAM-INF:BANDWIDTH=1\ns1/live.m3u8\n';
const LIVE = '#EXTM3U\n#EXT-X-MAP:URI="init-0.mp4"\n#EXTINF:2,\nsegment-1.m4s\n';
const REST = 's1/segment-1.m4s';
const POSTER = {
  status: 200,
  contentType: 'image/jpeg',
  cacheControl: 'public, max-age=5',
  body: 'a picture',
  etag: '"p1"',
} as const;

/** What an origin has of one session. */
const origin: HlsControl = {
  async get(_room, path) {
    if (path === 'index.m3u8') return { ...PLAYLIST, body: INDEX, gzip: gzipSync(INDEX) };
    if (path === 's1/live.m3u8') return { ...PLAYLIST, body: LIVE };
    if (path === REST) {
      const cacheControl = 'public, max-age=3600, immutable';
      return { status: 200, contentType: 'video/mp4', cacheControl, body: new Uint8Array([1, 2, 3]) };
    }
    if (path === 'poster.jpg') return POSTER;
    return { status: 404, contentType: 'text/plain', cacheControl: 'no-store', body: 'no' };
  },
};

function setAccess(api: TestApi, access: 'public' | 'private', room = 'hall'): void {
  api.rooms.set(
    room,
    viewOfRoom(room, { live: true, viewing: { access, profile: 'standard', abr: false, captions: false } }),
  );
}

async function startPrivate(hls: HlsControl = origin): Promise<TestApi> {
  const api = await startApi({ ports: { hls } });
  setAccess(api, 'private');
  setAccess(api, 'private', 'attic');
  return api;
}

async function tokenFor(api: TestApi, role: RoomRole, room = 'hall', ttlSeconds = 6 * 3600): Promise<string> {
  return (await api.deps.tokens.issue({ room, role, ttlSeconds })).token;
}

/** Asks for the index with a token in the query. */
async function indexWith(api: TestApi, token: string, room = 'hall'): Promise<Answer> {
  return api.send('GET', `/hls/${room}/index.m3u8?token=${token}`);
}

/** What `/hls/hall/` is followed by in the addresses of the index. */
async function passOf(api: TestApi, token: string): Promise<string> {
  const pass = /^~[\w.-]+(?=\/)/m.exec((await indexWith(api, token)).text)?.[0];
  if (pass === undefined) throw new Error('The index has no pass.');
  return pass;
}

function codeOf({ status, json }: Answer): string {
  return `${status} ${String(json['code'])}`;
}

describe('a private room', () => {
  it.each([
    { caller: 'nobody', index: '401 token_missing', bare: '401 pass_missing' },
    { caller: 'admin', index: 200, bare: '401 pass_missing' },
    { caller: 'host', index: 200, bare: '401 pass_missing' },
    { caller: 'participant', index: 200, bare: '401 pass_missing' },
    { caller: 'viewer', index: 200, bare: '401 pass_missing' },
    { caller: 'a viewer of another room', index: '403 wrong_room', bare: '401 pass_missing' },
    { caller: 'a viewer of yesterday', index: '401 token_expired', bare: '401 pass_missing' },
    { caller: 'a forger', index: '401 token_invalid', bare: '401 pass_missing' },
  ])('answers $caller with $index, and never without a pass beyond the index', async ({ caller, index, bare }) => {
    for (const way of ['query', 'header'] as const) {
      for (const method of ['GET', 'HEAD']) {
        const api = await startPrivate();
        const token = await tokenOf(api, caller);
        const query = way === 'query' && token !== undefined ? `?token=${token}` : '';
        const options = way === 'header' ? { token } : {};
        const answer = await api.send(method, `/hls/hall/index.m3u8${query}`, options);
        if (index === 200) expect(answer).toMatchObject({ status: 200 });
        else if (method === 'GET') expect(codeOf(answer)).toBe(index);
        expect(answer.headers).toMatchObject({ 'access-control-allow-origin': '*', 'referrer-policy': 'no-referrer' });
        expect(answer.headers['cache-control']).toMatch(/no-store/);
        const direct = await api.send('GET', `/hls/hall/${REST}${query}`);
        expect(codeOf(direct)).toBe(bare);
        expect(direct.headers).toMatchObject({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' });
      }
    }
  });

  it.each([
    { caller: 'nobody', expected: '401 token_missing' },
    { caller: 'admin', expected: '200 undefined' },
    { caller: 'host', expected: '200 undefined' },
    { caller: 'viewer', expected: '200 undefined' },
    { caller: 'a viewer of another room', expected: '403 wrong_room' },
    { caller: 'a viewer of yesterday', expected: '401 token_expired' },
    { caller: 'a forger', expected: '401 token_invalid' },
  ])('answers $caller, who wants its poster, with $expected', async ({ caller, expected }) => {
    const api = await startPrivate();
    const token = await tokenOf(api, caller);
    const answer = await api.send('GET', `/hls/hall/poster.jpg${token === undefined ? '' : `?token=${token}`}`);
    expect(codeOf(answer)).toBe(expected);
    expect(answer.headers['cache-control']).toMatch(/no-store/);
    if (answer.status === 200) expect(answer.text).toBe('a picture');
  });

  it('shows its poster behind a pass, to nobody who was sent out, and to all once it is public', async () => {
    const shown = Promise.withResolvers<HlsAnswer>();
    const asked = Promise.withResolvers<void>();
    const api = await startPrivate({
      get: (room, path, query, signal) => {
        if (path !== 'poster.jpg') return origin.get(room, path, query, signal);
        asked.resolve();
        return shown.promise;
      },
    });
    const token = await tokenFor(api, 'viewer');
    const pass = await passOf(api, token);
    const late = api.send('GET', `/hls/hall/poster.jpg?token=${token}`);
    await asked.promise;
    api.version += 1;
    shown.resolve(POSTER);
    expect(codeOf(await late)).toBe('403 pass_invalid');
    expect(codeOf(await api.send('GET', `/hls/hall/${pass}/poster.jpg`))).toBe('403 pass_invalid');
    const next = await passOf(api, await tokenFor(api, 'viewer'));
    const behind = await api.send('GET', `/hls/hall/${next}/poster.jpg`);
    expect(behind).toMatchObject({ status: 200, headers: { 'cache-control': 'public, max-age=5' } });
    setAccess(api, 'public');
    expect((await api.send('GET', '/hls/hall/poster.jpg')).text).toBe('a picture');
  });

  it('is played from the index to the media by relative addresses alone', async () => {
    const api = await startPrivate();
    const base = `http://127.0.0.1:${api.port}`;
    const index = `${base}/hls/hall/index.m3u8?token=${await tokenFor(api, 'viewer')}&dvr=1`;
    const load = async (url: string) => {
      const { pathname, search } = new URL(url);
      return api.send('GET', pathname + search);
    };
    const last = (text: string) => text.trim().split('\n').at(-1) ?? '';
    const live = new URL(last((await load(index)).text), index).href;
    const answer = await load(`${live}?_HLS_msn=1`);
    expect(answer).toMatchObject({ status: 200, text: LIVE, headers: { 'cache-control': 'max-age=1' } });
    const segment = await load(new URL(last(answer.text), live).href);
    expect([...segment.bytes]).toEqual([1, 2, 3]);
    expect(segment.headers['cache-control']).toBe('public, max-age=3600, immutable');
    expect(live).not.toContain('token');
  });

  it('leads every address of the index through the pass, packed or not, and keeps it out of caches', async () => {
    const api = await startPrivate();
    const token = await tokenFor(api, 'viewer');
    const plain = await indexWith(api, token);
    expect(plain.text.match(/~[\w-]{32}\/s1\/\w+\.m3u8/g)).toHaveLength(2);
    expect(plain.headers['cache-control']).toBe('private, no-store');
    const headers = { 'Accept-Encoding': 'gzip' };
    const packed = await api.send('GET', `/hls/hall/index.m3u8?token=${token}`, { headers });
    expect(gunzipSync(packed.bytes).toString()).toBe(plain.text);
  });

  it('gives all whose tokens last the same addresses, so that caches share', async () => {
    const api = await startPrivate();
    const passes = new Set<string>();
    for (const role of ['host', 'participant', 'viewer'] as const)
      passes.add(await passOf(api, await tokenFor(api, role)));
    passes.add(await passOf(api, ADMIN_TOKEN));
    api.clock.advance(1000);
    expect(passes.size).toBe(1);
    expect(passes).not.toContain(await passOf(api, await tokenFor(api, 'viewer', 'hall', 60)));
  });

  it('does not let the token travel on to the origin', async () => {
    const asked: string[] = [];
    const api = await startPrivate({
      async get(room, path, query) {
        asked.push(`${room} ${path} ${query.toString()}`);
        return { ...PLAYLIST, body: INDEX };
      },
    });
    const pass = await passOf(api, await tokenFor(api, 'viewer'));
    await api.send('GET', `/hls/hall/${pass}/s1/live.m3u8?_HLS_part=1&token=x&_HLS_msn=3`);
    expect(asked).toEqual(['hall index.m3u8 ', 'hall s1/live.m3u8 _HLS_part=1&_HLS_msn=3']);
  });

  it('lets nobody in with a pass that is of another room, changed, over or none', async () => {
    const api = await startPrivate();
    const pass = await passOf(api, await tokenFor(api, 'viewer'));
    const get = async (path: string) => codeOf(await api.send('GET', path));
    expect(await get(`/hls/hall/${pass}/${REST}`)).toBe('200 undefined');
    expect(await get(`/hls/attic/${pass}/${REST}`)).toBe('403 pass_invalid');
    expect(await get(`/hls/hall/${pass.slice(0, -1)}/${REST}`)).toBe('403 pass_invalid');
    expect(await get(`/hls/hall/~/${REST}`)).toBe('403 pass_invalid');
    expect(await get(`/hls/hall/~${'A'.repeat(32)}/${REST}`)).toBe('403 pass_invalid');
    expect(await get(`/hls/hall/${pass}/${pass}/${REST}`)).toBe('404 no_such_media');
    expect(await get(`/hls/hall/${pass}/..%2f${REST}`)).toBe('404 no_such_media');
    expect(await get(`/hls/hall/${pass}`)).toBe('404 no_such_media');
    expect(await get(`/hls/hall/${pass}/s1/segment-9.m4s`)).toBe('404 undefined');
    expect(await get(`/hls/cellar/${pass}/${REST}`)).toBe('404 room_not_found');
    expect(await get('/hls/cellar/index.m3u8')).toBe('404 room_not_found');
  });

  it('says that a pass is over to whoever had it for hours; the index gives a new one', async () => {
    const api = await startPrivate();
    const token = await tokenFor(api, 'viewer');
    const pass = await passOf(api, token);
    api.clock.advance(HOUR_MS);
    const answer = await api.send('GET', `/hls/hall/${pass}/${REST}`);
    expect(codeOf(answer)).toBe('403 pass_expired');
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' });
    const next = await passOf(api, token);
    expect((await api.send('GET', `/hls/hall/${next}/${REST}`)).status).toBe(200);
  });

  it('lets no cache keep anything for longer than the pass holds', async () => {
    const api = await startPrivate();
    const pass = await passOf(api, await tokenFor(api, 'viewer', 'hall', 61));
    const age = async () => (await api.send('GET', `/hls/hall/${pass}/${REST}`)).headers['cache-control'];
    expect(await age()).toBe('public, max-age=61, immutable');
    api.clock.advance(60_500);
    expect(await age()).toBe('public, max-age=0, immutable');
  });

  it('gives no pass for a token that is over, though clocks may differ by a minute elsewhere', async () => {
    const api = await startPrivate();
    const token = await tokenFor(api, 'viewer', 'hall', 10);
    api.clock.advance(10_000);
    expect(codeOf(await indexWith(api, token))).toBe('401 token_expired');
  });

  it.each(['index.m3u8', REST])('answers a preflight for %s', async (path) => {
    const api = await startPrivate();
    const answer = await api.send('OPTIONS', `/hls/hall/${path}`, { headers: { Origin: 'https://other.example' } });
    expect(answer.status).toBe(204);
    expect(answer.headers['access-control-allow-headers']).toBe('Authorization, Range');
  });

  it('has links that open it', async () => {
    const api = await startPrivate();
    for (const role of ['host', 'viewer'] as const) {
      const token = await tokenFor(api, role, 'hall', 100);
      const { json } = await api.send('GET', '/api/rooms/hall', { token });
      const links = json['links'] as { watch: string; hls: string };
      const { pathname, search } = new URL(links.hls);
      expect((await api.send('GET', pathname + search)).status).toBe(200);
      const watch = new URL(links.watch);
      expect(watch.pathname).toBe('/watch/hall');
      for (const given of [watch.hash.replace('#token=', ''), new URLSearchParams(search).get('token') ?? '']) {
        const expiresAt = new Date(api.clock.wallMs() + 100_000);
        expect(await api.deps.tokens.verify(given)).toMatchObject({ role: 'viewer', room: 'hall', expiresAt });
      }
    }
    const stranger = await api.send('GET', '/api/rooms/hall');
    expect(stranger.json).not.toHaveProperty('links');
  });
});

describe('a public room', () => {
  it.each(['nobody', 'admin', 'viewer', 'a viewer of another room', 'a viewer of yesterday', 'a forger'])(
    'is open to %s, without a pass',
    async (caller) => {
      const api = await startPrivate();
      setAccess(api, 'public');
      const token = await tokenOf(api, caller);
      const answer = await api.send('GET', `/hls/hall/index.m3u8${token === undefined ? '' : `?token=${token}`}`);
      expect(answer).toMatchObject({ status: 200, text: INDEX, headers: { 'cache-control': 'max-age=1' } });
      expect((await api.send('GET', `/hls/hall/${REST}`)).status).toBe(200);
    },
  );

  it('goes on for those who came while it was private', async () => {
    const api = await startPrivate();
    const pass = await passOf(api, await tokenFor(api, 'viewer'));
    setAccess(api, 'public');
    api.clock.advance(3 * HOUR_MS);
    expect((await api.send('GET', `/hls/hall/${pass}/${REST}`)).status).toBe(200);
  });
});

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

describe('the log', () => {
  it('holds neither tokens nor passes, whether they hold or not', async () => {
    const api = await startPrivate();
    const token = await tokenFor(api, 'viewer');
    const pass = await passOf(api, token);
    const bare = pass.slice(1);
    for (const path of [
      `${pass}/${REST}`,
      pass,
      `%7E${bare}/${REST}`,
      `%7e${bare}`,
      `${pass}/s1/${pass}`,
      `${pass}/%00`,
      `${pass}/${REST}?token=${token}`,
      `${REST}?token=${token}`,
      `${'x'.repeat(190)}/${pass}/${REST}`,
    ]) {
      await api.send('GET', `/hls/hall/${path}`);
    }
    api.version += 1;
    await api.send('PUT', `/hls/hall/${pass}/${REST}`);
    // A line is written when its answer is out, which may be after it was read.
    await vi.waitFor(() => expect(api.log.filter(({ message }) => message === 'request')).toHaveLength(11), {
      timeout: 9000,
    });
    const text = JSON.stringify(api.log);
    expect(text).toContain('/hls/hall/~…/s1/segment-1.m4s');
    for (const secret of [token, token.split('.')[2] ?? '', bare, bare.slice(8)]) expect(text).not.toContain(secret);
  });
});

async function tokenOf(api: TestApi, caller: string): Promise<string | undefined> {
  switch (caller) {
    case 'nobody':
      return undefined;
    case 'admin':
      return ADMIN_TOKEN;
    case 'a viewer of another room':
      return tokenFor(api, 'viewer', 'attic');
    case 'a viewer of yesterday': {
      const token = await tokenFor(api, 'viewer', 'hall', 60);
      api.clock.advance(24 * HOUR_MS);
      return token;
    }
    case 'a forger': {
      const token = await tokenFor(api, 'viewer', 'attic');
      const [head, body = '', signature] = token.split('.');
      const claims = Buffer.from(body, 'base64url').toString().replace('attic', 'hall');
      return `${head}.${Buffer.from(claims).toString('base64url')}.${signature}`;
    }
    default:
      return tokenFor(api, caller as RoomRole);
  }
}
