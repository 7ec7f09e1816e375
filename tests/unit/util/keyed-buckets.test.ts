import { expect, it } from 'vitest';
import { KeyedBuckets } from '../../../src/util/keyed-buckets.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const RATE = { perSecond: 1, burst: 1 };

it('has a bucket for each key, and forgets the one that was used longest ago', () => {
  const buckets = new KeyedBuckets(new FakeClock(), 2);
  expect(buckets.use('a', RATE).take()).toBe(true);
  expect(buckets.use('b', RATE).take()).toBe(true);
  expect(buckets.use('a', RATE).take()).toBe(false);
  expect(buckets.use('c', RATE).take()).toBe(true);
  expect([buckets.find('a'), buckets.find('b'), buckets.find('c')].map((bucket) => bucket !== undefined)).toEqual([
    true,
    false,
    true,
  ]);
  expect(buckets.use('b', RATE).take()).toBe(true);
});
