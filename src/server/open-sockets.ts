/** The TCP connections of a port, also those that have not said yet what they want. */
import type { Server, Socket } from 'node:net';

/** The far end of a connection, as sockets and HTTP/2 sessions tell it. */
export interface Peer {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}

/** Knows each connection of a server from its first moment to its end. */
export class OpenSockets {
  readonly #sockets = new Map<string, Socket>();

  /** @param server one that does not listen yet */
  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      const name = nameOf(socket);
      this.#sockets.set(name, socket);
      socket.once('close', () => {
        if (this.#sockets.get(name) === socket) this.#sockets.delete(name);
      });
    });
  }

  /** The connection below a TLS socket or an HTTP/2 session; undefined when it is gone. */
  below(peer: Peer): Socket | undefined {
    return this.#sockets.get(nameOf(peer));
  }

  /** Ends all of them, whatever they are doing. */
  destroyAll(): void {
    for (const socket of this.#sockets.values()) socket.destroy();
  }
}

function nameOf({ remoteAddress, remotePort }: Peer): string {
  return `${remoteAddress} ${remotePort}`;
}
