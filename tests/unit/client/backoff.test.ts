import { describe, expect, it } from 'vitest';
import { GridcastError } from '../../../src/client/gridcast-error.ts';
import { Backoff } from '../../../src/client/backoff.ts';

const CUT = new GridcastError('Nobody answers.', 0, 'unreachable');

describe('a client whose requests fail', () => {
  it('waits longer after each failure in a row, half a minute at most, and begins anew when it worked', async () => {
    const waits: number[] = [];
    const backoff = new Backoff(async (ms) => void waits.push(ms));
    for (let failure = 0; failure < 9; failure += 1) await backoff.after(CUT, undefined);
    waits.forEach((ms, index) => {
      const longest = Math.min(30_000, 500 * 2 ** index);
      expect(ms).toBeGreaterThanOrEqual(longest / 2);
      expect(ms).toBeLessThanOrEqual(longest);
    });
    backoff.worked();
    await backoff.after(CUT, undefined);
    expect(waits.at(-1)).toBeLessThanOrEqual(500);
  });

  it('waits as long as the server says, half a minute at most', async () => {
    const waits: number[] = [];
    const backoff = new Backoff(async (ms) => void waits.push(ms));
    for (const retryAfter of [7, 3600]) {
      await backoff.after(new GridcastError('Later.', 429, 'rate_limited', { retryAfter }), undefined);
    }
    expect(waits).toEqual([7000, 30_000]);
  });

  it.each([
    ['a refusal', new GridcastError('Not you.', 403, 'host_only')],
    ['a fault of the program', new TypeError('no function')],
  ])('gives up on %s', async (_what, error) => {
    const backoff = new Backoff(() => Promise.resolve());
    await expect(backoff.after(error, undefined)).rejects.toBe(error);
  });
});
