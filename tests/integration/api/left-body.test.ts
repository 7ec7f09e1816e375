/** Bodies that nobody wants, over a real connection. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import Koa from 'koa';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { leaveBody, MAX_LEFT_BYTES } from '../../../src/api/body.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const WAIT = { timeout: 9000 };

/** Somebody who sends a body of `length` bytes to where it is not wanted. */
async function sender(length: number) {
  const state = { received: 0, left: false, heard: '' };
  const app = new Koa();
  app.use(async (ctx) => {
    ctx.req.on('data', (chunk: Buffer) => {
      state.received += chunk.byteLength;
    });
    await leaveBody(ctx, new FakeClock());
    state.left = true;
    ctx.body = 'no';
  });
  const callback = app.callback();
  const server = createServer((request, response) => void callback(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket: Socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket
    .on('error', () => {})
    .on('data', (data) => {
      state.heard += data.toString('latin1');
    });
  onTestFinished(async () => {
    socket.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n`);
  const send = async (bytes: number): Promise<void> => {
    const wanted = state.received + bytes;
    socket.write(Buffer.alloc(bytes));
    await vi.waitFor(() => expect(state.received).toBe(wanted), WAIT);
  };
  return { state, send };
}

describe('a body that nobody wants', () => {
  it('is received up to sixteen megabytes, after which the connection goes on', async () => {
    const { state, send } = await sender(MAX_LEFT_BYTES);
    await send(MAX_LEFT_BYTES);
    await vi.waitFor(() => expect(state.heard).toContain('\r\n\r\nno'), WAIT);
    expect(state.heard).not.toContain('Connection: close');
  });

  it('is waited for at that limit, and given up with the next byte, and its connection with it', async () => {
    const { state, send } = await sender(MAX_LEFT_BYTES + 2);
    await send(MAX_LEFT_BYTES);
    await new Promise(setImmediate);
    expect(state.left).toBe(false);
    await send(1);
    await vi.waitFor(() => expect(state.heard).toContain('\r\n\r\nno'), WAIT);
    expect(state.heard).toContain('Connection: close');
  });
});
