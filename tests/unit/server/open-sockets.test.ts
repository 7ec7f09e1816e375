import { Server, Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { OpenSockets } from '../../../src/server/open-sockets.ts';

const PEER = { remoteAddress: '127.0.0.1', remotePort: 4711 };

/** A connection from always the same far end, as far as the server hears of it. */
function connectTo(server: Server): Socket {
  const socket = Object.defineProperties(new Socket(), {
    remoteAddress: { value: PEER.remoteAddress },
    remotePort: { value: PEER.remotePort },
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
});
