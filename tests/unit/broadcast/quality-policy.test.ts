import { describe, expect, it } from 'vitest';
import { QualityPolicy } from '../../../src/broadcast/quality-policy.ts';

/** Three skips within a second. */
function fail(policy: QualityPolicy, atS: number): void {
  for (const offset of [0, 0.5, 1]) policy.trouble(atS + offset);
}

/** Seconds from `atS` until the full rendition is tried again. */
function heldFor(policy: QualityPolicy, atS: number): number {
  let seconds = 0;
  while (policy.wanted(atS + seconds) === 'low') seconds += 1;
  return seconds;
}

describe('a line', () => {
  it('is on the full rendition until it had to skip three times within ten seconds', () => {
    const policy = new QualityPolicy();
    policy.trouble(0);
    policy.trouble(5);
    expect(policy.wanted(5)).toBe('full');
    policy.trouble(10.1);
    expect(policy.wanted(10.1)).toBe('full');
    policy.trouble(15);
    expect(policy.wanted(15)).toBe('low');
  });

  it('returns after thirty seconds without a skip', () => {
    const policy = new QualityPolicy();
    fail(policy, 0);
    expect(policy.wanted(30.9)).toBe('low');
    policy.trouble(20);
    expect(policy.wanted(49.9)).toBe('low');
    expect(policy.wanted(50)).toBe('full');
  });

  it('waits twice as long after each relapse, up to eight minutes', () => {
    const policy = new QualityPolicy();
    let now = 0;
    const held = Array.from({ length: 7 }, () => {
      fail(policy, now);
      const seconds = heldFor(policy, now + 1);
      now += seconds + 60;
      return seconds;
    });
    expect(held).toEqual([30, 60, 120, 240, 480, 480, 480]);
  });

  it('is trusted again after ten minutes on the full rendition', () => {
    const policy = new QualityPolicy();
    fail(policy, 0);
    expect(heldFor(policy, 1)).toBe(30);
    fail(policy, 100);
    expect(heldFor(policy, 101)).toBe(60);
    fail(policy, 101 + 60 + 601);
    expect(heldFor(policy, 101 + 60 + 602)).toBe(30);
  });
});

describe('a client', () => {
  it('gets the small rendition when it asks for it, for as long as it does', () => {
    const policy = new QualityPolicy();
    policy.ask('low');
    expect([policy.wanted(0), policy.wanted(10_000)]).toEqual(['low', 'low']);
    policy.ask('auto');
    expect(policy.wanted(10_000)).toBe('full');
  });

  it('that asks for no more than what suits its line stays on the small one while that is slow', () => {
    const policy = new QualityPolicy();
    fail(policy, 0);
    policy.ask('low');
    policy.ask('auto');
    expect(policy.wanted(5)).toBe('low');
  });
});
