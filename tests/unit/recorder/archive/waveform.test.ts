import { describe, expect, it } from 'vitest';
import { WaveformBuilder } from '../../../../src/recorder/archive/waveform.ts';

describe('a waveform', () => {
  it('has the loudest sample of each tenth of a second', () => {
    const waveform = new WaveformBuilder(0.35);
    waveform.add(Int16Array.of(...Array.from({ length: 20 }, (_, index) => index * 100)), 0, 100);
    waveform.add(Int16Array.of(-32_768, 5), 0.25, 100);
    waveform.add(Int16Array.of(32_767), 0.4, 100);
    expect(waveform.result()).toEqual({ version: 1, duration: 0.35, interval: 0.1, max: 100, peaks: [3, 6, 100, 0] });
  });

  it('has no more points than an hour has tenths of seconds', () => {
    const lengths = [3600, 3600.1, 7200, 86_400].map((seconds) => {
      const { interval, peaks } = new WaveformBuilder(seconds).result();
      return [interval, peaks.length];
    });
    expect(lengths).toEqual([
      [0.1, 36_000],
      [0.2, 18_001],
      [0.2, 36_000],
      [2.4, 36_000],
    ]);
    expect(new WaveformBuilder(0).result().peaks).toEqual([]);
  });
});
