import { describe, expect, it } from 'vitest';
import { TokenBucket } from '../../../src/util/token-bucket.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

describe('TokenBucket', () => {
  it('lets the burst pass at once, and not one more', () => {
    const bucket = new TokenBucket(new FakeClock(), 1, 3);
    expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([true, true, true, false]);
  });

  it('fills up with time, as fast as it is told', () => {
    const clock = new FakeClock();
    const bucket = new TokenBucket(clock, 10, 3);
    expect(bucket.take(3)).toBe(true);
    clock.advance(99);
    expect(bucket.take()).toBe(false);
    clock.advance(1);
    expect(bucket.take()).toBe(true);
  });

  it('holds no more than the burst, however long nobody comes', () => {
    const clock = new FakeClock();
    const bucket = new TokenBucket(clock, 10, 3);
    clock.advance(3_600_000);
    expect(bucket.take(4)).toBe(false);
    expect(bucket.take(3)).toBe(true);
    expect(bucket.take()).toBe(false);
  });

  it('takes nothing when it refuses', () => {
    const bucket = new TokenBucket(new FakeClock(), 1, 3);
    expect(bucket.take(4)).toBe(false);
    expect(bucket.take(3)).toBe(true);
  });
});
