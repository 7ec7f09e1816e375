import { expect, it } from 'vitest';
import { SharedLimits } from '../../../src/ingest/shared-limits.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const refusal = expect.objectContaining({ code: 'rate_limited', status: 503 });

it('a room takes in two hundred people at once and ten a second, whatever their addresses', () => {
  const clock = new FakeClock();
  const limits = new SharedLimits(clock, 1);
  for (let count = 0; count < 200; count += 1) limits.arrive(`192.0.2.${count % 4}`);
  expect(() => limits.arrive('192.0.2.9')).toThrow(refusal);
  clock.advance(99);
  expect(() => limits.arrive('192.0.2.9')).toThrow(refusal);
  clock.advance(1);
  limits.arrive('192.0.2.10');
  expect(() => limits.arrive('192.0.2.11')).toThrow(refusal);
});

it('a room is sent thirty reactions at once and ten a second', () => {
  const clock = new FakeClock();
  const { reactions } = new SharedLimits(clock, 1);
  expect([reactions.take(30), reactions.take()]).toEqual([true, false]);
  clock.advance(99);
  expect(reactions.take()).toBe(false);
  clock.advance(1);
  expect([reactions.take(), reactions.take()]).toEqual([true, false]);
});

it('one address has half of that, so that whoever comes without end keeps nobody else out', () => {
  const clock = new FakeClock();
  const limits = new SharedLimits(clock, 1);
  for (let count = 0; count < 100; count += 1) limits.arrive('2001:db8::1');
  // Of the same network.
  expect(() => limits.arrive('2001:db8::2')).toThrow(refusal);
  for (let second = 0; second < 100; second += 1) {
    for (let count = 0; count < 50; count += 1) {
      try {
        limits.arrive('2001:db8::3');
      } catch {
        // Is told so.
      }
    }
    limits.arrive('192.0.2.1');
    clock.advance(1000);
  }
});
