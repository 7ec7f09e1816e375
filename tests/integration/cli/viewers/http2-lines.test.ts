import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { constants, createServer, type Http2Server } from 'node:http2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHttp2Lines } from '../../../../src/cli/viewers/http2-lines.ts';
import type { Lines } from '../../../../src/cli/viewers/line.ts';

let server: Http2Server;
let lines: Lines;
/** Requests still to be refused. */
let refusals = 0;
/** Connections that came. */
let connections = 0;

beforeEach(async () => {
  connections = 0;
  server = createServer();
  server.on('session', () => {
    connections += 1;
  });
  server.on('stream', (stream) => {
    // What is cancelled by its own asker is no news.
    stream.on('error', () => {});
    if (refusals > 0) {
      refusals -= 1;
      stream.close(constants.NGHTTP2_REFUSED_STREAM);
      return;
    }
    stream.respond({ ':status': 200 });
    stream.end('media');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  lines = openHttp2Lines({ origin, h2: true, insecure: false });
});
afterEach(async () => {
  lines.close();
  server.close();
  await once(server, 'close');
});

describe('a request that is refused without a look at it', () => {
  it('is made again on another connection', async () => {
    refusals = 2;
    expect(await lines.media.get('/part', true)).toMatchObject({ status: 200, bytes: 5 });
    expect(connections).toBe(3);
  });

  it('counts as cut when three connections refuse it', async () => {
    refusals = 3;
    await expect(lines.media.get('/part', true)).rejects.toMatchObject({ fault: 'cut' });
    expect(connections).toBe(3);
  });
});
