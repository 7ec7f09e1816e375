/** What the commands for files make of answers that are not the server's own. */
import { once } from 'node:events';
import { createServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { FileApi, isPassing } from '../../../src/cli/files/file-api.ts';

/** Something that answers every request alike. */
async function answering(status: number, body: string, headers: OutgoingHttpHeaders): Promise<FileApi> {
  const server = createServer((_request, response) => void response.writeHead(status, headers).end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return new FileApi({ url, room: 'demo', token: 'secret', identity: 'me' });
}

async function failureOf(api: FileApi): Promise<unknown> {
  return api.list(new AbortController().signal).catch((error: unknown) => error);
}

it.each([
  { what: 'a proxy whose server is away', status: 502, passing: true },
  { what: 'a proxy that waits no longer', status: 504, passing: true },
  { what: 'another site', status: 404, passing: false },
])('an answer of $what is told, and tried again only if that may help', async ({ status, passing }) => {
  const api = await answering(status, '<html><h1>Sorry</h1></html>', { 'content-type': 'text/html' });
  const failure = await failureOf(api);
  expect(failure).toMatchObject({ code: 'refused', message: expect.stringContaining(`answered ${status}`) });
  expect(isPassing(failure)).toBe(passing);
});

it('a problem of the server is told in its own words', async () => {
  const problem = {
    type: 'about:blank',
    status: 507,
    code: 'disk_floor',
    detail: 'The disk is full; free some space.',
  };
  const api = await answering(507, JSON.stringify(problem), { 'content-type': 'application/problem+json' });
  const failure = await failureOf(api);
  expect(failure).toMatchObject({ code: 'disk_floor', status: 507, message: problem.detail });
  expect(isPassing(failure)).toBe(false);
});

it('a server that sends on to another address is not followed, and the other one is named', async () => {
  const api = await answering(301, '', { location: 'https://video.example/api/rooms/demo/files' });
  const failure = await failureOf(api);
  expect(failure).toMatchObject({ message: expect.stringContaining('to https://video.example; give') });
  expect(isPassing(failure)).toBe(false);
});
