/** Which network addresses are public: a webhook's URL must not reach into private networks. */
import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { AppError, BadRequestError } from '../errors.ts';

/** Ranges of IPv4 for special uses (RFC 6890 and those that came later): this machine, private, shared, link-local, … */
const SPECIAL_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Only this is global unicast in IPv6… */
const GLOBAL_V6 = ['2000::', 3] as const;
/** …but for protocols, documentation, and tunnels, in which an address of IPv4 may hide. */
const SPECIAL_V6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

/** Finds all addresses of a name, as `dns.lookup` does. */
export type Resolve = (
  host: string,
  // Node gives none with an error, whatever its types say.
  done: (error: Error | null, addresses?: readonly LookupAddress[]) => void,
) => void;

/** The machine's own way to find addresses. */
export const systemResolve: Resolve = (host, done) => lookup(host, { all: true }, done);

/** Whether an address in its usual notation is one of the public internet; false for what is no address. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !blockList('ipv4', SPECIAL_V4).check(address, 'ipv4');
  if (family !== 6) return false;
  return blockList('ipv6', [GLOBAL_V6]).check(address, 'ipv6') && !blockList('ipv6', SPECIAL_V6).check(address, 'ipv6');
}

/** The address in a URL's host, if it is one and no name. */
export function literalAddress(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? undefined : host;
}

/**
 * For a socket that connects to a name: what is checked is what is connected to, so that a name cannot show one address to the
 * check and another to the connection. One private address among several is enough to refuse.
 */
export function publicLookup(resolve: Resolve): LookupFunction {
  return (host, options, done) => {
    resolve(host, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !addresses || !first) done(error ?? new Error(`"${host}" has no address`), '');
      else if (!addresses.every(({ address }) => isPublicAddress(address))) done(privateAddress(), '');
      else if (options.all === true) done(null, [...addresses]);
      else done(null, first.address, first.family);
    });
  };
}

/** The address of a webhook as it is kept, without a fragment. @throws BadRequestError `bad_url`; AppError `private_address`. */
export function checkedAddress(text: string, allowPrivate: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new BadRequestError(
      'bad_url',
      'A webhook needs an http:// or https:// address without a user name; put a secret into its path if it needs one.',
    );
  }
  const address = literalAddress(url);
  if (!allowPrivate && address !== undefined && !isPublicAddress(address)) throw privateAddress();
  url.hash = '';
  return url.href;
}

/** The refusal of an address that is not public. */
export function privateAddress(): AppError {
  return new AppError(
    'The address leads into a private network, which webhooks must not reach; use a public one, or set events.allowPrivateWebhooks.',
    { code: 'private_address', fault: 'client', status: 400 },
  );
}

function blockList(family: 'ipv4' | 'ipv6', ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of ranges) list.addSubnet(net, prefix, family);
  return list;
}
