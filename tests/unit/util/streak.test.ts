import { describe, expect, it } from 'vitest';
import { Streak } from '../../../src/util/streak.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

describe('a streak', () => {
  it('lasts from the first time to the newest', () => {
    const clock = new FakeClock();
    const streak = new Streak(clock, 2000);
    expect(streak.hit()).toBe(0);
    clock.advance(1500);
    expect(streak.hit()).toBe(1500);
    clock.advance(2000);
    expect(streak.hit()).toBe(3500);
  });

  it('begins anew after a pause that is longer than allowed', () => {
    const clock = new FakeClock();
    const streak = new Streak(clock, 2000);
    streak.hit();
    clock.advance(2001);
    expect(streak.hit()).toBe(0);
  });

  it('begins anew after its end', () => {
    const clock = new FakeClock();
    const streak = new Streak(clock, 2000);
    streak.hit();
    clock.advance(10);
    streak.end();
    expect(streak.hit()).toBe(0);
    clock.advance(10);
    expect(streak.hit()).toBe(10);
  });
});
