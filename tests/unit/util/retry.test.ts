import { describe, expect, it } from 'vitest';
import { retryDelay } from '../../../src/util/retry.ts';

const policy = { firstMs: 100, maxMs: 1000, attempts: 6, forgetAfterMs: 60_000 };

describe('retryDelay', () => {
  it('doubles up to the longest delay', () => {
    expect([1, 2, 3, 4, 5, 6].map((failures) => retryDelay(policy, failures))).toEqual([
      100, 200, 400, 800, 1000, 1000,
    ]);
  });

  it('gives up after the last try that is allowed', () => {
    expect(retryDelay(policy, policy.attempts)).toBe(1000);
    expect(retryDelay(policy, policy.attempts + 1)).toBeUndefined();
  });

  it('never tries again when no try is allowed', () => {
    expect(retryDelay({ ...policy, attempts: 0 }, 1)).toBeUndefined();
  });
});
