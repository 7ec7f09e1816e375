import fc from 'fast-check';
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

  it('lets nothing pass until what is owed is there', () => {
    const clock = new FakeClock();
    const bucket = new TokenBucket(clock, 10, 3);
    bucket.owe(4);
    expect(bucket.take()).toBe(false);
    expect(bucket.waitMs()).toBe(200);
    clock.advance(200);
    expect(bucket.take()).toBe(true);
  });

  it('takes fractions, and what no burst can hold never passes', () => {
    const clock = new FakeClock();
    const bucket = new TokenBucket(clock, 0.5, 1.5);
    expect(bucket.take(1.25)).toBe(true);
    clock.advance(1500);
    expect(bucket.take()).toBe(true);
    clock.advance(3_600_000);
    expect(bucket.take(1.6)).toBe(false);
    expect(bucket.take(1.5)).toBe(true);
  });

  it('tells how long to wait, and that is neither too short nor too long', () => {
    const clock = new FakeClock();
    const bucket = new TokenBucket(clock, 5 / 60, 5);
    expect([bucket.waitMs(), bucket.waitMs(6)]).toEqual([0, Number.POSITIVE_INFINITY]);
    expect(bucket.take(5)).toBe(true);
    expect(bucket.waitMs()).toBeCloseTo(12_000);
    clock.advance(9000);
    expect(bucket.waitMs()).toBeCloseTo(3000);
    clock.advance(2999);
    expect(bucket.take()).toBe(false);
    clock.advance(1.001);
    expect([bucket.waitMs(), bucket.take()]).toEqual([0, true]);
  });

  it('keeps what a pause of the process has brought, until the pause is forgotten', () => {
    const clock = new FakeClock();
    let recentMs = 0;
    const bucket = new TokenBucket(clock, 10, 3, { recentMs: () => recentMs });
    clock.advance(2000);
    recentMs = 500;
    expect([bucket.take(9), bucket.take(8), bucket.take()]).toEqual([false, true, false]);
    clock.advance(2000);
    recentMs = 0;
    expect([bucket.take(4), bucket.take(3)]).toEqual([false, true]);
  });

  it('never lets more pass than the burst and what the time since has brought', () => {
    const step = fc.record({ wait: fc.nat(500), units: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 100 }), (steps, perSecond) => {
        const clock = new FakeClock();
        const bucket = new TokenBucket(clock, perSecond, 8);
        let passed = 0;
        for (const { wait, units } of steps) {
          clock.advance(wait);
          const allowed = 8 + (clock.monotonicMs() * perSecond) / 1000;
          const may = bucket.take(units);
          if (may) passed += units;
          expect(passed).toBeLessThanOrEqual(allowed + 1e-6);
        }
      }),
    );
  });
});
