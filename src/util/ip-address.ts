/** IP addresses and ranges of them, each in one notation: pure. */
import { isIP, SocketAddress } from 'node:net';

/** An address of IPv4 in the notation of IPv6. */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/;
const MAPPED_PREFIX = 96;
const RANGE = /^([^/%]+)(?:\/(\d{1,3}))?$/;

/** Every address that begins with the first `prefix` bits of `address`. */
export interface AddressRange {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  /** 0 to 32, or to 128. */
  readonly prefix: number;
}

/**
 * An address as it is always written here: short, in lower case, without a zone, and one of IPv4 as such however it came.
 * Undefined for what is no address.
 */
export function canonicalAddress(text: string): string | undefined {
  // The zone of an address is free text.
  const [address = ''] = text.split('%', 1);
  const family = isIP(address);
  if (family !== 6) return family === 4 ? address : undefined;
  const short = new SocketAddress({ address, family: 'ipv6' }).address;
  return MAPPED.exec(short)?.[1] ?? short;
}

/** What `192.0.2.7`, `10.0.0.0/8`, `fd00::/8` or `::ffff:10.0.0.0/104` means; undefined for what is no address and no range. */
export function addressRange(text: string): AddressRange | undefined {
  const [, address = '', bits] = RANGE.exec(text) ?? [];
  const canonical = canonicalAddress(address);
  if (canonical === undefined) return undefined;
  const most = isIP(address) === 4 ? 32 : 128;
  const prefix = bits === undefined ? most : Number(bits);
  if (prefix > most) return undefined;
  if (most === 32) return { address, family: 'ipv4', prefix };
  if (isIP(canonical) === 6) return { address: canonical, family: 'ipv6', prefix };
  // Wider than all of IPv4, it is a range of IPv6.
  if (prefix < MAPPED_PREFIX) return { address, family: 'ipv6', prefix };
  return { address: canonical, family: 'ipv4', prefix: prefix - MAPPED_PREFIX };
}

/** What limits count by: the part of an address that one customer of a provider has, all of IPv4, the first 64 bits of IPv6. */
export function addressKey(address: string | undefined): string {
  const canonical = canonicalAddress(address ?? '');
  if (canonical === undefined) return 'unknown';
  if (isIP(canonical) === 4) return canonical;
  const [head = '', tail = ''] = canonical.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [before, after] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
