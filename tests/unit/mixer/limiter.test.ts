import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Limiter, LIMITER_DELAY_FRAMES } from '../../../src/mixer/limiter.ts';
import { amplitudeOf } from '../../helpers/decoded-program.ts';
import { left } from './sound-room.ts';

const FRAMES = 960;
const CEILING = 0.89;

/** A tone that goes on from block to block. */
function tone(amplitude: number, block = 0, hz = 400): Float32Array {
  const phase = (2 * Math.PI * hz) / 48000;
  return Float32Array.from(
    { length: FRAMES * 2 },
    (_, index) => amplitude * Math.sin(phase * (block * FRAMES + (index >> 1))),
  );
}

function peakOf(block: Float32Array): number {
  return block.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
}

/** What comes out when these blocks go in, left channel. */
function limited(blocks: readonly Float32Array[], limiter = new Limiter()): Float32Array {
  return left(
    blocks.map((block) => {
      const out = Float32Array.from(block);
      limiter.process(out);
      return out;
    }),
  );
}

describe('Limiter', () => {
  it('changes nothing below its ceiling, not by a bit, but comes 5 ms later', () => {
    const blocks = [0.001, 0.5, 0.88, 0].map((amplitude, block) => tone(amplitude, block));
    const out = limited(blocks);
    expect(LIMITER_DELAY_FRAMES).toBe(240);
    expect(out.subarray(240)).toEqual(left(blocks).subarray(0, -240));
    expect(peakOf(out.subarray(0, 240))).toBe(0);
  });

  it('never lets anything above its ceiling through, whatever comes in which order', () => {
    const amplitude = fc.oneof(
      fc.double({ min: 0, max: 1.2, noNaN: true }),
      fc.double({ min: 0, max: 40, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(amplitude, { minLength: 1, maxLength: 20 }), (amplitudes) => {
        const out = limited(amplitudes.map((value, block) => tone(value, block, 90 + value * 100)));
        expect(peakOf(out)).toBeLessThanOrEqual(CEILING + 1e-6);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('lets a single click of one sample through at its ceiling, with no step in what is around it', () => {
    const blocks = Array.from({ length: 6 }, (_, block) => tone(0.5, block, 100));
    blocks[3]?.fill(9, 500, 502);
    const out = limited(blocks);
    const click = 3 * FRAMES + 250 + 240;
    expect(out[click]).toBeLessThanOrEqual(CEILING + 1e-6);
    expect(out[click]).toBeGreaterThan(0.8);
    out[click] = ((out[click - 1] as number) + (out[click + 1] as number)) / 2;
    let step = 0;
    for (let at = 1; at < out.length; at += 1) {
      step = Math.max(step, Math.abs((out[at] as number) - (out[at - 1] as number)));
    }
    // The tone's own steepest is 0.0065.
    expect(step).toBeLessThan(0.012);
  });

  it.each([30, 100, 400, 3000])('holds a shout of %i Hz at its ceiling without adding a harmonic', (hz) => {
    const out = limited(Array.from({ length: 60 }, (_, block) => tone(4, block, hz))).subarray(9600);
    const window = out.subarray(0, 48000);
    const fundamental = amplitudeOf(window, hz);
    expect(fundamental).toBeGreaterThan(CEILING * 0.98);
    expect(fundamental).toBeLessThanOrEqual(CEILING * 1.001);
    for (const harmonic of [2, 3, 4, 5, 7]) {
      expect(20 * Math.log10(amplitudeOf(window, hz * harmonic) / fundamental)).toBeLessThan(-80);
    }
  });

  it('has forgotten a shout after 300 ms and is exact again', () => {
    const limiter = new Limiter();
    limited([tone(8)], limiter);
    const blocks = Array.from({ length: 16 }, (_, block) => tone(0.5, block));
    const out = limited(blocks, limiter);
    const levels = Array.from({ length: 15 }, (_, block) =>
      peakOf(out.subarray(block * FRAMES + 240, (block + 1) * FRAMES)),
    );
    for (const [index, level] of levels.entries()) expect(level).toBeGreaterThanOrEqual(levels[index - 1] ?? 0);
    expect(levels[0]).toBeLessThan(0.1);
    // Half way: neither at once nor for ever.
    expect(levels[7]).toBeGreaterThan(0.2);
    expect(levels[7]).toBeLessThan(0.45);
    expect(out.subarray(14 * FRAMES)).toEqual(left(blocks).subarray(14 * FRAMES - 240, -240));
  });

  it('goes on as another would that it copied', () => {
    const [one, other] = [new Limiter(), new Limiter()];
    limited([tone(5), tone(0.3, 1)], one);
    other.copy(one);
    const blocks = [tone(0.8, 2), tone(2, 3), tone(0.1, 4)];
    expect(limited(blocks, other)).toEqual(limited(blocks, one));
  });
});
