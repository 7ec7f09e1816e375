import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import type { RoomRole } from '../../../src/api/grant.ts';
import type { HlsAnswer } from '../../../src/api/ports.ts';
import { ADMIN_TOKEN, type TestApi } from './api-server.ts';
import {
  INDEX,
  LIVE,
  PLAYLIST,
  POSTER,
  REST,
  codeOf,
  indexWith,
  origin,
  passOf,
  setAccess,
  startPrivate,
  tokenFor,
} from './private-hall.ts';

const HOUR_MS = 3_600_000;

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
