import { describe, expect, it } from 'vitest';
import { addressKey, addressRange, canonicalAddress } from '../../../src/util/ip-address.ts';

describe('an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::1', '::1'],
    ['2001:DB8:0:0::07', '2001:db8::7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:cb00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:cb00:7107', '203.0.113.7'],
    ['fe80::1%eth0', 'fe80::1'],
    ['fe80::1%whatever-somebody.likes', 'fe80::1'],
  ])('%s is always written %s', (text, canonical) => {
    expect(canonicalAddress(text)).toBe(canonical);
  });

  it.each([
    '',
    'unknown',
    '203.0.113',
    '203.0.113.07',
    '203.0.113.256',
    '1:2:3',
    ':::',
    '[::1]',
    ' ::1',
    '::1\n',
    '10.0.0.0/8',
  ])('is not %j', (text) => {
    expect(canonicalAddress(text)).toBeUndefined();
  });
});

describe('a range', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7', 'ipv4', 32],
    ['10.0.0.0/8', '10.0.0.0', 'ipv4', 8],
    ['0.0.0.0/0', '0.0.0.0', 'ipv4', 0],
    ['192.0.2.7/32', '192.0.2.7', 'ipv4', 32],
    ['FD00::/8', 'fd00::', 'ipv6', 8],
    ['::1', '::1', 'ipv6', 128],
    ['2001:db8::/128', '2001:db8::', 'ipv6', 128],
    ['::ffff:10.0.0.0/104', '10.0.0.0', 'ipv4', 8],
    ['::ffff:192.0.2.7', '192.0.2.7', 'ipv4', 32],
    ['::ffff:0:0/90', '::ffff:0:0', 'ipv6', 90],
  ])('is %s', (text, address, family, prefix) => {
    expect(addressRange(text)).toEqual({ address, family, prefix });
  });

  it.each([
    '',
    'nginx',
    'localhost',
    '10.0.0.0/33',
    '::/129',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0.0/255.0.0.0',
    '10.0.*.*',
    ' 10.0.0.1',
    '10.0.0.1\n',
    'fe80::1%eth0',
  ])('is not %j', (text) => {
    expect(addressRange(text)).toBeUndefined();
  });
});

describe('addressKey', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['2001:0DB8:0001::%eth0', '2001:db8:1:0'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4'],
    ['::', '0:0:0:0'],
    ['junk', 'unknown'],
    ['', 'unknown'],
    [undefined, 'unknown'],
  ])('takes %s for %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});
