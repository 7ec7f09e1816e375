/** Where whoever asks is, also when a reverse proxy asks for them. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { addressRange, canonicalAddress } from './ip-address.ts';

/** Addresses of the machine itself. */
export const LOOPBACK_RANGES: readonly string[] = ['127.0.0.0/8', '::1'];

const LOOPBACK_ADDRESS = /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/;
/** Some proxies tell the port, too; an address of IPv6 then stands in brackets. */
const WITH_PORT = /^\[([^[\]]+)\](?::\d{1,5})?$|^([\d.]+):\d{1,5}$/;

/** A request, as far as it tells where it comes from. */
export interface AddressedRequest {
  readonly headers: IncomingMessage['headers'];
  readonly socket: Pick<IncomingMessage['socket'], 'remoteAddress'>;
}

/** Whether this is an address of the machine itself. */
export function isLoopback(address: string | undefined): boolean {
  return LOOPBACK_ADDRESS.test(address ?? '');
}

/** Knows the reverse proxies that are believed. */
export class ClientAddresses {
  readonly #trusted = new BlockList();

  /** @param trusted addresses and ranges (`10.0.0.0/8`) of proxies. @throws RangeError when one is neither. */
  constructor(trusted: readonly string[]) {
    for (const text of trusted) {
      const range = addressRange(text);
      if (!range) throw new RangeError(`${text} is no IP address and no range of them`);
      this.#trusted.addSubnet(range.address, range.prefix, range.family);
    }
  }

  /**
   * Where the asker is, for limits and logs: an IP address in one notation. Each proxy puts whom it asks for at the end of
   * `X-Forwarded-For`, so that is read from its end for as long as a trusted one speaks; what stands before is a claim. Undefined
   * when the connection is gone.
   */
  of({ headers, socket }: AddressedRequest): string | undefined {
    let address = canonicalAddress(socket.remoteAddress ?? '');
    if (address === undefined || !this.#trusts(address)) return address;
    // Lines of the header are one list; of programs that repeat it Node gives either form.
    const said = [headers['x-forwarded-for'] ?? []].flat().join().split(',');
    while (this.#trusts(address)) {
      const before = forwardedAddress(said.pop() ?? '');
      // Free text is nobody's address, and nothing that stands before it counts.
      if (before === undefined) break;
      address = before;
    }
    return address;
  }

  /** Whether many people come from there: it is the address of a proxy. As sockets tell it. */
  isProxy(address: string): boolean {
    const canonical = canonicalAddress(address);
    return canonical !== undefined && this.#trusts(canonical);
  }

  #trusts(address: string): boolean {
    return this.#trusted.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
  }
}

function forwardedAddress(text: string): string | undefined {
  const trimmed = text.trim();
  const [, bracketed, before] = WITH_PORT.exec(trimmed) ?? [];
  return canonicalAddress(bracketed ?? before ?? trimmed);
}
