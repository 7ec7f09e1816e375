import { describe, expect, it } from 'vitest';
import { SlowMode } from '../../../../web/controllers/slow-mode.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

function open(everyS: number) {
  const clock = new FakeClock();
  const rules = { everyS };
  const seen: number[] = [];
  const slow: SlowMode = new SlowMode({
    everyS: () => rules.everyS,
    nowMs: () => clock.monotonicMs(),
    after: (ms, fn) => clock.after(ms, fn),
    changed: () => seen.push(slow.waitS),
  });
  return { clock, rules, seen, slow };
}

describe('slow mode', () => {
  it('lets whoever has not written write at once', () => {
    const { slow, clock } = open(10);
    slow.look();
    expect([slow.waitS, clock.pending]).toEqual([0, 0]);
  });

  it('tells each second of the wait once, and its end', () => {
    const { slow, clock, seen } = open(3);
    slow.wrote();
    expect(slow.waitS).toBe(3);
    clock.advance(999);
    expect(slow.waitS).toBe(3);
    clock.advance(10_000);
    expect([seen, slow.waitS, clock.pending]).toEqual([[2, 1, 0], 0, 0]);
  });

  it('goes by the rules as they are now: longer, shorter, or none', () => {
    const { slow, clock, rules } = open(10);
    slow.wrote();
    clock.advance(4000);
    rules.everyS = 60;
    slow.look();
    expect(slow.waitS).toBe(56);
    rules.everyS = 5;
    slow.look();
    expect(slow.waitS).toBe(1);
    rules.everyS = 0;
    slow.look();
    expect([slow.waitS, clock.pending]).toEqual([0, 0]);
  });

  it('believes the server more than itself', () => {
    const { slow, clock, seen } = open(10);
    slow.wrote();
    slow.told(2);
    expect(slow.waitS).toBe(2);
    clock.advance(5000);
    expect(seen).toEqual([1, 0]);
    slow.close();
  });

  it('counts no more once it is closed', () => {
    const { slow, clock, seen } = open(10);
    slow.wrote();
    slow.close();
    clock.advance(20_000);
    expect([seen, clock.pending]).toEqual([[], 0]);
  });
});
