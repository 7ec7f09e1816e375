/** Whom a whole server takes for its clients, at both of its doors for WebSockets and over HTTP. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type Logger, nullLogger } from '../../../src/logger.ts';
import { TestServer } from '../../helpers/test-server.ts';

const DOORS = ['/ws?room=demo', '/ws/contacts'];

async function start(trustedProxies?: string[], log?: Logger): Promise<TestServer> {
  const settings = {
    ...(trustedProxies && { server: { trustedProxies } }),
    limits: { socketsPerAddress: 2, helloMs: 60_000 },
  };
  const server = await TestServer.start(settings, log);
  onTestFinished(() => server.close());
  return server;
}

/** The status that a proxy at 127.0.0.1 is answered with, which asks for `client`; its socket stays open. */
function knock({ url }: TestServer, path: string, client: string): Promise<number | undefined> {
  const headers = { 'X-Forwarded-For': client };
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, { headers });
  onTestFinished(() => socket.terminate());
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(101));
    socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode));
    socket.on('error', reject);
  });
}

describe('sockets of one address', () => {
  it('are counted for each client behind a proxy of this machine', async () => {
    const server = await start();
    for (const door of DOORS) {
      for (const client of ['203.0.113.7', '2001:db8::7']) {
        for (const status of [101, 101, 503]) expect(await knock(server, door, client)).toBe(status);
      }
      expect(await knock(server, door, '198.51.100.1, 2001:DB8:0::7')).toBe(503);
    }
  });

  it('are counted for the peer when it is no proxy that the configuration names, whatever it says', async () => {
    const server = await start(['192.0.2.1']);
    for (const door of DOORS) {
      expect(await knock(server, door, '203.0.113.1')).toBe(101);
      expect(await knock(server, door, '203.0.113.2')).toBe(101);
      expect(await knock(server, door, '203.0.113.3')).toBe(503);
    }
  });
});

describe('requests', () => {
  it.each([
    [['127.0.0.1'], '203.0.113.7'],
    [['192.0.2.1'], '127.0.0.1'],
  ])('through 127.0.0.1 are logged, where proxies at %j are believed, as those of %s', async (trusted, address) => {
    const addresses: unknown[] = [];
    const server = await start(trusted, {
      ...nullLogger,
      debug: (message, fields) => void (message === 'request' && addresses.push(fields?.['address'])),
    });
    await (await fetch(`${server.url}/healthz`, { headers: { 'x-forwarded-for': '203.0.113.7' } })).text();
    await vi.waitFor(() => expect(addresses).toEqual([address]), { timeout: 9000 });
  });
});
