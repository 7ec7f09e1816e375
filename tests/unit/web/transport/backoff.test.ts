import { describe, expect, it } from 'vitest';
import { reconnectDelayMs } from '../../../../web/transport/backoff.ts';

describe('reconnectDelayMs', () => {
  it('doubles from half a second to two while the place is kept', () => {
    expect([1, 2, 3, 4, 60].map((attempt) => reconnectDelayMs(attempt, 0, 39_999))).toEqual([
      500, 1000, 2000, 2000, 2000,
    ]);
  });

  it('goes on to eight seconds after that', () => {
    expect([1, 4, 5, 60].map((attempt) => reconnectDelayMs(attempt, 0, 40_000))).toEqual([500, 4000, 8000, 8000]);
  });

  it('takes off up to half by chance', () => {
    expect(reconnectDelayMs(3, 0.5, 0)).toBe(1500);
    expect(reconnectDelayMs(3, 1, 0)).toBe(1000);
  });
});
