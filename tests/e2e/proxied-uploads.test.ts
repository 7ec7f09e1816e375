import { randomBytes } from 'node:crypto';
import type { ClientHttp2Session } from 'node:http2';
import { afterEach, expect, it, vi } from 'vitest';
import { startProxy } from '../helpers/hls-check/proxies.ts';
import { askH2, connectH2 } from '../helpers/local-certificate.ts';
import { PATIENCE } from '../helpers/patience.ts';
import { TestServer } from '../helpers/test-server.ts';

/** More than any proxy allows that is told nothing. */
const BYTES = randomBytes(9_000_000);
const SENT = 5_000_000;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

it.each(['nginx', 'caddy', 'haproxy'] as const)(
  'a large file goes through the real %s, and on from where its line was cut',
  async (kind) => {
    const server = await TestServer.start({ files: { diskFloorPercent: 0 } });
    closers.push(() => server.close());
    const proxy = await startProxy(kind, server.url);
    closers.push(() => proxy.close());
    const open = (): Promise<ClientHttp2Session> => connectH2(proxy.origin, proxy.ca ?? '');
    const about = { 'tus-resumable': '1.0.0', authorization: `Bearer ${server.token}` };
    const bytes = { ...about, 'content-type': 'application/offset+octet-stream' };
    await server.api('POST', '/api/rooms', { id: 'hall' });

    const first = await open();
    const order = {
      ...about,
      ':method': 'POST',
      ':path': '/api/rooms/hall/files',
      'upload-length': String(BYTES.length),
    };
    const made = await askH2(first, order, Buffer.alloc(0));
    expect(made.status).toBe(201);
    const place = String(made.headers['location']);
    const path = place.startsWith('/') ? place : new URL(place).pathname;
    const received = async (): Promise<number> => {
      const { body } = await server.api<{ received: number }>('GET', path);
      return body.received;
    };
    const cut = first.request({ ...bytes, ':method': 'PATCH', ':path': path, 'upload-offset': '0' });
    cut.on('error', () => undefined);
    cut.write(BYTES.subarray(0, SENT));
    await vi.waitFor(async () => expect(await received()).toBeGreaterThan(0), PATIENCE);
    first.destroy();

    const second = await open();
    const { headers } = await askH2(second, { ...about, ':method': 'HEAD', ':path': path });
    const from = Number(headers['upload-offset']);
    expect(from).toBeGreaterThan(0);
    const rest = { ...bytes, ':method': 'PATCH', ':path': path, 'upload-offset': String(from) };
    expect((await askH2(second, rest, BYTES.subarray(from))).status).toBe(204);
    expect(Buffer.from(await server.bytes(`${path}/content`)).equals(BYTES)).toBe(true);
  },
);
