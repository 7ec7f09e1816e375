import { describe, expect, it } from 'vitest';
import { TransferRate } from '../../../../web/util/transfer-rate.ts';

describe('the pace of a file', () => {
  it('is not told before it is known', () => {
    const rate = new TransferRate();
    rate.note(0, 0);
    rate.note(600, 1000);
    expect(rate.pace(5000)).toEqual({ rate: undefined, leftS: undefined });
  });

  it('is that of the last seconds, and what is left follows from it', () => {
    const rate = new TransferRate();
    for (let second = 0; second <= 20; second += 1) rate.note(second * 1000, Math.min(second, 10) * 1000);
    for (let second = 21; second <= 40; second += 1) rate.note(second * 1000, 10_000 + (second - 20) * 500);
    expect(rate.pace(25_000)).toEqual({ rate: 500, leftS: 10 });
  });

  it('of a line that stands still is nothing, and nobody knows how long it takes', () => {
    const rate = new TransferRate();
    rate.note(0, 500);
    rate.note(2000, 500);
    expect(rate.pace(1000)).toEqual({ rate: 0, leftS: undefined });
  });

  it('begins anew after a cut, which takes bytes back', () => {
    const rate = new TransferRate();
    rate.note(0, 0);
    rate.note(1000, 9000);
    rate.note(2000, 4000);
    expect(rate.pace(10_000).rate).toBeUndefined();
    rate.note(3000, 6000);
    expect(rate.pace(10_000)).toEqual({ rate: 2000, leftS: 2 });
  });
});
