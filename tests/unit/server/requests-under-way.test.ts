import { once } from 'node:events';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { HttpServer } from '../../../src/server/http-server.ts';
import { RequestsUnderWay } from '../../../src/server/requests-under-way.ts';

const WAIT = { timeout: 9000 };

/** A server that answers when the test says so, with three requests for each client, whom a header names. */
async function listen() {
  const waiting: ServerResponse[] = [];
  const refused: string[] = [];
  const underWay = new RequestsUnderWay({
    most: 3,
    clientOf: ({ headers }) => headers['x-client']?.toString(),
    onRefused: (address) => refused.push(address),
  });
  const server = await HttpServer.listen({
    host: '127.0.0.1',
    port: 0,
    onRequest: (incoming, response) => {
      if (underWay.admit(incoming, response)) waiting.push(response);
    },
    onUpgrade: (_incoming, socket) => socket.destroy(),
  });
  onTestFinished(() => server.close());
  const ask = (client?: string) => {
    const headers = client === undefined ? {} : { 'x-client': client };
    return request(server.url, { headers, agent: false })
      .on('error', () => {})
      .end();
  };
  return { waiting, refused, ask };
}

async function answerOf(asking: ReturnType<typeof request>): Promise<{ status: unknown; code: unknown }> {
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, code: (JSON.parse(body) as { code: unknown }).code };
}

describe('requests under way', () => {
  it('are so many of one client, whatever else it asks', async () => {
    const { waiting, refused, ask } = await listen();
    for (let count = 0; count < 3; count += 1) ask('192.0.2.1');
    await vi.waitFor(() => expect(waiting).toHaveLength(3), WAIT);
    expect(await answerOf(ask('192.0.2.1'))).toEqual({ status: 503, code: 'too_many_waiting' });
    expect(refused).toEqual(['192.0.2.1']);
    ask('192.0.2.2');
    await vi.waitFor(() => expect(waiting).toHaveLength(4), WAIT);
  });

  it('leave their place when they are answered, and when nobody waits for the answer any more', async () => {
    const { waiting, ask } = await listen();
    const asking = [ask('192.0.2.1'), ask('192.0.2.1'), ask('192.0.2.1')];
    await vi.waitFor(() => expect(waiting).toHaveLength(3), WAIT);
    const closed = waiting.map((response) => once(response, 'close'));
    asking[0]?.destroy();
    asking[1]?.destroy();
    waiting[2]?.end('{}');
    await Promise.all(closed);
    for (let count = 0; count < 3; count += 1) ask('192.0.2.1');
    await vi.waitFor(() => expect(waiting).toHaveLength(6), WAIT);
  });

  it('of one network of IPv6 count together, and those of nobody in particular do not', async () => {
    const { waiting, ask } = await listen();
    for (let count = 1; count <= 3; count += 1) ask(`2001:db8::${count}`);
    for (let count = 0; count < 4; count += 1) ask();
    await vi.waitFor(() => expect(waiting).toHaveLength(7), WAIT);
    expect(await answerOf(ask('2001:db8::9'))).toMatchObject({ status: 503 });
  });
});
