import { describe, expect, it } from 'vitest';
import { decibelsOf, gainOf, meanSquareOf, SILENCE_DB } from '../../../src/mixer/sound-level.ts';

describe('sound levels', () => {
  it('gives the factor of a change in decibels', () => {
    expect(gainOf(0)).toBe(1);
    expect(gainOf(20)).toBeCloseTo(10, 9);
    expect(gainOf(-6.0206)).toBeCloseTo(0.5, 5);
  });

  it.each([0, 1, 3, 4, 7, 960, 1923])('gives the mean square of %i samples', (length) => {
    const samples = Float32Array.from({ length }, (_, index) => Math.sin(index * index));
    const expected = length === 0 ? 0 : samples.reduce((sum, value) => sum + value * value, 0) / length;
    expect(meanSquareOf(samples)).toBeCloseTo(expected, 9);
  });

  it('gives decibels of a power, and a floor for none', () => {
    expect(decibelsOf(1)).toBe(0);
    expect(decibelsOf(0.0001)).toBeCloseTo(-40, 9);
    expect(decibelsOf(0)).toBe(SILENCE_DB);
  });
});
