import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { AppError, FfmpegError, LimitError } from '../../../src/errors.ts';
import { ADMIN_TOKEN, type SendOptions, startApi } from './api-server.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

const LIMIT = 65_536;

function paddedBody(bytes: number): string {
  const start = '{"title":"New"';
  return `${start}${' '.repeat(bytes - start.length - 1)}}`;
}

describe('a request body', () => {
  const patch = async (options: SendOptions) => {
    const api = await startApi();
    return api.send('PATCH', '/api/rooms/hall', { token: ADMIN_TOKEN, ...options });
  };
  const json = { 'Content-Type': 'application/json' };

  it('may have 65536 bytes and not one more', async () => {
    expect((await patch({ headers: json, body: paddedBody(LIMIT) })).status).toBe(200);
    const answer = await patch({ headers: json, body: paddedBody(LIMIT + 1) });
    expect(answer.json).toMatchObject({ status: 413, code: 'body_too_large', title: 'Payload Too Large' });
    expect(answer.headers.connection).toBe('close');
  });

  it('has the same limit when its length is not told', async () => {
    const headers = { ...json, 'Transfer-Encoding': 'chunked', 'Content-Length': undefined };
    expect((await patch({ headers, body: paddedBody(LIMIT) })).status).toBe(200);
    expect((await patch({ headers, body: paddedBody(LIMIT + 1) })).status).toBe(413);
  });

  it('has the same limit after unpacking', async () => {
    const headers = { ...json, 'Content-Encoding': 'gzip' };
    expect((await patch({ headers, body: gzipSync(paddedBody(LIMIT)) })).status).toBe(200);
    const bomb = gzipSync(paddedBody(10 * 1024 * 1024));
    expect(bomb.byteLength).toBeLessThan(LIMIT);
    expect((await patch({ headers, body: bomb })).status).toBe(413);
  });

  it.each([
    { why: 'half an object', body: '{"title":' },
    { why: 'a bare string', body: '"title"' },
    { why: 'something that is no JSON', body: 'title=x' },
    { why: 'a prototype', body: '{"__proto__":{"admin":true},"title":"x"}' },
    { why: 'bytes that claim to be gzip', body: 'no gzip', headers: { 'Content-Encoding': 'gzip' } },
  ])('that is $why is refused', async ({ body, headers }) => {
    const answer = await patch({ headers: { ...json, ...headers }, body });
    expect(answer.json).toMatchObject({ status: 400, code: 'invalid_json' });
  });

  it.each([
    { 'Content-Type': 'text/plain' },
    { 'Content-Type': 'application/x-www-form-urlencoded' },
    { 'Content-Type': undefined },
    { 'Content-Type': 'application/json', 'Content-Encoding': 'secret' },
  ])('with %o is refused', async (headers) => {
    expect((await patch({ headers, body: '{"title":"x"}' })).json).toMatchObject({
      status: 415,
      code: 'unsupported_body',
    });
  });

  it('is not read for somebody who may not do it', async () => {
    const answer = await patch({ token: undefined, headers: json, body: '{' });
    expect(answer.json).toMatchObject({ status: 401, code: 'token_missing' });
  });
});

describe('an address', () => {
  it.each(['/api/rooms/%', '/api/rooms/%zz', '/r/%E0%A4%A', '/assets/%ff.js', '/api/rooms/a%00b', '/hls/a/%00'])(
    'that is malformed as %s is refused',
    async (path) => {
      const api = await startApi();
      expect((await api.send('GET', path)).json).toMatchObject({ status: 400, code: 'bad_url' });
    },
  );

  it.each([
    '/nothing',
    '/api',
    '/api/',
    '/api/room',
    '/API/rooms',
    '/api/rooms/hall/nothing',
    '//evil.example/x',
    '/.env',
  ])('that leads nowhere as %s is not found', async (path) => {
    const api = await startApi();
    expect((await api.send('GET', path)).json).toMatchObject({ status: 404, code: 'not_found', title: 'Not Found' });
  });

  it.each([
    ['PUT', '/api/rooms', 'GET, HEAD, POST'],
    ['DELETE', '/healthz', 'GET, HEAD'],
    ['OPTIONS', '/api/rooms/hall', 'DELETE, GET, HEAD, PATCH'],
    ['POST', '/hls/hall/index.m3u8', 'GET, HEAD, OPTIONS'],
    ['POST', '/', 'GET, HEAD'],
    ['DELETE', '/assets/x.js', 'GET, HEAD'],
  ])('knows which methods it has: %s %s', async (method, path, allow) => {
    const api = await startApi();
    const answer = await api.send(method, path);
    expect(answer.json).toMatchObject({ status: 405, code: 'method_not_allowed' });
    expect(answer.headers.allow).toBe(allow);
  });
});

describe('a problem', () => {
  const failing = async (error: Error) => {
    const remove = async (): Promise<never> => {
      throw error;
    };
    const { deps } = await startApi();
    return startApi({ ports: { rooms: { ...deps.rooms, remove } } });
  };

  it('of ours hides its words and names the line of the log that has them', async () => {
    const api = await failing(new FfmpegError('libx264 exploded in /secret/place'));
    const answer = await api.send('DELETE', '/api/rooms/hall', { token: ADMIN_TOKEN });
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json).toMatchObject({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      code: 'ffmpeg',
    });
    expect(answer.text).not.toContain('secret');
    const line = api.log.find(({ level }) => level === 'error');
    expect(line?.fields).toMatchObject({
      instance: answer.json['instance'],
      detail: 'libx264 exploded in /secret/place',
    });
  });

  it('that nobody foresaw is one of ours', async () => {
    const api = await failing(new TypeError('x is not a function'));
    const answer = await api.send('DELETE', '/api/rooms/hall', { token: ADMIN_TOKEN });
    expect(answer.json).toMatchObject({ status: 500, code: 'internal', detail: expect.stringContaining('urn:uuid:') });
    expect(api.log.find(({ level }) => level === 'error')?.fields['cause']).toContain('x is not a function');
  });

  it.each([429, 503] as const)('of status %i says when to try again', async (status) => {
    const api = await failing(new LimitError('too_many', 'There are too many rooms; delete one.', status));
    const answer = await api.send('DELETE', '/api/rooms/hall', { token: ADMIN_TOKEN });
    expect(answer.json).toEqual({
      type: 'about:blank',
      title: expect.any(String),
      status,
      code: 'too_many',
      detail: 'There are too many rooms; delete one.',
    });
    expect(answer.headers['retry-after']).toBe('2');
  });

  it('has a title also for a status without a name', async () => {
    const api = await failing(new AppError('Odd.', { code: 'odd', fault: 'client', status: 499 }));
    const answer = await api.send('DELETE', '/api/rooms/hall', { token: ADMIN_TOKEN });
    expect(answer.json).toMatchObject({ status: 499, title: 'Error' });
  });
});

describe('headers', () => {
  it.each(['/healthz', '/nothing'])('protect the answer of %s', async (path) => {
    const api = await startApi();
    const { headers } = await api.send('GET', path);
    const policy = Object.fromEntries(
      String(headers['content-security-policy'])
        .split(';')
        .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
    );
    expect(policy).toEqual({
      'default-src': "'self'",
      'media-src': "'self' blob: data:",
      'worker-src': "'self' blob:",
      'connect-src': "'self' ws: wss:",
      'img-src': "'self' data: blob:",
      'object-src': "'none'",
      'frame-ancestors': "'self'",
      'base-uri': "'none'",
      'form-action': "'self'",
    });
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'permissions-policy': expect.stringContaining('camera=(self), microphone=(self), display-capture=(self)'),
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('insist on https only where it is used', async () => {
    const api = await startApi({ publicUrl: 'https://rooms.example' });
    expect((await api.send('GET', '/healthz')).headers['strict-transport-security']).toBe('max-age=31536000');
    const local = await startApi({ publicUrl: 'https://rooms.example', strictTransport: false });
    expect((await local.send('GET', '/healthz')).headers['strict-transport-security']).toBeUndefined();
  });
});

describe('the request log', () => {
  it('has a line for each request, reads at level debug and without their query', async () => {
    const api = await startApi();
    await api.send('GET', `/api/rooms/hall?ticket=secret`);
    await api.send('POST', '/api/rooms', { token: ADMIN_TOKEN });
    await vi.waitFor(() => expect(api.log).toHaveLength(2), WAIT);
    expect(api.log).toMatchObject([
      {
        level: 'debug',
        message: 'request',
        fields: { method: 'GET', path: '/api/rooms/hall', status: 200, complete: true },
      },
      { level: 'info', message: 'request', fields: { method: 'POST', path: '/api/rooms', status: 201 } },
    ]);
    expect(JSON.stringify(api.log)).not.toContain('secret');
  });

  it('has no more of a path than one can read', async () => {
    const api = await startApi();
    await api.send('GET', `/${'a'.repeat(5000)}`);
    await vi.waitFor(() => expect(api.log).toHaveLength(1), WAIT);
    expect(api.log[0]?.fields['path']).toHaveLength(200);
  });

  it('notes a peer that did not wait for the answer', async () => {
    const calls = new EventEmitter();
    const readiness = {
      check: async () => {
        calls.emit('asked');
        await once(calls, 'answer');
        return {};
      },
    };
    const api = await startApi({ ports: { readiness } });
    const asked = once(calls, 'asked');
    const socket = connect(api.port, '127.0.0.1');
    socket.write('GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await asked;
    socket.destroy();
    await once(socket, 'close');
    await vi.waitFor(() => expect(api.log[0]?.fields).toMatchObject({ path: '/readyz', complete: false }), WAIT);
    calls.emit('answer');
  });
});
