import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../../helpers/temp-dir.ts';
import { ADMIN_TOKEN, startApi } from './api-server.ts';

const PARTNER = 'https://partner.example';

async function withPartner() {
  return startApi({ allowedOrigins: [PARTNER] });
}

describe('a page of another site that the operator has named', () => {
  it('may ask with a token, and read the answer and the headers that go with files', async () => {
    const api = await withPartner();
    const headers = { Origin: PARTNER };
    const answer = await api.send('GET', '/api/rooms/hall', { token: ADMIN_TOKEN, headers });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': PARTNER, vary: 'Origin, Referer' });
    expect(answer.headers['access-control-expose-headers']).toContain('Upload-Offset');
    // Cookies are never part of it.
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('learns beforehand what it may send', async () => {
    const api = await withPartner();
    const headers = { Origin: PARTNER, 'Access-Control-Request-Method': 'PATCH' };
    const answer = await api.send('OPTIONS', '/api/rooms/hall', { headers });
    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(answer.headers['access-control-allow-methods']).toContain('PATCH');
    const allowed = String(answer.headers['access-control-allow-headers']).split(', ');
    // Those of files of whoever came by an invite, and of the stream of events.
    expect(allowed).toEqual(expect.arrayContaining(['Authorization', 'Gridcast-Identity', 'Last-Event-ID']));
  });

  it('can read why it was refused', async () => {
    const api = await withPartner();
    const answer = await api.send('PATCH', '/api/rooms/hall', { headers: { Origin: PARTNER }, body: {} });
    expect(answer).toMatchObject({ status: 401, json: { code: 'token_missing' } });
    expect(answer.headers['access-control-allow-origin']).toBe(PARTNER);
  });

  it('may show what a ticket opens as a picture, which others may not', async () => {
    const api = await withPartner();
    const policyFor = async (referer: string | undefined, path = '/api/recordings/rec1/files/poster.jpg') => {
      const answer = await api.send('GET', `${path}?ticket=x`, { headers: { Referer: referer } });
      return answer.headers['cross-origin-resource-policy'];
    };
    expect(await policyFor(`${PARTNER}/page`)).toBe('cross-origin');
    expect(await policyFor('https://elsewhere.example/')).toBe('same-origin');
    expect(await policyFor(undefined)).toBe('same-origin');
    expect(await policyFor(undefined, '/api/shared/abc/poster.jpg')).toBe('cross-origin');
  });

  it('may have pages that only show in a frame, and no other page', async () => {
    const framedBy = async (path: string, allowed: readonly string[]) => {
      const api = await startApi({ allowedOrigins: [...allowed] });
      const { headers } = await api.send('GET', path, { headers: { Accept: 'text/html' } });
      const [, ancestors] = /frame-ancestors ([^;]+)/.exec(String(headers['content-security-policy'])) ?? [];
      return [ancestors, headers['x-frame-options']];
    };
    expect(await framedBy('/watch/hall', [PARTNER])).toEqual([`'self' ${PARTNER}`, undefined]);
    expect(await framedBy('/shared/abc', [PARTNER])).toEqual([`'self' ${PARTNER}`, undefined]);
    for (const path of ['/r/hall', '/', '/admin', '/contacts', '/api/rooms/hall']) {
      expect(await framedBy(path, [PARTNER]), path).toEqual(["'self'", 'SAMEORIGIN']);
    }
    expect(await framedBy('/watch/hall', [])).toEqual(["'self'", 'SAMEORIGIN']);
  });

  it('still makes no room without a token: that is for this server’s own pages', async () => {
    const api = await startApi({ allowedOrigins: [PARTNER], openCreation: 'loopback', accounts: false });
    const answer = await api.send('POST', '/api/rooms', { headers: { Origin: PARTNER }, body: {} });
    expect(answer).toMatchObject({ status: 403, json: { code: 'cross_site' } });
  });
});

describe('a page of any other site', () => {
  it.each(['https://partner.example.evil.example', 'http://partner.example', 'https://partner.example:81', 'null'])(
    'such as %s is not let in, and no cache is told otherwise',
    async (Origin) => {
      const api = await withPartner();
      for (const method of ['GET', 'OPTIONS']) {
        const headers = { Origin, 'Access-Control-Request-Method': 'GET' };
        const answer = await api.send(method, '/api/rooms/hall', { token: ADMIN_TOKEN, headers });
        expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
        expect(answer.headers['vary']).toBe('Origin, Referer');
        expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
      }
    },
  );
});

describe('the scripts of the elements', () => {
  it('have names that stay, for pages of any site, checked for freshness each time', async () => {
    const webDir = await tempDir();
    await mkdir(join(webDir, 'embed'));
    await writeFile(join(webDir, 'embed', 'room.js'), 'define()');
    const api = await startApi({ webDir });
    const answer = await api.send('GET', '/embed/room.js');
    expect(answer).toMatchObject({ status: 200, text: 'define()' });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    const again = await api.send('GET', '/embed/room.js', { headers: { 'If-None-Match': answer.headers.etag } });
    expect(again.status).toBe(304);
    expect((await api.send('GET', '/embed/../embed/none.js')).status).toBe(404);
  });
});
