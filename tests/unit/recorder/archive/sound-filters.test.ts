import { describe, expect, it } from 'vitest';
import {
  alignedMix,
  gainFor,
  levelled,
  MAX_SILENT,
  measured,
  silent,
} from '../../../../src/recorder/archive/sound-filters.ts';

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

describe('silent', () => {
  const spans = (count: number) => Array.from({ length: count }, (_, index) => ({ from: index, to: index + 0.5 }));

  it('leaves a sound alone that nobody has silenced', () => {
    expect(silent('mix', [])).toBe('mix');
    expect(silent('mix', [{ from: 1, to: 2.5 }])).toBe("mix,volume=0:enable='between(t,1.000,2.500)'");
  });

  it('knows a thousand spans, and silences all that is beyond', () => {
    expect(silent('mix', spans(MAX_SILENT)).match(/between/g)).toHaveLength(MAX_SILENT);
    const many = silent('mix', spans(MAX_SILENT + 2));
    expect(many.match(/between/g)).toHaveLength(MAX_SILENT);
    expect(many).toMatch(/between\(t,999\.000,1001\.500\)'$/);
  });
});
