import { setImmediate as turn } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import type { HlsControl } from '../../../src/api/ports.ts';
import { startApi } from './api-server.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

const PLAYLIST = {
  status: 200,
  contentType: 'application/vnd.apple.mpegurl',
  cacheControl: 'max-age=1',
  body: '#EXTM3U\n',
  gzip: gzipSync('#EXTM3U\n'),
} as const;

describe('the HLS address of a room', () => {
  it('asks the origin for what follows the room', async () => {
    const api = await startApi();
    await api.send('GET', '/hls/hall/abc/segment-1.m4s?_HLS_msn=3&_HLS_part=1');
    expect(api.calls).toEqual(['hls hall abc/segment-1.m4s _HLS_msn=3&_HLS_part=1']);
  });

  it('answers with the type and lifetime that the origin gives', async () => {
    const api = await startApi();
    api.hls = PLAYLIST;
    const answer = await api.send('GET', '/hls/hall/index.m3u8');
    expect(answer).toMatchObject({ status: 200, text: '#EXTM3U\n' });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/vnd.apple.mpegurl',
      'cache-control': 'max-age=1',
      'content-length': '8',
      vary: 'Accept-Encoding',
    });
    expect(answer.headers['content-encoding']).toBeUndefined();
  });

  it.each(['gzip', 'deflate, gzip;q=0.5', '*'])('gives the packed playlist to who accepts %s', async (accepted) => {
    const api = await startApi();
    api.hls = PLAYLIST;
    const answer = await api.send('GET', '/hls/hall/index.m3u8', { headers: { 'Accept-Encoding': accepted } });
    expect(answer.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': String(PLAYLIST.gzip.length),
    });
    expect(gunzipSync(answer.bytes).toString()).toBe('#EXTM3U\n');
  });

  it('gives it plain to who refuses gzip', async () => {
    const api = await startApi();
    api.hls = PLAYLIST;
    const answer = await api.send('GET', '/hls/hall/index.m3u8', { headers: { 'Accept-Encoding': 'gzip;q=0, br' } });
    expect(answer.text).toBe('#EXTM3U\n');
  });

  it('sends bytes as they are, also from the middle of a larger buffer', async () => {
    const api = await startApi();
    api.hls = { ...PLAYLIST, contentType: 'video/mp4', body: new Uint8Array([9, 1, 2, 3, 9]).subarray(1, 4) };
    const { gzip: _, ...media } = api.hls;
    api.hls = media;
    expect([...(await api.send('GET', '/hls/hall/a.mp4')).bytes]).toEqual([1, 2, 3]);
    const head = await api.send('HEAD', '/hls/hall/a.mp4');
    expect(head).toMatchObject({ status: 200, text: '', headers: { 'content-length': '3' } });
  });

  it('sends a poster whole, with what tells it apart, and not again to who has it', async () => {
    const api = await startApi();
    const body = 'a picture';
    api.hls = { status: 200, contentType: 'image/jpeg', cacheControl: 'public, max-age=5', body, etag: '"p1"' };
    const get = (headers = {}) => api.send('GET', '/hls/hall/poster.jpg', { headers });
    const first = await get({ Range: 'bytes=0-1', Referer: 'https://elsewhere.example/' });
    expect(first).toMatchObject({ status: 200, text: body });
    expect(first.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=5',
      'cross-origin-resource-policy': 'cross-origin',
      etag: '"p1"',
    });
    expect(first.headers['accept-ranges']).toBeUndefined();
    const again = await get({ 'If-None-Match': '"p1"' });
    expect(again).toMatchObject({
      status: 304,
      text: '',
      headers: { etag: '"p1"', 'cache-control': 'public, max-age=5' },
    });
    expect((await get({ 'If-None-Match': '"p0"' })).status).toBe(200);
  });

  it.each([
    { status: 400, result: 'bad_request' },
    { status: 404, result: 'not_found' },
    { status: 503, result: 'unavailable' },
  ] as const)('passes on $status and counts it', async ({ status, result }) => {
    const api = await startApi();
    api.hls = { status, contentType: 'text/plain', cacheControl: 'no-store', body: 'no' };
    const answer = await api.send('GET', '/hls/hall/x.mp4');
    expect(answer).toMatchObject({ status, text: 'no' });
    expect(answer.headers['retry-after']).toBe(status === 503 ? '1' : undefined);
    expect((await api.deps.metrics.text()).body).toContain(`gridcast_hls_requests_total{result="${result}"} 1`);
  });

  it.each(['/hls/hall/index.m3u8', '/hls/hall/.hidden', '/hls/a%20b/index.m3u8'])(
    'is open to all sites: %s',
    async (path) => {
      const api = await startApi();
      expect((await api.send('GET', path, { headers: { Origin: 'https://other.example' } })).headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'Age, Date, Content-Length',
        'timing-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
      });
    },
  );

  it('answers a preflight', async () => {
    const api = await startApi();
    const answer = await api.send('OPTIONS', '/hls/hall/index.m3u8');
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': 'Authorization, Range',
    });
  });

  it.each(['..%2fsecret', 'a/../../b', '%2e%2e/b', 'a%5cb', 'a//b', '.env', 'a%0ab', 'a b', 'a'.repeat(513), ''])(
    'keeps "%s" from the origin',
    async (path) => {
      const api = await startApi();
      const answer = await api.send('GET', `/hls/hall/${path.replace(' ', '%20')}`);
      expect([400, 404]).toContain(answer.status);
      expect(api.calls).toEqual([]);
    },
  );
});

describe('a crowd that waits for the same part', () => {
  it('is answered over several turns of the event loop', async () => {
    let asked = 0;
    let publish = (): void => {};
    const published = new Promise<void>((resolve) => {
      publish = resolve;
    });
    const answer = { status: 200, contentType: 'text/plain', cacheControl: 'max-age=1', body: 'part' } as const;
    const hls: HlsControl = {
      get: async () => {
        asked += 1;
        await published;
        return answer;
      },
    };
    const api = await startApi({ ports: { hls } });
    const crowd = Array.from({ length: 100 }, () => api.send('GET', '/hls/hall/s1/part-1-0.m4s'));
    await vi.waitFor(() => expect(asked).toBe(100), WAIT);
    publish();
    const answered: number[] = [];
    for (let count = 0; count < 100; ) {
      await turn();
      count = (await api.deps.metrics.hlsRequests.get()).values.reduce((sum, { value }) => sum + value, 0);
      answered.push(count);
    }
    const most = Math.max(...answered.map((count, index) => count - (answered[index - 1] ?? 0)));
    expect(most).toBeLessThanOrEqual(16);
    expect((await Promise.all(crowd)).every(({ status, text }) => status === 200 && text === 'part')).toBe(true);
  });
});
