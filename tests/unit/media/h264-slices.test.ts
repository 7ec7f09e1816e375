import { describe, expect, it } from 'vitest';
import { sliceKinds } from '../../../src/media/h264-slices.ts';
import { MediaFormatError } from '../../../src/media/media-format-error.ts';

/** Units with 4-byte lengths. */
function frame(...units: number[][]): Uint8Array {
  return Uint8Array.from(units.flatMap((unit) => [0, 0, 0, unit.length, ...unit]));
}

describe('sliceKinds', () => {
  it('tells the kind of each slice and looks at nothing else', () => {
    // first_mb_in_slice 0 is "1"; slice_type 7 is "0001000", 5 "00110", 0 "1", 1 "010", 2 "011".
    const idr = [0x65, 0b1000_1000, 0x80];
    const p = [0x41, 0b1001_1000];
    const [shortP, b, i] = [
      [0x41, 0b1100_0000],
      [0x01, 0b1010_0000],
      [0x41, 0b1011_0000],
    ];
    expect(sliceKinds(frame([0x67, 1, 2], [0x06, 5], idr))).toEqual(['I']);
    expect(sliceKinds(frame(p, shortP, b, i))).toEqual(['P', 'P', 'B', 'I']);
    expect(sliceKinds(new Uint8Array(0))).toEqual([]);
  });

  it('refuses what breaks off', () => {
    expect(() => sliceKinds(frame([0x41]))).toThrow(MediaFormatError);
    expect(() => sliceKinds(frame([0x41, 0]))).toThrow(MediaFormatError);
    expect(() => sliceKinds(Uint8Array.from([0, 0, 0, 9, 0x41]))).toThrow(MediaFormatError);
  });
});
