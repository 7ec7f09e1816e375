import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ClientHttp2Stream, constants, Http2ServerRequest } from 'node:http2';
import { Agent, get, request } from 'node:https';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { HttpServer, type HttpServerOptions } from '../../../src/server/http-server.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { type LocalCertificate, asCertificate, askH2, connectH2, makeLocal } from '../../helpers/local-certificate.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

let local: LocalCertificate;
let ca: string;

beforeAll(async () => {
  local = await makeLocal();
  ca = local.authority.cert;
});

async function listen(options: Partial<HttpServerOptions> = {}, clock = systemClock): Promise<HttpServer> {
  const server = await HttpServer.listen({
    host: '127.0.0.1',
    port: 0,
    onRequest: ({ httpVersion }, response) => void response.end(httpVersion),
    onUpgrade: (_request, socket) => socket.destroy(),
    certificate: asCertificate(local),
    clock,
    ...options,
  });
  onTestFinished(() => server.close());
  return server;
}

function portOf({ url }: HttpServer): number {
  return Number(new URL(url).port);
}

/** Everything a peer without TLS, or with nothing but bytes, gets to read until the connection ends. */
async function speak(port: number, text: string, end: 'tls' | 'plain'): Promise<string> {
  const socket =
    end === 'plain' ? connect(port, '127.0.0.1') : connectTls({ port, host: '127.0.0.1', ca, servername: 'localhost' });
  await once(socket, end === 'plain' ? 'connect' : 'secureConnect');
  let answer = '';
  socket.on('error', () => {});
  socket.setEncoding('latin1').on('data', (more: string) => (answer += more));
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

describe('a port with a certificate', () => {
  it('speaks HTTP/2 and HTTP/1.1, and names an https address', async () => {
    const server = await listen();
    expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const h2 = await connectH2(server.url, ca);
    expect(h2.alpnProtocol).toBe('h2');
    expect((await askH2(h2, { ':path': '/' })).body.toString()).toBe('2.0');
    const asking = get(server.url, { ca, agent: false });
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    expect(Buffer.concat(await answer.toArray()).toString()).toBe('1.1');
  });

  it('tells those who speak without TLS what to do', async () => {
    const port = portOf(await listen());
    const answer = await speak(port, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', 'plain');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      code: 'https_only',
      detail: 'This port speaks HTTPS only; put https:// before its address.',
    });
    expect(await speak(port, 'SSH-2.0-no-http-at-all\r\n', 'plain')).not.toContain('HTTP');
  });

  it('gives upgrades to WebSocket away, and answers all others as requests', async () => {
    const upgrades: (string | undefined)[] = [];
    const server = await listen({
      onUpgrade: ({ headers }, socket) => {
        upgrades.push(headers.upgrade);
        socket.end('HTTP/1.1 418 I am a teapot\r\nConnection: close\r\n\r\n');
      },
    });
    const statusOf = async (Upgrade: string): Promise<number | undefined> => {
      const asking = request(server.url, { headers: { Connection: 'Upgrade', Upgrade }, agent: false, ca }).end();
      const [response] = (await once(asking, 'response')) as [IncomingMessage];
      response.resume();
      return response.statusCode;
    };
    expect(await statusOf('WebSocket')).toBe(418);
    expect(await statusOf('h2c')).toBe(200);
    expect(upgrades).toEqual(['WebSocket']);
  });

  it('closes connections of HTTP/1.1 whose headers do not come to an end', async () => {
    const server = await listen({ headersMs: 20, lookMs: 10 });
    const answer = await speak(portOf(server), 'GET / HTTP/1.1\r\nHost: local', 'tls');
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('serves 100 streams of one connection at once, and the next when one has ended', async () => {
    const waiting: ServerResponse[] = [];
    const server = await listen({ onRequest: (_request, response) => void waiting.push(response) });
    const h2 = await connectH2(server.url, ca);
    // The server's settings come with its first frame, and a client has to know them.
    if (h2.remoteSettings.maxConcurrentStreams !== 100) await once(h2, 'remoteSettings');
    expect(h2.remoteSettings.maxConcurrentStreams).toBe(100);
    const answers = Array.from({ length: 101 }, (_, index) => askH2(h2, { ':path': `/${index}` }));
    await vi.waitFor(() => expect(waiting).toHaveLength(100), WAIT);
    // What was asked before this was answered: had the 101st been sent, it would be there.
    await new Promise<void>((resolve) => void h2.ping(() => resolve()));
    expect(waiting).toHaveLength(100);
    waiting[0]?.end();
    await vi.waitFor(() => expect(waiting).toHaveLength(101), WAIT);
    for (const response of waiting) response.end();
    expect((await Promise.all(answers)).every(({ status }) => status === 200)).toBe(true);
  });

  it('tells the one who answers when the asker of a stream has gone', async () => {
    const gone: (string | undefined)[] = [];
    const onRequest: HttpServerOptions['onRequest'] = ({ url }, response) => {
      response.once('close', () => gone.push(url));
      if (url === '/quick') response.end();
    };
    const h2 = await connectH2((await listen({ onRequest })).url, ca);
    const waiting = h2.request({ ':path': '/waits' });
    await askH2(h2, { ':path': '/quick' });
    await vi.waitFor(() => expect(gone).toEqual(['/quick']), WAIT);
    waiting.close(constants.NGHTTP2_CANCEL);
    await vi.waitFor(() => expect(gone).toEqual(['/quick', '/waits']), WAIT);
  });

  it('refuses streams whose headers are longer than 16 KiB, and goes on', async () => {
    const h2 = await connectH2((await listen()).url, ca);
    const ask = (bytes: number) => askH2(h2, { ':path': '/', 'x-filler': 'x'.repeat(bytes) });
    expect((await ask(15 * 1024)).status).toBe(200);
    await expect(ask(17 * 1024)).rejects.toThrow();
    expect((await ask(0)).status).toBe(200);
  });

  it('ends a connection that opens streams only to cancel them', async () => {
    const ends: Promise<string>[] = [];
    const onRequest = (incoming: IncomingMessage): void => {
      const request: IncomingMessage | Http2ServerRequest = incoming;
      const session = request instanceof Http2ServerRequest ? request.stream.session : undefined;
      if (ends.length > 0 || !session) return;
      ends.push(new Promise((resolve) => session.once('close', () => resolve('ended'))));
    };
    const h2 = await connectH2((await listen({ onRequest })).url, ca);
    const cancel = async (): Promise<void> => {
      const stream = h2.request({ ':path': '/' }).on('error', () => {});
      const gone = once(stream, 'close');
      // What waits to be sent would be cancelled without ever being sent.
      if (stream.pending) await once(stream, 'ready');
      stream.close(constants.NGHTTP2_CANCEL);
      await gone;
    };
    await cancel();
    await vi.waitFor(() => expect(ends).toHaveLength(1), WAIT);
    const flood = (async () => {
      for (let count = 0; count < 10_000 && !h2.destroyed; count += 1) await cancel();
      return 'served to the end';
    })().catch(() => ends[0]);
    expect(await Promise.race([ends[0], flood])).toBe('ended');
  });

  it('keeps a connection while a stream is open, and closes it after 75 s without one', async () => {
    const clock = new FakeClock();
    const waiting: ServerResponse[] = [];
    const server = await listen({ onRequest: (_request, response) => void waiting.push(response) }, clock);
    const h2 = await connectH2(server.url, ca);
    const closed = once(h2, 'close');
    const answer = askH2(h2, { ':path': '/' });
    await vi.waitFor(() => expect(waiting).toHaveLength(1), WAIT);
    clock.advance(200_000);
    waiting[0]?.end('late');
    expect((await answer).body.toString()).toBe('late');
    await vi.waitFor(() => expect(clock.pending).toBe(1), WAIT);
    clock.advance(74_999);
    await new Promise<void>((resolve) => void h2.ping(() => resolve()));
    expect(h2.closed).toBe(false);
    clock.advance(1);
    await closed;
    await vi.waitFor(() => expect(clock.pending).toBe(0), WAIT);
  });

  it('closes a connection that never asks for anything, after 75 s too', async () => {
    const clock = new FakeClock();
    const h2 = await connectH2((await listen({}, clock)).url, ca);
    const closed = once(h2, 'close');
    await new Promise<void>((resolve) => void h2.ping(() => resolve()));
    clock.advance(75_000);
    await closed;
  });

  it('resets a stream whose body is not there after 30 s', async () => {
    const clock = new FakeClock();
    const begun: IncomingMessage[] = [];
    const server = await listen({ onRequest: (incoming) => void begun.push(incoming) }, clock);
    const h2 = await connectH2(server.url, ca);
    const whole = h2.request({ ':method': 'POST', ':path': '/whole' });
    const slow: ClientHttp2Stream = h2.request({ ':method': 'POST', ':path': '/slow' });
    whole.end('all of it');
    slow.write('a part');
    const reset = once(slow, 'close');
    await vi.waitFor(() => expect(begun).toHaveLength(2), WAIT);
    for (const incoming of begun) incoming.resume();
    await once(begun.find(({ url }) => url === '/whole') as IncomingMessage, 'end');
    clock.advance(29_999);
    await new Promise<void>((resolve) => void h2.ping(() => resolve()));
    expect([whole.closed, slow.closed]).toEqual([false, false]);
    clock.advance(1);
    await reset;
    expect(slow.rstCode).toBe(constants.NGHTTP2_CANCEL);
    await new Promise<void>((resolve) => void h2.ping(() => resolve()));
    expect(whole.closed).toBe(false);
  });

  it('resets a stream of whoever takes nothing of its answer', async () => {
    const server = await listen({
      sendMs: 20,
      onRequest: (_request, response) => void response.end(Buffer.alloc(4_000_000)),
    });
    const h2 = await connectH2(server.url, ca);
    const deaf = h2.request({ ':path': '/' });
    deaf.on('error', () => {}).pause();
    const reset = once(deaf, 'close');
    await vi.waitFor(() => expect(deaf.rstCode).toBe(constants.NGHTTP2_CANCEL), WAIT);
    deaf.resume();
    await reset;
    expect(h2.destroyed).toBe(false);
  });

  it('closes with streams open, connections idle, and handshakes not begun', async () => {
    const clock = new FakeClock();
    let asked = 0;
    const server = await listen({ onRequest: () => void (asked += 1) }, clock);
    const h2 = await connectH2(server.url, ca);
    const cut = once(
      h2.request({ ':path': '/' }).on('error', () => {}),
      'close',
    );
    const idle = await connectH2(server.url, ca);
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const slow = get(`${server.url}/slow`, { ca, agent });
    const slowCut = once(slow, 'error');
    await vi.waitFor(() => expect(asked).toBe(2), WAIT);
    const silent = connect(portOf(server), '127.0.0.1');
    await once(silent, 'connect');
    await server.close();
    await Promise.all([cut, slowCut, idle.destroyed || once(idle, 'close')]);
    if (!silent.destroyed) await once(silent.resume(), 'close');
    await server.close();
    await vi.waitFor(() => expect(clock.pending).toBe(0), WAIT);
  });

  it('shows another certificate to whoever connects after a change', async () => {
    const server = await listen();
    const before = await connectH2(server.url, ca);
    const other = await makeLocal();
    server.setCertificate(asCertificate(other));
    const after = await connectH2(server.url, other.authority.cert);
    expect((await askH2(after, { ':path': '/' })).status).toBe(200);
    expect((await askH2(before, { ':path': '/' })).status).toBe(200);
  });
});
