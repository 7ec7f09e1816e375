import { describe, expect, it } from 'vitest';
import { reconnectDelayMs } from '../../../../web/transport/backoff.ts';

describe('reconnectDelayMs', () => {
  it('doubles from half a second to eight seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 60].map((attempt) => reconnectDelayMs(attempt, 0))).toEqual([
      500, 1000, 2000, 4000, 8000, 8000, 8000,
    ]);
  });

  it('takes off up to half by chance', () => {
    expect(reconnectDelayMs(3, 0.5)).toBe(1500);
    expect(reconnectDelayMs(3, 1)).toBe(1000);
  });
});
