import { once } from 'node:events';
import { connect } from 'node:net';
import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { pngOf } from '../../helpers/pictures.ts';
import { viewOfRoom } from '../../helpers/room-views.ts';
import { ADMIN_TOKEN, startApi, type TestApi } from './api-server.ts';

const LOGO = '/api/rooms/hall/images/logo';
const AVATAR = '/api/rooms/hall/participants/ann/avatar';
const MAX_BYTES = 2 * 1024 * 1024;

async function tokenFor(api: TestApi, options: { role: 'host' | 'participant' | 'viewer'; identity?: string }) {
  return (await api.deps.tokens.issue({ room: 'hall', ...options })).token;
}

describe('a picture of a room', () => {
  it.each(['image/png', 'image/jpeg', 'image/webp'] as const)('comes back as the %s it is', async (type) => {
    const api = await startApi();
    const picture = createCanvas(40, 30).toBuffer(type as 'image/png');
    const headers = { 'Content-Type': 'text/html' };
    expect((await api.send('PUT', LOGO, { token: ADMIN_TOKEN, body: picture, headers })).status).toBe(204);
    const answer = await api.send('GET', LOGO, { token: await tokenFor(api, { role: 'viewer' }) });
    expect(answer.status).toBe(200);
    expect(answer.bytes.equals(picture)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': type,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-cache',
    });
  });

  it('of a public room is shown by pages of any site, of a private one to its people alone', async () => {
    const api = await startApi();
    for (const slot of ['logo', 'background']) {
      await api.send('PUT', `/api/rooms/hall/images/${slot}`, { token: ADMIN_TOKEN, body: pngOf(2, 2) });
    }
    await api.send('PUT', AVATAR, { token: ADMIN_TOKEN, body: pngOf(2, 2) });
    const ask = (path: string, token?: string) => {
      const headers = { Referer: 'https://elsewhere.example/' };
      return api.send('GET', path, token === undefined ? { headers } : { headers, token });
    };
    const images = [LOGO, '/api/rooms/hall/images/background'];
    for (const path of images) {
      const { status, headers } = await ask(path);
      expect([status, headers['cross-origin-resource-policy']]).toEqual([200, 'cross-origin']);
    }
    expect((await ask(AVATAR)).status).toBe(401);
    api.rooms.set('hall', viewOfRoom('hall', { viewing: { ...viewOfRoom('hall').viewing, access: 'private' } }));
    for (const path of images) {
      expect((await ask(path)).status).toBe(401);
      expect((await ask(path, await tokenFor(api, { role: 'viewer' }))).status).toBe(200);
    }
    expect((await ask('/api/rooms/cellar/images/logo')).status).toBe(401);
  });

  it('is not sent to somebody who has it', async () => {
    const api = await startApi();
    await api.send('PUT', LOGO, { token: ADMIN_TOKEN, body: pngOf(2, 2) });
    const first = await api.send('GET', LOGO, { token: ADMIN_TOKEN });
    const headers = { 'If-None-Match': first.headers.etag };
    const second = await api.send('GET', LOGO, { token: ADMIN_TOKEN, headers });
    expect([second.status, second.bytes.length]).toEqual([304, 0]);
    await api.send('PUT', LOGO, { token: ADMIN_TOKEN, body: pngOf(3, 3) });
    expect((await api.send('GET', LOGO, { token: ADMIN_TOKEN, headers })).status).toBe(200);
  });

  it('is gone once it is removed, and removing it again is no error', async () => {
    const api = await startApi();
    await api.send('PUT', LOGO, { token: ADMIN_TOKEN, body: pngOf(2, 2) });
    expect((await api.send('GET', '/api/rooms/hall/images/background', { token: ADMIN_TOKEN })).status).toBe(404);
    for (let time = 0; time < 2; time += 1) {
      expect((await api.send('DELETE', LOGO, { token: ADMIN_TOKEN })).status).toBe(204);
    }
    const answer = await api.send('GET', LOGO, { token: ADMIN_TOKEN });
    expect(answer.json).toMatchObject({ status: 404, code: 'no_picture' });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('may have 2 MiB', async () => {
    const api = await startApi();
    const picture = pngOf(10, 10, MAX_BYTES);
    expect((await api.send('PUT', LOGO, { token: ADMIN_TOKEN, body: picture })).status).toBe(204);
    expect(api.pictures.get('hall/logo')?.byteLength).toBe(MAX_BYTES);
  });

  it.each([
    { why: 'a length', headers: {} },
    { why: 'chunks', headers: { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' } },
  ])('has not a byte more, sent with $why', async ({ headers }) => {
    const api = await startApi();
    const body = pngOf(10, 10, MAX_BYTES + 1);
    const answer = await api.send('PUT', LOGO, { token: ADMIN_TOKEN, body, headers });
    expect(answer.json).toMatchObject({
      status: 413,
      code: 'picture_too_large',
      detail: 'The picture is larger than 2097152 bytes (2 MiB); make it smaller, or compress it more.',
    });
    expect(api.pictures.size).toBe(0);
  });

  it('is not received to its end when it is far too long', async () => {
    const api = await startApi();
    const socket = connect(api.port, '127.0.0.1');
    const head = `PUT ${LOGO} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\n`;
    socket.write(`${head}Content-Length: 99999999999\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
    await once(socket, 'close');
  });

  it.each([
    { why: 'a page', body: Buffer.from('<!doctype html><script>alert(1)</script>'.repeat(9)) },
    { why: 'a drawing with scripts', body: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
    { why: 'a GIF', body: Buffer.from(`GIF89a${'\0'.repeat(60)}`) },
    { why: 'nothing', body: Buffer.alloc(0) },
    { why: 'half a head', body: pngOf(10, 10).subarray(0, 32) },
    { why: 'a picture without an area', body: pngOf(10, 0) },
    { why: 'JSON', body: { logo: 'x' } },
  ])('is never $why, whatever its sender says', async ({ body }) => {
    const api = await startApi();
    const headers = { 'Content-Type': 'image/png' };
    const answer = await api.send('PUT', LOGO, { token: ADMIN_TOKEN, body, headers });
    expect(answer.json).toMatchObject({ status: 415, code: 'not_a_picture' });
    expect(api.pictures.size).toBe(0);
  });

  it.each([
    { width: 3840, height: 2160, status: 204 },
    { width: 3840, height: 2161, status: 413 },
    { width: 0xffffffff, height: 0xffffffff, status: 413 },
  ])('of $width x $height pixels is answered with $status', async ({ width, height, status }) => {
    const api = await startApi();
    const answer = await api.send('PUT', LOGO, { token: ADMIN_TOKEN, body: pngOf(width, height) });
    expect(answer.status).toBe(status);
  });

  it('has one of two places', async () => {
    const api = await startApi();
    const answer = await api.send('PUT', '/api/rooms/hall/images/poster', { token: ADMIN_TOKEN, body: pngOf(1, 1) });
    expect(answer.json).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(answer.json['detail']).toContain('"slot"');
  });
});

describe('an avatar', () => {
  it.each([
    { who: 'themselves', options: { role: 'participant', identity: 'ann' }, status: 204 },
    { who: 'a host', options: { role: 'host' }, status: 204 },
    { who: 'somebody else', options: { role: 'participant', identity: 'bob' }, status: 403 },
    { who: 'a viewer of the same identity', options: { role: 'viewer', identity: 'ann' }, status: 403 },
  ] as const)('can be set and removed by $who: $status', async ({ options, status }) => {
    const api = await startApi();
    const token = await tokenFor(api, options);
    expect((await api.send('PUT', AVATAR, { token, body: pngOf(1, 1) })).status).toBe(status);
    expect(api.pictures.has('hall/avatar/ann')).toBe(status === 204);
    expect((await api.send('DELETE', AVATAR, { token })).status).toBe(status);
    expect(api.pictures.size).toBe(0);
  });

  it('is not set by an invite, which could be anybody', async () => {
    const api = await startApi();
    const { token } = await api.deps.tokens.invite({ room: 'hall', role: 'participant' });
    const answer = await api.send('PUT', AVATAR, { token, body: pngOf(1, 1) });
    expect(answer.json).toMatchObject({ status: 403, code: 'no_identity' });
  });

  it('is not set with the same identity in another room', async () => {
    const api = await startApi();
    const { token } = await api.deps.tokens.issue({ room: 'attic', role: 'participant', identity: 'ann' });
    expect((await api.send('PUT', AVATAR, { token, body: pngOf(1, 1) })).json).toMatchObject({ code: 'wrong_room' });
  });

  it('is shown to everybody in the room', async () => {
    const api = await startApi();
    await api.send('PUT', AVATAR, { token: ADMIN_TOKEN, body: pngOf(1, 1) });
    const answer = await api.send('GET', AVATAR, { token: await tokenFor(api, { role: 'viewer' }) });
    expect(answer.headers['content-type']).toBe('image/png');
  });

  it('is refused before it is received', async () => {
    const api = await startApi();
    const socket = connect(api.port, '127.0.0.1');
    socket.write(`PUT ${AVATAR} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 /);
    socket.destroy();
    await once(socket, 'close');
  });
});
