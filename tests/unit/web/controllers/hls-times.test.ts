import { describe, expect, it } from 'vitest';
import { type TimedSpan, timeAt, wallAt } from '../../../../web/controllers/hls-times.ts';

// Two seconds each; after the third the encoder was away for a minute.
const SPANS: readonly TimedSpan[] = [
  { startS: 0, wallMs: 100_000 },
  { startS: 2, wallMs: undefined },
  { startS: 4, wallMs: 104_000 },
  { startS: 6, wallMs: 166_000 },
];

describe('times of day', () => {
  it.each([
    [0, 100_000],
    [3.5, 103_500],
    [5.9, 105_900],
    [6, 166_000],
    [60, 220_000],
    [-1, 99_000],
  ])('at %d s of the video it was %d', (timeS, wallMs) => {
    expect(wallAt(SPANS, timeS)).toBe(wallMs);
  });

  it.each([
    [100_000, 0],
    [103_500, 3.5],
    [140_000, 6],
    [168_000, 8],
    [50_000, 0],
  ])('%d is shown at %d s', (wallMs, timeS) => {
    expect(timeAt(SPANS, wallMs)).toBe(timeS);
  });

  it('are unknown when the playlist says none', () => {
    expect(wallAt([], 1)).toBeUndefined();
    expect(wallAt([{ startS: 0, wallMs: undefined }], 1)).toBeUndefined();
    expect(timeAt([{ startS: 0, wallMs: undefined }], 1)).toBeUndefined();
  });
});
