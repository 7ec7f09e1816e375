import { once } from 'node:events';
import { Server, Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type ConnectionLimits, OpenSockets } from '../../../src/server/open-sockets.ts';

const PEER = { remoteAddress: '127.0.0.1', remotePort: 4711 };

/** A connection from a far end, as far as the server hears of it. */
function connectTo(server: Server, { remoteAddress, remotePort } = PEER): Socket {
  const socket = Object.defineProperties(new Socket(), {
    remoteAddress: { value: remoteAddress },
    remotePort: { value: remotePort },
  });
  server.emit('connection', socket);
  return socket;
}

describe('the connections of a port', () => {
  it('are all ended, also one whose far end has come again since', () => {
    const server = new Server();
    const sockets = new OpenSockets(server);
    const [first, second] = [connectTo(server), connectTo(server)];
    expect(sockets.below(PEER)).toBe(second);
    sockets.destroyAll();
    expect([first.destroyed, second.destroyed]).toEqual([true, true]);
  });

  it('are ended at once when they come after the end', () => {
    const server = new Server();
    const sockets = new OpenSockets(server);
    sockets.destroyAll();
    expect(connectTo(server).destroyed).toBe(true);
  });

  it('are as many as there may be, and one more when one has gone', async () => {
    const { server, sockets, refused } = limited({ most: 3 });
    const three = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((remoteAddress, remotePort) =>
      connectTo(server, { remoteAddress, remotePort }),
    );
    const other = { remoteAddress: '192.0.2.4', remotePort: 4 };
    expect(connectTo(server, other).destroyed).toBe(true);
    expect(refused).toEqual(['connections 192.0.2.4']);
    expect([sockets.count, ...three.map(({ destroyed }) => destroyed)]).toEqual([3, false, false, false]);
    await gone(three[0]);
    expect(connectTo(server, other).destroyed).toBe(false);
    expect(sockets.count).toBe(3);
  });

  it('of one address are as many as it may have, unless many people come from it', async () => {
    const { server, refused } = limited({ mostOfAddress: 2, isShared: (address) => address === '192.0.2.9' });
    const from = (remoteAddress: string, remotePort: number): Socket =>
      connectTo(server, { remoteAddress, remotePort });
    const [first, second, third] = [1, 2, 3].map((port) => from('192.0.2.1', port));
    expect([first?.destroyed, second?.destroyed, third?.destroyed]).toEqual([false, false, true]);
    expect(refused).toEqual(['connectionsPerAddress 192.0.2.1']);
    expect([1, 2, 3].map((port) => from('192.0.2.9', port).destroyed)).toEqual([false, false, false]);
    const network = ['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8:0:1::'].map((address) => from(address, 1));
    expect(network.map(({ destroyed }) => destroyed)).toEqual([false, false, true, false]);
    await gone(second);
    expect([from('192.0.2.1', 4).destroyed, from('192.0.2.1', 5).destroyed]).toEqual([false, true]);
  });
});

async function gone(socket: Socket | undefined): Promise<void> {
  if (!socket) throw new Error('There is no such socket');
  const closed = once(socket, 'close');
  socket.destroy();
  await closed;
}

function limited(limits: Partial<ConnectionLimits>) {
  const server = new Server();
  const refused: string[] = [];
  const sockets = new OpenSockets(server, {
    most: 100,
    mostOfAddress: 100,
    isShared: () => false,
    onRefused: (limit, address) => refused.push(`${limit} ${address}`),
    ...limits,
  });
  return { server, sockets, refused };
}
