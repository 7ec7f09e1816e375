import { once } from 'node:events';
import { type Server, type ServerResponse, get, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { HttpServer, type HttpServerOptions } from '../../../src/server/http-server.ts';
import { MAX_PIPELINED } from '../../../src/server/pipelined.ts';

async function listen(options: Partial<HttpServerOptions> = {}): Promise<HttpServer> {
  const server = await HttpServer.listen({
    host: '127.0.0.1',
    port: 0,
    onRequest: (_request, response) => void response.end('page'),
    onUpgrade: (_request, socket) => socket.destroy(),
    ...options,
  });
  onTestFinished(() => server.close());
  return server;
}

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

describe('HttpServer', () => {
  it('answers at the address that it names', async () => {
    const server = await listen();
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await (await fetch(server.url)).text()).toBe('page');
  });

  it.each([
    ['0.0.0.0', /^http:\/\/localhost:\d+$/],
    ['localhost', /^http:\/\/localhost:\d+$/],
  ])('on %s it names an address that people can open', async (host, address) => {
    const server = await listen({ host });
    expect(server.url).toMatch(address);
  });

  it('says which port is taken, and another', async () => {
    const { url } = await listen();
    const port = Number(new URL(url).port);
    await expect(listen({ port })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken by another program; stop that one or choose another port: GRIDCAST_PORT=${port + 1}.`,
    );
  });

  it('says when the machine has no such address', async () => {
    await expect(listen({ host: '203.0.113.1' })).rejects.toThrow(
      /^This machine has no address 203\.0\.113\.1; set GRIDCAST_HOST/,
    );
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
      const asking = request(server.url, { headers: { Connection: 'Upgrade', Upgrade }, agent: false }).end();
      const [response] = (await once(asking, 'response')) as [{ statusCode?: number; resume(): void }];
      response.resume();
      return response.statusCode;
    };
    expect(await statusOf('WebSocket')).toBe(418);
    expect(await statusOf('h2c')).toBe(200);
    expect(await statusOf('TLS/1.0')).toBe(200);
    expect(upgrades).toEqual(['WebSocket']);
  });

  it('closes with connections open: idle ones, ones that wait for an answer, ones that have said nothing', async () => {
    let asked = (): void => {};
    const waiting = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const server = await listen({
      onRequest: (incoming, response) => {
        if (incoming.url === '/slow') asked();
        else response.end('page');
      },
    });
    await (await fetch(server.url)).text();
    const slow = get(`${server.url}/slow`);
    const cut = once(slow, 'error');
    await waiting;
    const silent = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(silent, 'connect');
    await server.close();
    expect(((await cut) as [NodeJS.ErrnoException])[0].code).toBe('ECONNRESET');
    if (!silent.destroyed) await once(silent.resume(), 'close');
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('hangs up on one connection too many, and serves the next when one has gone', async () => {
    const refused: string[] = [];
    const onRefused = (limit: string, address: string): unknown => refused.push(`${limit} ${address}`);
    const server = await listen({ connections: { most: 2, mostOfAddress: 9, isShared: () => false, onRefused } });
    const port = Number(new URL(server.url).port);
    const held = await Promise.all([connected(port), connected(port)]);
    await vi.waitFor(() => expect(server.connections).toBe(2), { timeout: 9000 });
    const third = connect(port, '127.0.0.1').on('error', () => {});
    await once(third.resume(), 'close');
    expect(refused).toEqual(['connections 127.0.0.1']);
    held[0]?.destroy();
    await vi.waitFor(() => expect(server.connections).toBe(1), { timeout: 9000 });
    expect(await (await fetch(server.url)).text()).toBe('page');
    held[1]?.destroy();
  });

  it('has ten requests of a connection under way, and hangs up at one more that is not waited for', async () => {
    const asked: ServerResponse[] = [];
    const server = await listen({ onRequest: (_request, response) => void asked.push(response) });
    const socket = await connected(Number(new URL(server.url).port));
    let heard = '';
    socket.on('data', (data) => {
      heard += data.toString('latin1');
    });
    const ask = (count: number): void => {
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(count));
    };
    ask(MAX_PIPELINED);
    await vi.waitFor(() => expect(asked).toHaveLength(MAX_PIPELINED), { timeout: 9000 });
    // Whoever waits for answers may go on for ever.
    for (const response of asked.splice(0)) response.end('page');
    await vi.waitFor(() => expect(heard.split('page')).toHaveLength(MAX_PIPELINED + 1), { timeout: 9000 });
    ask(MAX_PIPELINED);
    await vi.waitFor(() => expect(asked).toHaveLength(MAX_PIPELINED), { timeout: 9000 });
    const gone = once(socket, 'close');
    ask(1);
    await gone;
    expect(asked).toHaveLength(MAX_PIPELINED);
    await vi.waitFor(() => expect(asked.every((response) => response.destroyed)).toBe(true), { timeout: 9000 });
  });

  it('cuts whoever takes nothing of an answer, and nobody who waits for one', async () => {
    const cut: string[] = [];
    const times: unknown[] = [];
    const server = await listen({
      onRequest: ({ url, socket }, response) => {
        times.push(socket.timeout);
        response.once('close', () => cut.push(`${url} ${response.writableFinished}`));
        if (url === '/large') response.end(Buffer.alloc(64 * 1024 * 1024));
        // As after two minutes in which nothing has moved.
        socket.emit('timeout');
        if (url === '/late') response.end('late');
      },
    });
    const deaf = await connected(Number(new URL(server.url).port));
    deaf.on('error', () => {}).pause();
    deaf.write('GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await vi.waitFor(() => expect(cut).toEqual(['/large false']), { timeout: 9000 });
    deaf.destroy();
    expect(await (await fetch(`${server.url}/late`)).text()).toBe('late');
    expect(times).toEqual([120_000, 120_000]);
  });

  it('closes a connection that is kept for another request when that does not come', async () => {
    const sockets: Socket[] = [];
    const server = await listen({
      onRequest: ({ socket }, response) => {
        sockets.push(socket);
        response.end('page');
      },
    });
    const socket = await connected(Number(new URL(server.url).port));
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'data');
    const closed = once(socket, 'close');
    await new Promise(setImmediate);
    sockets[0]?.emit('timeout');
    await closed;
  });

  it('gives a request half a minute, and an upload as long as it moves on', async () => {
    const clock = new FakeClock();
    let arrived = (): void => {};
    let bytes = 0;
    const server = await listen({
      clock,
      onRequest: (incoming, response) => {
        incoming.on('data', (chunk: Buffer) => {
          bytes += chunk.byteLength;
          arrived();
        });
        incoming.on('error', () => {});
        incoming.on('end', () => response.end('all of it'));
      },
    });
    const sent = async (asking: ReturnType<typeof request>, size: number): Promise<void> => {
      const wanted = bytes + size;
      await new Promise<void>((resolve) => {
        arrived = () => {
          if (bytes >= wanted) resolve();
        };
        asking.write(Buffer.alloc(size));
      });
    };
    const begin = (type: string): ReturnType<typeof request> => {
      const headers = { 'Content-Type': type, 'Content-Length': 200_001 };
      return request(server.url, { method: 'PATCH', headers, agent: false });
    };
    const answerOf = async (asking: ReturnType<typeof request>): Promise<number | undefined> => {
      const [response] = (await once(asking, 'response')) as [{ statusCode?: number; resume(): void }];
      response.resume();
      return response.statusCode;
    };

    const form = begin('application/json');
    await sent(form, 100_000);
    const refused = answerOf(form);
    form.on('error', () => {});
    clock.advance(30_000);
    expect(await refused).toBe(408);

    const upload = begin('application/offset+octet-stream');
    await sent(upload, 100_000);
    clock.advance(30_000);
    await sent(upload, 100_000);
    clock.advance(30_000);
    const taken = answerOf(upload);
    upload.end(Buffer.alloc(1));
    expect(await taken).toBe(200);

    const stalled = begin('application/offset+octet-stream');
    await sent(stalled, 100_000);
    const ended = answerOf(stalled);
    stalled.on('error', () => {});
    clock.advance(30_000);
    clock.advance(30_000);
    expect(await ended).toBe(408);
  });

  it('outlives connections that cannot be accepted', async () => {
    let own: Server | undefined;
    const server = await listen({
      onRequest: (incoming, response) => {
        own = (incoming.socket as unknown as { server: Server }).server;
        response.end('page');
      },
    });
    await (await fetch(server.url)).text();
    // As when the process has no file descriptors left, twice.
    own?.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }));
    own?.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }));
    expect(await (await fetch(server.url)).text()).toBe('page');
  });
});
