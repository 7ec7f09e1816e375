import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttp2Server, type Http2Server } from 'node:http2';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HttpServer } from '../../../../src/server/http-server.ts';
import { freePort } from '../../../helpers/free-port.ts';
import { asCertificate, makeLocal } from '../../../helpers/local-certificate.ts';
import type { Lines } from '../../../../src/cli/viewers/line.ts';
import { textOf } from '../../../../src/cli/viewers/playlist-memory.ts';
import { openLines } from '../../../../src/cli/viewers/viewer.ts';

const TEXT = '#EXTM3U\n'.repeat(100);

/** Lines to a server that is gone when the test is; `h2` without TLS. */
async function linesTo(server: Server | Http2Server, h2 = false): Promise<Lines> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const lines = openLines({ origin: new URL(`http://127.0.0.1:${port}`), h2, insecure: false });
  onTestFinished(async () => {
    lines.close();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return lines;
}

/** Playlists packed, media plain; each answer says what was asked for. */
const answers: RequestListener = (request, response) => {
  if (request.url?.startsWith('/none')) {
    response.writeHead(404).end('no');
  } else if (request.url?.startsWith('/media')) {
    response.writeHead(200, { 'content-length': 300_000 }).end(Buffer.alloc(300_000));
  } else {
    const asked = `${request.url} ${request.headers['accept-encoding']}\n${TEXT}`;
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(asked));
  }
};

describe.each([
  ['HTTP/1.1', false],
  ['HTTP/2', true],
])('a line of %s', (_, h2) => {
  function serve(): Promise<Lines> {
    const server = h2 ? createHttp2Server() : createServer();
    server.on('request', answers as never);
    return linesTo(server, h2);
  }

  it('gives packed playlists, counted as they travelled', async () => {
    const { playlist } = await serve();
    const answer = await playlist.get('/live.m3u8?_HLS_msn=3&_HLS_part=1', true);
    expect(answer).toMatchObject({ status: 200, gzip: true });
    expect(textOf(answer)).toBe(`/live.m3u8?_HLS_msn=3&_HLS_part=1 gzip\n${TEXT}`);
    expect(answer.bytes).toBeLessThan(TEXT.length);
  });

  it('carries media beside a playlist, counts them and throws them away', async () => {
    const { playlist, media } = await serve();
    const [list, part] = await Promise.all([playlist.get('/live.m3u8', true), media.get('/media-1', false)]);
    expect(list.status).toBe(200);
    expect(part).toMatchObject({ status: 200, bytes: 300_000 });
    expect(part.body).toHaveLength(0);
    expect(await media.get('/none', false)).toMatchObject({ status: 404, bytes: 2 });
    expect(await media.get('/media-2', false)).toMatchObject({ status: 200 });
  });

  it('fails what is on its way when the viewer goes', async () => {
    const server = h2 ? createHttp2Server() : createServer();
    const asked = new Promise((resolve) => {
      server.on('request', resolve as never);
    });
    const lines = await linesTo(server, h2);
    const answer = lines.playlist.get('/live.m3u8', true);
    await Promise.all([asked.then(() => lines.close()), expect(answer).rejects.toMatchObject({ fault: 'cut' })]);
    await expect(lines.playlist.get('/live.m3u8', true)).rejects.toMatchObject({ fault: 'cut' });
  });

  it('says that nobody answers at all', async () => {
    const lines = openLines({ origin: new URL(`http://127.0.0.1:${await freePort()}`), h2, insecure: false });
    onTestFinished(() => lines.close());
    await expect(lines.playlist.get('/', true)).rejects.toMatchObject({ fault: 'connect' });
  });
});

describe('a line of HTTP/1.1', () => {
  it('keeps its connection from answer to answer', async () => {
    const server = createServer(answers);
    let connections = 0;
    server.on('connection', () => (connections += 1));
    const { playlist } = await linesTo(server);
    for (let count = 0; count < 3; count += 1) await playlist.get('/', true);
    expect(connections).toBe(1);
  });

  it('connects anew after an answer that says it is the last of its connection', async () => {
    let connections = 0;
    const server = createTcpServer((socket) => {
      connections += 1;
      socket.on('error', () => {});
      // It says so and leaves it open.
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok'));
    });
    const { media } = await linesTo(server);
    for (let count = 0; count < 2; count += 1) expect(await media.get('/', false)).toMatchObject({ bytes: 2 });
    expect(connections).toBe(2);
  });

  it('fails on an answer that breaks off, and connects anew for the next', async () => {
    let connections = 0;
    const server = createTcpServer((socket) => {
      connections += 1;
      socket.on('error', () => {});
      socket.on('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no');
        if (connections === 1) socket.end();
        else socket.write('k');
      });
    });
    const { media } = await linesTo(server);
    await expect(media.get('/', false)).rejects.toMatchObject({ fault: 'cut' });
    expect(await media.get('/', false)).toMatchObject({ bytes: 2 });
  });
});

describe('a line to a port with a certificate of its own', () => {
  it.each([
    ['HTTP/1.1', false, '1.1'],
    ['HTTP/2', true, '2.0'],
  ])('speaks %s when certificates are not checked, and does not connect when they are', async (_, h2, version) => {
    const server = await HttpServer.listen({
      host: '127.0.0.1',
      port: 0,
      onRequest: ({ httpVersion }, response) => void response.end(httpVersion),
      onUpgrade: (_request, socket) => socket.destroy(),
      certificate: asCertificate(await makeLocal()),
    });
    onTestFinished(() => server.close());
    const origin = new URL(server.url);
    const [careless, careful] = [true, false].map((insecure) => openLines({ origin, h2, insecure }));
    onTestFinished(() => {
      careless?.close();
      careful?.close();
    });
    const answer = await careless?.playlist.get('/', true);
    expect(new TextDecoder().decode(answer?.body)).toBe(version);
    await expect(careful?.playlist.get('/', true)).rejects.toMatchObject({ fault: 'connect' });
  });
});
