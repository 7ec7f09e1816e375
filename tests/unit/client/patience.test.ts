import { describe, expect, it } from 'vitest';
import { GridcastError } from '../../../src/client/gridcast-error.ts';
import { Patience } from '../../../src/client/patience.ts';

const CUT = new GridcastError('Nobody answers.', 0, 'unreachable');

describe('the patience of a client', () => {
  it('waits longer after each failure in a row, half a minute at most, and begins anew when it worked', async () => {
    const waits: number[] = [];
    const patience = new Patience(async (ms) => void waits.push(ms));
    for (let failure = 0; failure < 9; failure += 1) await patience.after(CUT, undefined);
    waits.forEach((ms, index) => {
      const longest = Math.min(30_000, 500 * 2 ** index);
      expect(ms).toBeGreaterThanOrEqual(longest / 2);
      expect(ms).toBeLessThanOrEqual(longest);
    });
    patience.worked();
    await patience.after(CUT, undefined);
    expect(waits.at(-1)).toBeLessThanOrEqual(500);
  });

  it('waits as long as the server says, half a minute at most', async () => {
    const waits: number[] = [];
    const patience = new Patience(async (ms) => void waits.push(ms));
    for (const retryAfter of [7, 3600]) {
      await patience.after(new GridcastError('Later.', 429, 'rate_limited', { retryAfter }), undefined);
    }
    expect(waits).toEqual([7000, 30_000]);
  });

  it.each([
    ['a refusal', new GridcastError('Not you.', 403, 'host_only')],
    ['a fault of the program', new TypeError('no function')],
  ])('gives up on %s', async (_what, error) => {
    const patience = new Patience(() => Promise.resolve());
    await expect(patience.after(error, undefined)).rejects.toBe(error);
  });
});
