/** The TCP connections of a port, also those that have not said yet what they want. */
import type { Server, Socket } from 'node:net';

/** The far end of a connection, as sockets and HTTP/2 sessions tell it. */
export interface Peer {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}

/** Knows each connection of a server from its first moment to its end. */
export class OpenSockets {
  readonly #open = new Set<Socket>();
  /** By far end: one that went without our noticing may have had the same. */
  readonly #newest = new Map<string, Socket>();
  #closed = false;

  /** @param server one that does not listen yet */
  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      // Accepted before the port was closed, told of afterwards.
      if (this.#closed) socket.destroy();
      const name = nameOf(socket);
      this.#open.add(socket);
      this.#newest.set(name, socket);
      socket.once('close', () => {
        this.#open.delete(socket);
        if (this.#newest.get(name) === socket) this.#newest.delete(name);
      });
    });
  }

  /** The connection below a TLS socket or an HTTP/2 session; undefined when it is gone. */
  below(peer: Peer): Socket | undefined {
    return this.#newest.get(nameOf(peer));
  }

  /** Ends all of them, whatever they are doing, and those that still come. */
  destroyAll(): void {
    this.#closed = true;
    for (const socket of this.#open) socket.destroy();
  }
}

function nameOf({ remoteAddress, remotePort }: Peer): string {
  return `${remoteAddress} ${remotePort}`;
}
