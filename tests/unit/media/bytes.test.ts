import { describe, expect, it } from 'vitest';
import { joinBytes } from '../../../src/media/bytes.ts';

describe('joinBytes', () => {
  it('copies parts one after the other', () => {
    const first = Uint8Array.of(1, 2);
    const whole = joinBytes([first, new Uint8Array(0), Uint8Array.of(3)]);
    first[0] = 9;
    expect(whole).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('makes nothing of nothing', () => {
    expect(joinBytes([])).toEqual(new Uint8Array(0));
  });
});
