/** How many sockets each address has open at one door. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Knows only addresses with an open socket. */
export class AddressCount {
  readonly #counts = new Map<string, number>();

  /** Sockets that the address of a request has open already. */
  open(request: IncomingMessage): number {
    return this.#counts.get(addressOf(request)) ?? 0;
  }

  /** Counts this one until it closes. */
  add(request: IncomingMessage, socket: Duplex): void {
    const address = addressOf(request);
    this.#counts.set(address, this.open(request) + 1);
    socket.once('close', () => {
      const left = (this.#counts.get(address) ?? 1) - 1;
      if (left > 0) this.#counts.set(address, left);
      else this.#counts.delete(address);
    });
  }
}

function addressOf(request: IncomingMessage): string {
  return request.socket.remoteAddress ?? '';
}
