import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddress, isLoopback } from '../../../src/util/client-address.ts';

function from(remoteAddress: string | undefined, forwarded?: string): string | undefined {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return clientAddress({ headers, socket: { remoteAddress } as IncomingMessage['socket'] });
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
    [undefined, '198.51.100.9', undefined],
  ])('%s that speaks for %s is %s', (remote, forwarded, address) => {
    expect(from(remote, forwarded)).toBe(address);
  });

  it('is of a bounded length, whatever is said', () => {
    expect(from('127.0.0.1', 'x'.repeat(1000))).toHaveLength(64);
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
