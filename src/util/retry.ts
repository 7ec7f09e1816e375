/** Retry as data and one pure function. */

/** Delays double from `firstMs` up to `maxMs`; after `attempts` failures in `forgetAfterMs` nobody tries again. */
export interface RetryPolicy {
  readonly firstMs: number;
  readonly maxMs: number;
  readonly attempts: number;
  /** A run at least this long clears the count of failures. */
  readonly forgetAfterMs: number;
}

/** Milliseconds to wait before try `failures + 1`, or undefined when the budget is used up. `failures` counts from 1. */
export function retryDelay(policy: RetryPolicy, failures: number): number | undefined {
  if (failures > policy.attempts) return undefined;
  return Math.min(policy.maxMs, policy.firstMs * 2 ** (failures - 1));
}
