/** Counts the open sockets of each client at one door. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ClientAddresses } from '../util/client-address.ts';
import { addressKey } from '../util/ip-address.ts';

/** Knows only addresses with an open socket. */
export class AddressCount {
  readonly #counts = new Map<string, number>();
  readonly #addresses: ClientAddresses;

  constructor(addresses: ClientAddresses) {
    this.#addresses = addresses;
  }

  /** Sockets that the client of a request has open already. */
  open(request: IncomingMessage): number {
    return this.#counts.get(this.#addressOf(request)) ?? 0;
  }

  /** Counts this one until it closes. */
  add(request: IncomingMessage, socket: Duplex): void {
    const address = this.#addressOf(request);
    this.#counts.set(address, (this.#counts.get(address) ?? 0) + 1);
    socket.once('close', () => {
      const left = (this.#counts.get(address) ?? 1) - 1;
      if (left > 0) this.#counts.set(address, left);
      else this.#counts.delete(address);
    });
  }

  #addressOf(request: IncomingMessage): string {
    return addressKey(this.#addresses.of(request));
  }
}
