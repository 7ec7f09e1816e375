import { once } from 'node:events';
import { mkdir, readdir, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { type IncomingMessage, get } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { tempDir } from '../../helpers/temp-dir.ts';
import { ADMIN_TOKEN, startApi, storedFile, type TestApi } from './api-server.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

const MODIFIED = new Date('2026-01-02T03:04:05.678Z');
const LAST_MODIFIED = 'Fri, 02 Jan 2026 03:04:05 GMT';
const URL_PATH = '/api/recordings/rec1/download';

async function withFile(content = '0123456789'): Promise<{ readonly api: TestApi; readonly path: string }> {
  const api = await startApi();
  const path = join(await tempDir(), 'stored');
  await writeFile(path, content);
  publish(api, path, content.length);
  return { api, path };
}

function publish(
  api: TestApi,
  path: string,
  size: number,
  more: { contentType?: string; downloadName?: string } = {},
): void {
  api.files.set('recording.mp4', storedFile(path, size, { downloadName: 'Talk.mp4', modifiedAt: MODIFIED, ...more }));
}

/** How often this process has a file open: other descriptors, those of sockets above all, come and go when they like. */
async function timesOpen(path: string): Promise<number> {
  const { dev, ino } = await stat(path);
  const open = await Promise.all(
    (await readdir('/dev/fd')).map((name) => stat(join('/dev/fd', name)).catch(() => undefined)),
  );
  return open.filter((file) => file?.dev === dev && file.ino === ino).length;
}

describe('a download', () => {
  it('is the file as an attachment that no browser interprets', async () => {
    const { api } = await withFile();
    const answer = await api.send('GET', URL_PATH, { token: ADMIN_TOKEN });
    expect(answer).toMatchObject({ status: 200, text: '0123456789' });
    expect(answer.headers).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': '10',
      'content-disposition': 'attachment; filename=Talk.mp4',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      etag: '"abc"',
      'last-modified': LAST_MODIFIED,
    });
  });

  it('is described by HEAD without its bytes, whatever the range', async () => {
    const { api } = await withFile();
    const answer = await api.send('HEAD', URL_PATH, { token: ADMIN_TOKEN, headers: { Range: 'bytes=2-3' } });
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(answer.headers).toMatchObject({ 'content-length': '10', etag: '"abc"', 'content-type': 'video/mp4' });
  });

  it.each([
    { range: 'bytes=0-', status: 206, text: '0123456789', part: 'bytes 0-9/10' },
    { range: 'bytes=-3', status: 206, text: '789', part: 'bytes 7-9/10' },
    { range: 'bytes=2-4', status: 206, text: '234', part: 'bytes 2-4/10' },
    { range: 'bytes=9-99', status: 206, text: '9', part: 'bytes 9-9/10' },
    { range: 'bytes=-30', status: 206, text: '0123456789', part: 'bytes 0-9/10' },
    { range: 'bytes=1-2,4-5', status: 200, text: '0123456789', part: undefined },
    { range: 'lines=1-2', status: 200, text: '0123456789', part: undefined },
    { range: 'lines=20-30', status: 200, text: '0123456789', part: undefined },
    { range: 'bytes=5-2', status: 200, text: '0123456789', part: undefined },
    { range: 'bytes=x', status: 200, text: '0123456789', part: undefined },
  ])('of $range gives $status', async ({ range, status, text, part }) => {
    const { api } = await withFile();
    const answer = await api.send('GET', URL_PATH, { token: ADMIN_TOKEN, headers: { Range: range } });
    expect(answer).toMatchObject({ status, text });
    expect(answer.headers['content-range']).toBe(part);
    expect(answer.headers['content-length']).toBe(String(text.length));
  });

  it.each(['bytes=20-30', 'bytes=10-', 'bytes=-0'])(
    'of %s is not possible and leaves nothing broken',
    async (range) => {
      const { api } = await withFile();
      const answer = await api.send('GET', URL_PATH, { token: ADMIN_TOKEN, headers: { Range: range } });
      expect(answer.json).toMatchObject({ status: 416, code: 'range_not_satisfiable' });
      expect(answer.headers).toMatchObject({ 'content-range': 'bytes */10', 'content-type': /problem/ });
      expect(answer.headers['etag']).toBeUndefined();
    },
  );

  it.each([
    { ifRange: '"abc"', status: 206 },
    { ifRange: LAST_MODIFIED, status: 206 },
    { ifRange: '"old"', status: 200 },
    { ifRange: 'W/"abc"', status: 200 },
    { ifRange: 'Thu, 01 Jan 2026 00:00:00 GMT', status: 200 },
  ])('goes on where it broke off only when If-Range $ifRange fits', async ({ ifRange, status }) => {
    const { api } = await withFile();
    const headers = { Range: 'bytes=5-', 'If-Range': ifRange };
    expect((await api.send('GET', URL_PATH, { token: ADMIN_TOKEN, headers })).status).toBe(status);
  });

  it.each([
    { headers: { 'If-None-Match': '"abc"' }, status: 304 },
    { headers: { 'If-None-Match': '"x", W/"abc"' }, status: 304 },
    { headers: { 'If-None-Match': '*' }, status: 304 },
    { headers: { 'If-None-Match': '"x"', 'If-Modified-Since': LAST_MODIFIED }, status: 200 },
    { headers: { 'If-Modified-Since': LAST_MODIFIED }, status: 304 },
    { headers: { 'If-Modified-Since': 'Thu, 01 Jan 2026 00:00:00 GMT' }, status: 200 },
    { headers: { 'If-Modified-Since': 'yesterday' }, status: 200 },
    { headers: { 'If-Match': '"abc"' }, status: 200 },
    { headers: { 'If-Match': '"x"' }, status: 412 },
    { headers: { 'If-Unmodified-Since': 'Thu, 01 Jan 2026 00:00:00 GMT' }, status: 412 },
  ])('with $headers gives $status', async ({ headers, status }) => {
    const { api } = await withFile();
    const answer = await api.send('GET', URL_PATH, { token: ADMIN_TOKEN, headers });
    expect(answer.status).toBe(status);
    expect(answer.text === '').toBe(status === 304);
  });

  it('may be empty', async () => {
    const { api } = await withFile('');
    const answer = await api.send('GET', URL_PATH, { token: ADMIN_TOKEN });
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(answer.headers['content-length']).toBe('0');
  });

  it('closes its file when the peer goes away in the middle', async () => {
    const { api, path } = await withFile();
    const size = 64 * 1024 * 1024;
    await truncate(path, size);
    publish(api, path, size);
    const request = get({
      host: '127.0.0.1',
      port: api.port,
      path: URL_PATH,
      headers: { Authorization: `Bearer ${ADMIN_TOKEN}` },
      agent: false,
    });
    const [incoming] = (await once(request, 'response')) as [IncomingMessage];
    await once(incoming, 'readable');
    expect(await timesOpen(path)).toBe(1);
    request.destroy();
    await vi.waitFor(async () => expect(await timesOpen(path)).toBe(0), WAIT);
    expect(api.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it.each([
    { method: 'HEAD', headers: {} },
    { method: 'GET', headers: { 'If-None-Match': '"abc"' } },
    { method: 'GET', headers: { Range: 'bytes=20-30' } },
    { method: 'GET', headers: {} },
  ])('leaves no file open after $method with $headers', async ({ method, headers }) => {
    const { api, path } = await withFile();
    await api.send(method, URL_PATH, { token: ADMIN_TOKEN, headers });
    await vi.waitFor(async () => expect(await timesOpen(path)).toBe(0), WAIT);
  });

  it('is refused when the file is not as long as it was', async () => {
    const { api, path } = await withFile();
    await truncate(path, 4);
    const answer = await api.send('GET', URL_PATH, { token: ADMIN_TOKEN });
    expect(answer.json).toMatchObject({ status: 503, code: 'file_damaged' });
  });

  it.each([
    { why: 'nothing', make: async () => {} },
    { why: 'a folder', make: (path: string) => mkdir(path) },
    { why: 'a symbolic link', make: (path: string) => symlink('/etc/hostname', path) },
  ])('finds no file where there is $why', async ({ make }) => {
    const { api } = await withFile();
    const path = join(await tempDir(), 'other');
    await make(path);
    publish(api, path, 10);
    const answer = await api.send('GET', URL_PATH, { token: ADMIN_TOKEN });
    expect(answer.json).toMatchObject({ status: 404, code: 'file_missing' });
    expect(answer.headers['content-disposition']).toBeUndefined();
  });

  it.each([
    { downloadName: 'a"\r\nSet-Cookie: x=1.mp4', header: 'attachment; filename="a\\"__Set-Cookie_ x=1.mp4"' },
    { downloadName: '../../etc/passwd', header: 'attachment; filename=__.._etc_passwd' },
    { downloadName: '', header: 'attachment; filename=download' },
    { downloadName: '会议.mp4', header: `attachment; filename=__.mp4; filename*=UTF-8''%E4%BC%9A%E8%AE%AE.mp4` },
    { downloadName: 'x\u202Egpj.exe', header: 'attachment; filename=x_gpj.exe' },
  ])('with the name $downloadName cannot do harm', async ({ downloadName, header }) => {
    const { api, path } = await withFile();
    publish(api, path, 10, { downloadName });
    const answer = await api.send('GET', URL_PATH, { token: ADMIN_TOKEN });
    expect(answer.headers['content-disposition']).toBe(header);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('of a type that a browser could run is sent as bytes', async () => {
    const { api, path } = await withFile();
    publish(api, path, 10, { contentType: 'text/html' });
    const answer = await api.send('GET', URL_PATH, { token: ADMIN_TOKEN });
    expect(answer.headers['content-type']).toBe('application/octet-stream');
  });

  it.each(['..', '%2e%2e', '..%2f..%2fsecret', '..%5c..%5csecret', '%2fetc%2fpasswd', 'a%00.mp4', 'a%0d%0a', '.'])(
    'of the file "%s" never reaches the archive',
    async (name) => {
      const { api } = await withFile();
      const answer = await api.send('GET', `/api/recordings/rec1/files/${name}`, { token: ADMIN_TOKEN });
      expect([400, 404]).toContain(answer.status);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(api.calls).toEqual([]);
    },
  );
});

describe('a download link', () => {
  async function linkOf(api: TestApi, body: object = {}): Promise<URL> {
    const { json } = await api.send('POST', '/api/recordings/rec1/link', { token: ADMIN_TOKEN, body });
    return new URL(String(json['url']));
  }

  it('needs no header and begins within a minute', async () => {
    const { api } = await withFile();
    const { json } = await api.send('POST', '/api/recordings/rec1/link', { token: ADMIN_TOKEN });
    expect(json['expires']).toBe('2026-01-01T00:01:00.000Z');
    const { pathname, search } = new URL(String(json['url']));
    expect(await api.send('GET', pathname + search)).toMatchObject({ status: 200, text: '0123456789' });
    api.clock.advance(61_000);
    expect((await api.send('GET', pathname + search)).json).toMatchObject({ status: 401, code: 'ticket_expired' });
  });

  it('opens its own file of its own recording and nothing else', async () => {
    const { api, path } = await withFile();
    api.files.set('chat.vtt', storedFile(path, 10, { contentType: 'text/vtt' }));
    const { pathname, search } = await linkOf(api, { name: 'chat.vtt' });
    expect(pathname).toBe('/api/recordings/rec1/files/chat.vtt');
    const statuses: Record<string, number> = {};
    for (const other of [
      pathname,
      URL_PATH,
      '/api/recordings/rec2/files/chat.vtt',
      '/api/recordings/rec1/files/recording.mp4',
      '/api/recordings/rec1',
      '/api/rooms',
    ]) {
      statuses[other] = (await api.send('GET', other + search)).status;
    }
    const { [pathname]: own, ...others } = statuses;
    expect(own).toBe(200);
    expect(new Set(Object.values(others))).toEqual(new Set([401]));
  });

  it('is no room token, and a room token is no ticket', async () => {
    const { api } = await withFile();
    const ticket = (await linkOf(api)).searchParams.get('ticket') ?? '';
    expect((await api.send('GET', '/api/rooms/hall', { token: ticket })).json).toMatchObject({ code: 'token_invalid' });
    const { token } = await api.deps.tokens.issue({ room: 'hall', role: 'host' });
    expect((await api.send('GET', `${URL_PATH}?ticket=${token}`)).json).toMatchObject({ code: 'ticket_invalid' });
    expect((await api.send('GET', `${URL_PATH}?ticket=${ADMIN_TOKEN}`)).status).toBe(401);
  });

  it('holds as long as was asked, for a player that comes back, but not for days', async () => {
    const { api } = await withFile();
    const { pathname, search } = await linkOf(api, { ttl: 3600 });
    api.clock.advance(3_599_000);
    expect((await api.send('GET', pathname + search)).status).toBe(200);
    api.clock.advance(2000);
    expect((await api.send('GET', pathname + search)).json).toMatchObject({ status: 401, code: 'ticket_expired' });
    const send = { token: ADMIN_TOKEN, body: { ttl: 6 * 3600 + 1 } };
    expect((await api.send('POST', '/api/recordings/rec1/link', send)).status).toBe(400);
  });

  it('leads to everything in one archive, once there is a film', async () => {
    const { api } = await withFile();
    expect((await linkOf(api, { name: 'bundle.zip' })).pathname).toBe('/api/recordings/rec1/bundle.zip');
    const send = { token: ADMIN_TOKEN, body: { name: 'bundle.zip' } };
    expect((await (await startApi()).send('POST', '/api/recordings/rec1/link', send)).status).toBe(404);
  });

  it('is not made for a file that is not there', async () => {
    const api = await startApi();
    const answer = await api.send('POST', '/api/recordings/rec1/link', { token: ADMIN_TOKEN, body: { name: 'x' } });
    expect(answer.json).toMatchObject({ status: 404, code: 'file_missing' });
  });

  it('leaves no trace of its ticket in the log, nor does a token', async () => {
    const { api } = await withFile();
    const { pathname, search } = await linkOf(api);
    await api.send('GET', pathname + search);
    await vi.waitFor(() => expect(api.log.filter(({ message }) => message === 'request')).toHaveLength(2), WAIT);
    const everything = JSON.stringify(api.log);
    expect(everything).toContain(pathname);
    expect(everything).not.toContain('ticket=');
    expect(everything).not.toContain(ADMIN_TOKEN);
  });
});
