import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Limiter } from '../../../src/mixer/limiter.ts';

const FRAMES = 960;

function tone(amplitude: number, phase = 0): Float32Array {
  return Float32Array.from({ length: FRAMES * 2 }, (_, index) => amplitude * Math.sin(phase + (index >> 1) / 20));
}

function peakOf(block: Float32Array): number {
  return block.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
}

describe('Limiter', () => {
  it('changes nothing below its ceiling, not by a bit', () => {
    const limiter = new Limiter();
    for (const amplitude of [0, 0.001, 0.5, 0.88]) {
      const block = tone(amplitude);
      const before = Float32Array.from(block);
      limiter.process(block);
      expect(block).toEqual(before);
    }
  });

  it('never lets anything above full scale through, whatever comes in which order', () => {
    const amplitude = fc.oneof(
      fc.double({ min: 0, max: 1.2, noNaN: true }),
      fc.double({ min: 0, max: 40, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(amplitude, { minLength: 1, maxLength: 20 }), (amplitudes) => {
        const limiter = new Limiter();
        for (const value of amplitudes) {
          const block = tone(value, value);
          limiter.process(block);
          expect(peakOf(block)).toBeLessThanOrEqual(1);
        }
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('holds a steady shout at its ceiling, in its own shape', () => {
    const limiter = new Limiter();
    limiter.process(tone(4));
    const block = tone(4);
    limiter.process(block);
    expect(peakOf(block)).toBeCloseTo(0.89, 2);
    const scaled = tone(4).map((value) => (value * 0.89) / 4);
    expect(Math.max(...block.map((value, index) => Math.abs(value - (scaled[index] as number))))).toBeLessThan(0.01);
  });

  it('comes back step by step, and is exact again after 200 ms', () => {
    const limiter = new Limiter();
    limiter.process(tone(8));
    const levels = Array.from({ length: 11 }, () => {
      const block = tone(0.5);
      limiter.process(block);
      return peakOf(block);
    });
    for (const [index, level] of levels.entries()) expect(level).toBeGreaterThanOrEqual(levels[index - 1] ?? 0);
    expect(levels[0]).toBeLessThan(0.2);
    const block = tone(0.5);
    limiter.process(block);
    expect(block).toEqual(tone(0.5));
  });
});
