import { describe, expect, it } from 'vitest';
import { ClientAddresses, isLoopback, LOOPBACK_RANGES } from '../../../src/util/client-address.ts';

/** Where somebody is who connects from `remoteAddress`, where proxies at `trusted` are believed. */
function from(
  remoteAddress: string | undefined,
  forwarded?: string | string[],
  trusted: readonly string[] = LOOPBACK_RANGES,
): string | undefined {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return new ClientAddresses(trusted).of({ headers, socket: { remoteAddress } });
}

describe('where the asker is', () => {
  it.each([
    ['203.0.113.7', undefined, '203.0.113.7'],
    ['203.0.113.7', '198.51.100.9', '203.0.113.7'],
    ['127.0.0.1', undefined, '127.0.0.1'],
    ['127.0.0.1', '198.51.100.9', '198.51.100.9'],
    ['::1', '10.9.9.9, 198.51.100.9', '198.51.100.9'],
    ['::ffff:127.0.0.1', ' 2001:db8::1 ', '2001:db8::1'],
    ['127.0.0.1', '198.51.100.9,', '127.0.0.1'],
    ['127.0.0.1', '', '127.0.0.1'],
    ['127.0.0.1', ' , ', '127.0.0.1'],
    ['127.0.0.1', ['198.51.100.1', '198.51.100.9, 203.0.113.7'], '203.0.113.7'],
    [undefined, '198.51.100.9', undefined],
    ['::ffff:203.0.113.7', undefined, '203.0.113.7'],
  ])('%s that speaks for %j is %s', (remote, forwarded, address) => {
    expect(from(remote, forwarded)).toBe(address);
  });

  it.each([
    // Two proxies of one machine, a proxy of ours before one of this machine, and clients that invent a beginning.
    ['127.0.0.1', '203.0.113.7, 127.0.0.1', '203.0.113.7'],
    ['10.1.2.3', '203.0.113.7, 10.200.0.1', '203.0.113.7'],
    ['10.1.2.3', '192.0.2.99, 203.0.113.7, ::ffff:10.0.0.9, fd00::5', '203.0.113.7'],
    ['fd00::5', '10.0.0.1, 203.0.113.7', '203.0.113.7'],
    // One that is not ours is the client, whomever it speaks for.
    ['10.1.2.3', '203.0.113.7, 192.0.2.1, 10.0.0.9', '192.0.2.1'],
    ['11.0.0.1', '203.0.113.7', '11.0.0.1'],
    // Nobody but proxies: the first of them asked.
    ['10.1.2.3', '10.0.0.7, 10.0.0.8', '10.0.0.7'],
    ['10.1.2.3', undefined, '10.1.2.3'],
  ])('with proxies in ranges, %s that speaks for %j is %s', (remote, forwarded, address) => {
    expect(from(remote, forwarded, ['127.0.0.0/8', '10.0.0.0/8', 'fd00::/8'])).toBe(address);
  });

  it.each([
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['::FFFF:203.0.113.7', '203.0.113.7'],
    ['fe80::7%eth0', 'fe80::7'],
    ['203.0.113.7:50123', '203.0.113.7'],
    ['[2001:db8::1]:50123', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
  ])('is written in one way, when it is told as %s', (said, address) => {
    expect(from('127.0.0.1', said)).toBe(address);
  });

  it.each([
    'unknown',
    '_hidden',
    '999.0.0.1',
    '203.0.113.7:',
    '203.0.113.7:x',
    '203.0.113.7 ; x',
    '"203.0.113.7"',
    '[x]:1',
    'x'.repeat(10_000),
  ])('is the last that is known before what is no address: %s', (junk) => {
    expect(from('127.0.0.1', junk)).toBe('127.0.0.1');
    expect(from('127.0.0.1', `203.0.113.7, ${junk}`)).toBe('127.0.0.1');
    expect(from('127.0.0.1', `203.0.113.7, ${junk}, 127.0.0.9`)).toBe('127.0.0.9');
    expect(from('127.0.0.1', `${junk}, 203.0.113.7`)).toBe('203.0.113.7');
  });

  it('is where the connection comes from when nobody is believed', () => {
    expect(from('127.0.0.1', '203.0.113.7', [])).toBe('127.0.0.1');
    expect(from('::1', '203.0.113.7', [])).toBe('::1');
  });

  it('is what the furthest says when everybody is believed', () => {
    expect(from('198.51.100.1', '203.0.113.7, 2001:db8::1', ['0.0.0.0/0', '::/0'])).toBe('203.0.113.7');
  });

  it.each([
    ['10.1.2.3/8', '10.255.0.1', true],
    ['10.1.2.3/8', '11.0.0.1', false],
    ['192.0.2.128/25', '192.0.2.127', false],
    ['192.0.2.128/25', '192.0.2.128', true],
    ['::ffff:192.0.2.0/120', '192.0.2.9', true],
    ['::ffff:192.0.2.0/120', '192.0.3.9', false],
    ['2001:db8::/33', '2001:db8:7fff::1', true],
    ['2001:db8::/33', '2001:db8:8000::1', false],
    ['192.0.2.1', '192.0.2.2', false],
  ])('in the range %s, a proxy at %s is believed: %s', (range, proxy, believed) => {
    expect(from(proxy, '203.0.113.7', [range])).toBe(believed ? '203.0.113.7' : proxy);
  });

  it('cannot be asked of what is no range', () => {
    expect(() => new ClientAddresses(['nginx'])).toThrow('nginx');
  });
});

it.each([
  ['127.0.0.1', true],
  ['127.255.0.9', true],
  ['::ffff:127.0.0.1', true],
  ['::1', true],
  ['128.0.0.1', false],
  ['127.0.0.1.example.org', false],
  ['::2', false],
  [undefined, false],
])('%s is of this machine: %s', (address, is) => {
  expect(isLoopback(address)).toBe(is);
});

it('knows the addresses from which many people come', () => {
  const addresses = new ClientAddresses(['10.0.0.0/8', '2001:db8::/32']);
  const asked = ['10.1.2.3', '::ffff:10.1.2.3', '2001:db8::1', '11.0.0.1', '', 'junk'];
  expect(asked.filter((address) => addresses.isProxy(address))).toEqual(['10.1.2.3', '::ffff:10.1.2.3', '2001:db8::1']);
});
