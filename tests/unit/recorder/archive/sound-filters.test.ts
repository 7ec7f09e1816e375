import { describe, expect, it } from 'vitest';
import { alignedMix, gainFor, levelled, measured } from '../../../../src/recorder/archive/sound-filters.ts';

describe('gainFor', () => {
  it('leads to -16 LUFS, but makes noise no louder than it has to be', () => {
    expect(gainFor(-20)).toBe(4);
    expect(gainFor(-10)).toBe(-6);
    expect(gainFor(-36)).toBe(20);
    expect(gainFor(-37)).toBe(20);
    expect(gainFor(-68)).toBe(20);
  });

  it('leaves silence as it is', () => {
    expect(gainFor(-70)).toBe(0);
    expect(gainFor(Number.NaN)).toBe(0);
    expect(gainFor(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(gainFor(undefined)).toBe(0);
  });
});

describe('alignedMix', () => {
  it('mixes several inputs, and one by itself', () => {
    expect(alignedMix(1, 1)).toMatch(/^\[0:a\]aresample.*channel_layouts=mono$/);
    expect(alignedMix(2, 2)).toMatch(/^\[0:a\].*\[s0\];\[1:a\].*\[s1\];\[s0\]\[s1\]amix=inputs=2:normalize=0$/);
  });

  it('ends in one output', () => {
    expect(measured(alignedMix(1, 1))).toMatch(/\[out\]$/);
    expect(levelled(alignedMix(1, 1), -4.12345, 12.5)).toMatch(/volume=-4\.12dB,.*atrim=end=12\.500000\[out\]$/);
  });
});
