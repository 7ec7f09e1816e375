import { describe, expect, it } from 'vitest';
import { createWords } from '../../../../web/i18n/words.ts';
import { statsRows } from '../../../../web/util/stats-rows.ts';

describe('statsRows', () => {
  it('has no row for what is not measured', () => {
    expect(statsRows({}, createWords())).toEqual([]);
  });

  it('shows no minus before a nought', () => {
    const figures = { pictureBehindMs: -0.4, soundMs: -12.6 };
    expect(statsRows(figures, createWords()).map(({ value }) => value)).toEqual(['0 ms', '-13 ms']);
  });

  it('has a row for each figure, with its unit', () => {
    const rows = statsRows(
      {
        glassToGlassMs: 181.4,
        latencyMs: 92,
        rttMs: 3,
        sentBitrate: 812_000,
        receivedBitrate: 1_940_000,
        sentFps: 29.7,
        receivedFps: 30,
        shownFps: 29.2,
        dropped: 4,
        heldBack: 2,
        pictureBehindMs: 6,
        soundMs: 41,
        underruns: 0,
        sending: { width: 640, height: 352 },
      },
      createWords(),
    );
    expect(rows.map(({ value }) => value)).toEqual([
      '181 ms',
      '92 ms',
      '3 ms',
      '812 kbit/s',
      '1.9 Mbit/s',
      '640×352, 30 fps',
      '29 of 30 fps',
      '4',
      '2',
      '6 ms',
      '41 ms',
      '0',
    ]);
  });
});
