import { describe, expect, it } from 'vitest';
import { MediaFormatError } from '../../../src/media/media-format-error.ts';
import { parameterSetsOf, withParameterSets } from '../../../src/media/parameter-sets.ts';

const SPS = [0x67, 0x4d, 0x40, 0x1f];
const PPS = [0x68, 0xee];
const IDR = [0x65, 9, 9];
const DELIMITER = [0x09, 0x10];
const SEI = [0x06, 5];

function frame(...units: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(units.flatMap((unit) => [0, 0, 0, unit.length, ...unit]));
}

const sets = frame(SPS, PPS);

describe('parameterSetsOf', () => {
  it('gives all of a record with 4-byte lengths, each SPS before each PPS', () => {
    const description = [1, 0x4d, 0x40, 0x1f, 0xff, 0xe1, 0, SPS.length, ...SPS, 2, 0, PPS.length, ...PPS, 0, 1, 0x68];
    expect(parameterSetsOf(Uint8Array.from(description))).toEqual(frame(SPS, PPS, [0x68]));
  });

  it('refuses what is no record', () => {
    expect(() => parameterSetsOf(new Uint8Array(0))).toThrow(MediaFormatError);
  });
});

describe('withParameterSets', () => {
  it('puts them first, but for a delimiter', () => {
    expect(withParameterSets(frame(IDR), sets)).toEqual(frame(SPS, PPS, IDR));
    expect(withParameterSets(frame(SEI, IDR, IDR), sets)).toEqual(frame(SPS, PPS, SEI, IDR, IDR));
    expect(withParameterSets(frame(DELIMITER, SEI, IDR), sets)).toEqual(frame(DELIMITER, SPS, PPS, SEI, IDR));
  });

  it('leaves a frame alone that has its own', () => {
    for (const own of [frame(SPS, PPS, IDR), frame(DELIMITER, SPS, PPS, SEI, IDR)]) {
      expect(withParameterSets(own, sets)).toBe(own);
    }
    expect(withParameterSets(frame(SPS, IDR), sets)).toEqual(frame(SPS, PPS, SPS, IDR));
    // Behind a slice they belong to what follows.
    expect(withParameterSets(frame(IDR, SPS, PPS), sets)).toEqual(frame(SPS, PPS, IDR, SPS, PPS));
  });

  it('takes views into larger memory, and frames whose lengths are wrong', () => {
    const whole = Uint8Array.from([1, 2, 3, ...frame(IDR)]);
    expect(withParameterSets(whole.subarray(3), sets)).toEqual(frame(SPS, PPS, IDR));
    const broken = [[], [0, 0, 0], [0, 0, 0, 9], [255, 255, 255, 255, 0x09, 1], [0, 0, 0, 0, 0, 0, 0, 0, 0]];
    for (const bytes of broken) {
      const made = withParameterSets(Uint8Array.from(bytes), sets);
      expect(made).toHaveLength(bytes.length + sets.length);
    }
  });
});
