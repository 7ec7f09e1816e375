import type { LookupAddress } from 'node:dns';
import { expect, test } from 'vitest';
import { isPublicAddress, literalAddress, publicLookup, systemResolve } from '../../../src/events/public-address.ts';

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  'fc00::1',
  'fe80::1',
  'ff02::1',
  '2001:db8::1',
  '2001::1',
  '2002:7f00:1::1',
  'localhost',
  '',
])('%s is no public address', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  '1.1.1.1',
  '172.15.255.255',
  '172.32.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '2606:4700::1111',
  '2a00:1450::1',
])('%s is a public address', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  ['http://127.0.0.1/', '127.0.0.1'],
  ['http://2130706433/', '127.0.0.1'],
  ['http://0x7f.1/', '127.0.0.1'],
  ['http://[::1]:80/', '::1'],
  ['http://example.org/', undefined],
])('the address in %s is %s', (url, address) => {
  expect(literalAddress(new URL(url))).toBe(address);
});

function lookUp(addresses: readonly LookupAddress[], all: boolean): Promise<unknown> {
  return new Promise((resolve) => {
    const find = publicLookup((_host, done) => done(null, addresses));
    find('hook.example', { all }, (error, found) => resolve(error ?? found));
  });
}

test('a name is refused as soon as one of its addresses is private, and gives what was checked otherwise', async () => {
  const open = { address: '1.1.1.1', family: 4 };
  const hidden = { address: '169.254.169.254', family: 4 };
  expect(await lookUp([open, hidden], true)).toMatchObject({ code: 'private_address' });
  expect(await lookUp([hidden], false)).toMatchObject({ code: 'private_address' });
  expect(await lookUp([], true)).toBeInstanceOf(Error);
  expect(await lookUp([open], true)).toEqual([open]);
  expect(await lookUp([open], false)).toBe('1.1.1.1');
});

test('a name that this machine cannot find is told as an error to whoever connects', async () => {
  const error = await new Promise((resolve) => {
    publicLookup(systemResolve)('no-such-name.invalid', { all: true }, resolve);
  });
  expect(error).toMatchObject({ syscall: 'getaddrinfo' });
});
