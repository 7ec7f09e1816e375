/** All TCP connections of a port, including those that have not sent a request yet. */
import type { Server, Socket } from 'node:net';
import { addressKey } from '../util/ip-address.ts';
import type { ConnectionLimit } from './connection-refusals.ts';

/** The far end of a connection, as sockets and HTTP/2 sessions tell it. */
export interface Peer {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}

/** How many connections there may be. */
export interface ConnectionLimits {
  readonly most: number;
  /** At most so many from one address, or from one network of IPv6. */
  readonly mostOfAddress: number;
  /** Whether many people come from this address, as from a reverse proxy's: then only `most` holds. */
  readonly isShared: (address: string) => boolean;
  /** One too many has been closed unheard. */
  readonly onRefused: (limit: ConnectionLimit, address: string) => void;
}

/** Knows each connection of a server from its first moment to its end. */
export class OpenSockets {
  readonly #limits: ConnectionLimits | undefined;
  readonly #open = new Set<Socket>();
  readonly #counts = new Map<string, number>();
  /** By far end: one that went without our noticing may have had the same. */
  readonly #newest = new Map<string, Socket>();
  #closed = false;

  /**
   * @param server one that does not listen yet
   * @param limits default: none
   */
  constructor(server: Server, limits?: ConnectionLimits) {
    this.#limits = limits;
    server.on('connection', (socket: Socket) => {
      // Accepted before the port was closed, told of afterwards.
      if (this.#closed) socket.destroy();
      const { remoteAddress = '' } = socket;
      const tooMany = this.#exceeded(remoteAddress);
      if (tooMany) {
        // An answer would have to be made for whoever does not even ask.
        socket.destroy();
        this.#limits?.onRefused(tooMany, remoteAddress);
        return;
      }
      this.#add(socket, remoteAddress);
    });
  }

  /** The connection below a TLS socket or an HTTP/2 session; undefined when it is gone. */
  below(peer: Peer): Socket | undefined {
    return this.#newest.get(nameOf(peer));
  }

  get count(): number {
    return this.#open.size;
  }

  /** Ends all of them, whatever they are doing, and those that still come. */
  destroyAll(): void {
    this.#closed = true;
    for (const socket of this.#open) socket.destroy();
  }

  #add(socket: Socket, address: string): void {
    const name = nameOf(socket);
    const key = addressKey(address);
    this.#open.add(socket);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    this.#newest.set(name, socket);
    socket.once('close', () => {
      this.#open.delete(socket);
      const left = (this.#counts.get(key) ?? 1) - 1;
      if (left > 0) this.#counts.set(key, left);
      else this.#counts.delete(key);
      if (this.#newest.get(name) === socket) this.#newest.delete(name);
    });
  }

  #exceeded(address: string): ConnectionLimit | undefined {
    const limits = this.#limits;
    if (!limits) return undefined;
    if (this.#open.size >= limits.most) return 'connections';
    const ofAddress = this.#counts.get(addressKey(address)) ?? 0;
    return ofAddress >= limits.mostOfAddress && !limits.isShared(address) ? 'connectionsPerAddress' : undefined;
  }
}

function nameOf({ remoteAddress, remotePort }: Peer): string {
  return `${remoteAddress} ${remotePort}`;
}
