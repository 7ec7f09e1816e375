import { describe, expect, it } from 'vitest';
import { OffsetAge } from '../../../../web/controllers/offset-age.ts';

const HOUR_MS = 3_600_000;
/** What the two clocks of a computer that has slept before are apart. */
const APART_MS = 5 * HOUR_MS;

function measured() {
  const age = new OffsetAge();
  expect(age.take(1000, 1000 + APART_MS)).toBe(true);
  return age;
}

describe('the distance of the server’s clock', () => {
  it('is measured at once, and then every ten minutes', () => {
    const age = measured();
    const taken: number[] = [];
    for (let now = 1250; now <= 1000 + HOUR_MS; now += 250) if (age.take(now, now + APART_MS)) taken.push(now - 1000);
    expect(taken).toEqual([1, 2, 3, 4, 5, 6].map((count) => count * 600_000));
  });

  it.each([8 * HOUR_MS, 1100, -1100, -HOUR_MS])(
    'is measured once more after the two clocks came %i ms further apart',
    (ms) => {
      const age = measured();
      expect(age.take(2000, 2000 + APART_MS + ms)).toBe(true);
      expect(age.take(2250, 2250 + APART_MS + ms)).toBe(false);
    },
  );

  it('is not measured for what the two clocks wander', () => {
    const age = measured();
    expect(age.take(2000, 2000 + APART_MS + 900)).toBe(false);
    expect(age.take(2250, 2250 + APART_MS - 900)).toBe(false);
  });

  it('is asked for again after ten seconds when the server did not answer', () => {
    const age = measured();
    age.failed(2000);
    expect(age.take(11_999, 11_999 + APART_MS)).toBe(false);
    expect(age.take(12_000, 12_000 + APART_MS)).toBe(true);
  });

  it('is measured anew for another session', () => {
    const age = measured();
    age.forget();
    expect(age.take(1250, 1250 + APART_MS)).toBe(true);
  });
});
