import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Proxy, PROXIES, type ProxyKind, startProxy } from '../helpers/hls-check/proxies.ts';
import { TestServer } from '../helpers/test-server.ts';

/** Two machines, as far as proxies can tell. */
const CLIENTS = ['127.0.0.2', '127.0.0.3'];

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function behind(kind: ProxyKind, origin: string): Promise<Proxy> {
  const proxy = await startProxy(kind, origin);
  closers.push(() => proxy.close());
  return proxy;
}

/** The status of an upgrade from a page at `localAddress` that claims to be somebody else; its socket stays open. */
function knock({ origin, ca }: Omit<Proxy, 'close'>, localAddress: string): Promise<number | undefined> {
  // For a name Node tries several addresses, and forgets where it is to connect from.
  const page = origin.replace('localhost', '127.0.0.1');
  const headers = { 'X-Forwarded-For': '203.0.113.7', Origin: page };
  const socket = new WebSocket(`${page.replace('http', 'ws')}/ws?room=demo`, {
    localAddress,
    headers,
    ...(ca !== undefined && { ca }),
  });
  closers.push(() => socket.terminate());
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(101));
    socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode));
    socket.on('error', reject);
  });
}

describe('sockets behind proxies that are set up as documented', () => {
  it.each<readonly [string, readonly ProxyKind[]]>([
    ...PROXIES.map((kind) => [kind, [kind]] as const),
    ['nginx before varnish', ['varnish', 'nginx']],
  ])('count for the client that has them, through the real %s', async (_name, kinds) => {
    const limits = { socketsPerAddress: 2, helloMs: 60_000 };
    const server = await TestServer.start({ limits, server: { trustedProxies: ['127.0.0.1'] } });
    closers.push(() => server.close());
    let front: Omit<Proxy, 'close'> = { origin: server.url };
    for (const kind of kinds) front = await behind(kind, front.origin);
    for (const client of CLIENTS) {
      for (const status of [101, 101, 503]) expect(await knock(front, client)).toBe(status);
    }
  });
});
