import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { askForShared, type SharedNews } from '../../../../web/controllers/shared-page.ts';

/** What is made of an answer of the server; `undefined`: the line is cut instead. */
async function newsOf(status: number | undefined, body: object = {}): Promise<SharedNews> {
  const server = createServer((request, response) => {
    if (status === undefined) request.socket.destroy();
    else response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return askForShared(url, 'abc', new AbortController().signal);
}

it('says by a code why a shared recording does not come, so that it is told in the reader’s language', async () => {
  const busy = { detail: 'Wait a moment.', code: 'rate_limited', status: 429 };
  expect(await newsOf(429, busy)).toMatchObject({ kind: 'away', reason: { code: 'api.rate_limited' } });
  expect(await newsOf(undefined)).toMatchObject({ kind: 'away', reason: { code: 'api.unreachable' } });
});

it('tells a link that has ended from one that never was', async () => {
  expect(await newsOf(410)).toEqual({ kind: 'gone' });
  expect(await newsOf(404)).toEqual({ kind: 'unknown' });
  expect(await newsOf(200, { title: 'Film', media: { mp4: '/film.mp4' } })).toMatchObject({ kind: 'open' });
});
