import { once } from 'node:events';
import { createServer, get, type Server, type ServerResponse } from 'node:http';
import { connect, createServer as createHttp2Server, type Http2Server, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { goneSignal } from '../../../src/api/gone-signal.ts';

/** A response as the server has it, and what hangs up at the other end. */
interface Asked {
  readonly response: ServerResponse | Http2ServerResponse;
  readonly hangUp: () => void;
}

async function listen(server: Server | Http2Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function http1(): Promise<Asked> {
  const server = createServer();
  const port = await listen(server);
  const request = get({ host: '127.0.0.1', port, agent: false });
  request.on('error', () => {});
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  return { response, hangUp: () => void request.destroy() };
}

async function http2(): Promise<Asked> {
  const server = createHttp2Server();
  const session = connect(`http://127.0.0.1:${await listen(server)}`);
  onTestFinished(() => session.destroy());
  const request = session.request({ ':path': '/' });
  request.on('error', () => {});
  const [, response] = (await once(server, 'request')) as [unknown, Http2ServerResponse];
  return { response, hangUp: () => request.close() };
}

describe.each([
  ['HTTP/1.1', http1],
  ['HTTP/2', http2],
] as const)('who waits for an answer over %s', (_name, ask) => {
  it('is gone when they hang up, and not before', async () => {
    const { response, hangUp } = await ask();
    const gone = goneSignal(response);
    expect(gone.aborted).toBe(false);
    hangUp();
    await once(response, 'close');
    expect(gone.aborted).toBe(true);
  });

  it('is gone for whoever looks only then', async () => {
    const { response, hangUp } = await ask();
    hangUp();
    await once(response, 'close');
    expect(goneSignal(response).aborted).toBe(true);
  });
});
