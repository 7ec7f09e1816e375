import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { type ClientHttp2Session, constants } from 'node:http2';
import Koa from 'koa';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { requestLog } from '../../../src/api/request-log.ts';
import { sendFile } from '../../../src/api/send-file.ts';
import { PublisherClient } from '../../../src/cli/publish/publisher-client.ts';
import type { LogFields, Logger } from '../../../src/logger.ts';
import { HttpServer } from '../../../src/server/http-server.ts';
import { ClientAddresses } from '../../../src/util/client-address.ts';
import { systemClock } from '../../../src/util/clock.ts';
import {
  asCertificate,
  type LocalCertificate,
  askH2,
  connectH2,
  inFiles,
  makeLocal,
} from '../../helpers/local-certificate.ts';
import { TestParticipant, TestSocket } from '../../helpers/test-participant.ts';
import { TestServer } from '../../helpers/test-server.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

let local: LocalCertificate;
let ca: string;
let files: Awaited<ReturnType<typeof inFiles>>;
let server: TestServer;
let h2: ClientHttp2Session;
const requests: LogFields[] = [];
const log: Logger = {
  debug: (message, fields) => void (message === 'request' && fields && requests.push(fields)),
  info: (message, fields) => void (message === 'request' && fields && requests.push(fields)),
  warn() {},
  error() {},
  child: () => log,
};

beforeAll(async () => {
  local = await makeLocal();
  ca = local.authority.cert;
  files = await inFiles(local.server);
  server = await TestServer.start({ tls: { cert: files.cert, key: files.key } }, log);
});
afterAll(async () => {
  await server.close();
  await files.remove();
});
beforeEach(async () => {
  requests.length = 0;
  h2 = await connectH2(server.url, ca);
});

function post(path: string, body: string | Buffer, headers: Record<string, string> = {}) {
  const type = { 'content-type': 'application/json', authorization: `Bearer ${server.token}` };
  return askH2(h2, { ':method': 'POST', ':path': path, ...type, ...headers }, body);
}

describe('a server with a certificate, over HTTP/2', () => {
  it('answers, with its headers, and logs who asked', async () => {
    const answer = await askH2(h2, { ':path': '/healthz' });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
    expect(answer.headers['strict-transport-security']).toBeUndefined();
    expect(Object.keys(answer.headers)).not.toContain('connection');
    const logged = { method: 'GET', path: '/healthz', status: 200, complete: true, address: '127.0.0.1' };
    await vi.waitFor(() => expect(requests).toMatchObject([logged]), WAIT);
  });

  it('logs who went away before the answer was out', async () => {
    const answer = new Koa()
      .use(requestLog(log, systemClock, new ClientAddresses([])))
      .use(() => new Promise<void>(() => {}))
      .callback();
    const port = await HttpServer.listen({
      ...{ host: '127.0.0.1', port: 0, certificate: asCertificate(local) },
      onRequest: (request, response) => {
        if (request.url === '/quick') response.end();
        else void answer(request, response);
      },
      onUpgrade: (_request, socket) => socket.destroy(),
    });
    onTestFinished(() => port.close());
    const session = await connectH2(port.url, ca);
    const waiting = session.request({ ':path': '/waits' });
    await askH2(session, { ':path': '/quick' });
    waiting.close(constants.NGHTTP2_CANCEL);
    await vi.waitFor(
      () => expect(requests).toMatchObject([{ path: '/waits', complete: false, address: '127.0.0.1' }]),
      WAIT,
    );
  });

  it('takes JSON with and without a stated length, and makes https links', async () => {
    const body = JSON.stringify({ id: 'one', title: 'One' });
    const stated = await post('/api/rooms', body, { 'content-length': String(body.length) });
    expect(stated.status).toBe(201);
    const unstated = await post('/api/rooms', JSON.stringify({ id: 'two', title: 'Two' }));
    expect(unstated.status).toBe(201);
    const room = JSON.parse(unstated.body.toString()) as { title: string; links: { watch: string; hls: string } };
    expect(room).toMatchObject({ title: 'Two', links: { watch: `${server.url}/watch/two` } });
    expect((await askH2(h2, { ':method': 'POST', ':path': '/api/rooms' })).status).toBe(201);
  });

  it('knows its own pages from those of other sites', async () => {
    const create = (origin: string) =>
      askH2(h2, { ':method': 'POST', ':path': '/api/rooms', 'content-type': 'application/json', origin }, '{}');
    expect((await create(server.url)).status).toBe(201);
    expect((await create(server.url.replace('https', 'http'))).status).toBe(403);
    expect((await create('https://elsewhere.example')).status).toBe(403);
  });

  it('refuses a body that is too long in words, and goes on', async () => {
    const answer = await post('/api/rooms', Buffer.alloc(70_000, ' '));
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body.toString())).toMatchObject({ code: 'body_too_large' });
    expect((await askH2(h2, { ':path': '/healthz' })).status).toBe(200);
  });

  it('gives media to players of any site', async () => {
    const media = await askH2(h2, { ':path': '/hls/nobody/index.m3u8', origin: 'https://elsewhere.example' });
    expect([media.status, media.headers['access-control-allow-origin']]).toEqual([404, '*']);
  });

  it('sends files as a whole and in part', async () => {
    const file = { path: files.cert, contentType: 'text/plain', cacheControl: 'no-store' };
    const answer = new Koa().use((ctx) => sendFile(ctx, file)).callback();
    const port = await HttpServer.listen({
      ...{ host: '127.0.0.1', port: 0, certificate: asCertificate(local) },
      onRequest: (request, response) => void answer(request, response),
      onUpgrade: (_request, socket) => socket.destroy(),
    });
    onTestFinished(() => port.close());
    const session = await connectH2(port.url, ca);
    expect((await askH2(session, { ':path': '/' })).body.toString()).toBe(local.server.cert);
    const part = await askH2(session, { ':path': '/', range: 'bytes=5-9' });
    expect([part.status, part.headers['content-length'], part.body.toString()]).toEqual([206, '5', 'BEGIN']);
  });
});

describe('a server with a certificate, over HTTP/1.1', () => {
  it('answers', async () => {
    const [answer] = (await once(get(`${server.url}/healthz`, { ca, agent: false }), 'response')) as [IncomingMessage];
    answer.resume();
    expect([answer.statusCode, answer.httpVersion]).toEqual([200, '1.1']);
  });

  it('lets people join by wss', async () => {
    await post('/api/rooms', JSON.stringify({ id: 'join' }));
    const options = { url: server.url, room: 'join', token: server.token, name: 'Ann', ca };
    const ann = await TestParticipant.join(options);
    expect(ann.id).not.toBe('');
    await ann.leave();
  });

  it('gives no socket to a page that came without TLS', async () => {
    const good = new TestSocket(server.url, 'join', server.url, ca);
    await good.opened();
    good.socket.close();
    const bad = new TestSocket(server.url, 'join', server.url.replace('https', 'http'), ca);
    await expect(bad.opened()).rejects.toThrow('403');
  });
});

describe('gridcast publish', () => {
  const client = (certificate: string | undefined, url = server.url): PublisherClient =>
    new PublisherClient({
      ...{ url, room: 'publish', token: server.token, name: 'Film', tracks: [], clock: systemClock },
      certificate,
      onNotice: () => {},
    });

  it('joins by https when it trusts the certificate', async () => {
    await post('/api/rooms', JSON.stringify({ id: 'publish' }));
    const joined = client(local.server.cert);
    const ended = joined.run();
    const watch = new TestSocket(server.url, 'publish', undefined, ca);
    await watch.opened();
    watch.say({ type: 'hello', version: 1, token: server.token, name: 'Bob', receive: { video: false, audio: false } });
    await watch.until(() => (JSON.stringify(watch.messages).includes('"Film"') ? true : undefined));
    watch.socket.close();
    joined.close();
    await ended;
  });

  it('says what to do when it does not', async () => {
    await expect(client(undefined).run()).rejects.toThrow(
      /does not know who signed its certificate; name .* NODE_EXTRA_CA/,
    );
    await expect(client((await makeLocal()).server.cert).run()).rejects.toThrow(/cannot be reached/);
    const plain = client(undefined, server.url.replace('https', 'http'));
    await expect(plain.run()).rejects.toThrow(/does not take the connection \(HTTP 400\); is its address https:\/\/\?/);
  });
});

describe('a start with files that cannot be used', () => {
  it('stops with a sentence', async () => {
    const { privateKey: key } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const other = await inFiles({ cert: local.server.cert, key });
    await expect(TestServer.start({ tls: { cert: other.cert, key: other.key } })).rejects.toThrow(
      /^The key in .* does not belong to the certificate in .*; name two files that were made together\.$/,
    );
    await other.remove();
  });
});
