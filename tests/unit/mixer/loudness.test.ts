import { describe, expect, it } from 'vitest';
import { KWeighting, loudnessOf } from '../../../src/mixer/loudness.ts';

function tone(hz: number, amplitude: number, channels: 1 | 2): Float32Array {
  return Float32Array.from({ length: 48000 * channels }, (_, index) => {
    const frame = channels === 1 ? index : index >> 1;
    return amplitude * Math.sin((2 * Math.PI * hz * frame) / 48000);
  });
}

/** After the filter has settled. */
function loudness(samples: Float32Array, channels: 1 | 2): number {
  const weighting = new KWeighting();
  weighting.meanSquare(samples, channels);
  return loudnessOf(weighting.meanSquare(samples, channels));
}

describe('loudness', () => {
  // EBU Tech 3341: 1 kHz on both channels at -23 dBFS (peak) is -23.0 LUFS.
  it.each([-23, -33, -40])('is %d LUFS for 1 kHz on both channels with that peak in dBFS', (db) => {
    expect(loudness(tone(1000, 10 ** (db / 20), 1), 1)).toBeCloseTo(db, 1);
    expect(loudness(tone(1000, 10 ** (db / 20), 2), 2)).toBeCloseTo(db, 1);
  });

  it('counts low notes less and high ones more', () => {
    const middle = loudness(tone(1000, 0.1, 1), 1);
    expect(loudness(tone(30, 0.1, 1), 1)).toBeLessThan(middle - 6);
    expect(loudness(tone(6000, 0.1, 1), 1)).toBeCloseTo(middle + 3.3, 0);
  });

  it('goes on from packet to packet', () => {
    const samples = tone(300, 0.3, 1);
    const whole = new KWeighting().meanSquare(samples, 1);
    const weighting = new KWeighting();
    let sum = 0;
    for (let at = 0; at < samples.length; at += 960) sum += weighting.meanSquare(samples.subarray(at, at + 960), 1);
    expect(sum / 50).toBeCloseTo(whole, 9);
  });

  it('has a floor for silence, and takes nothing at all', () => {
    expect(loudnessOf(0)).toBeLessThan(-130);
    expect(Number.isFinite(loudnessOf(0))).toBe(true);
    expect(new KWeighting().meanSquare(new Float32Array(0), 1)).toBe(0);
  });
});
