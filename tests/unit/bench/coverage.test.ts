import { describe, expect, it } from 'vitest';
import { coveredSpans, holesBetween, lossAround } from '../../../bench/kill/coverage.ts';

const START = Date.parse('2026-01-01T00:00:00.000Z');
// Two pieces with five seconds between them, and half a second missing in the first.
const timeline = {
  pieces: [
    { from: 0, to: 4, startedAt: '2026-01-01T00:00:00.000Z' },
    { from: 4, to: 6, startedAt: '2026-01-01T00:00:09.000Z' },
  ],
  gaps: [
    { at: 1, resumesAt: 1.5, leftOutSeconds: 0.5 },
    { at: 4, resumesAt: 4, leftOutSeconds: 5 },
  ],
};

describe('the time that a recording shows', () => {
  const spans = coveredSpans(timeline).map(({ from, to }) => ({ from: from - START, to: to - START }));

  it('is that of its pieces, without what is missing in them', () => {
    expect(spans).toEqual([
      { from: 0, to: 1000 },
      { from: 1500, to: 4000 },
      { from: 9000, to: 11_000 },
    ]);
    expect(holesBetween(spans)).toEqual([
      { from: 1000, to: 1500 },
      { from: 4000, to: 9000 },
    ]);
  });

  it('tells what was lost before a moment, and how long nothing came after it', () => {
    expect(lossAround(spans, 2000)).toEqual({ lost: 0, away: 0 });
    expect(lossAround(spans, 3500)).toEqual({ lost: 0, away: 5000 });
    expect(lossAround(spans, 4300)).toEqual({ lost: 300, away: 4700 });
    expect(lossAround(spans, 12_000)).toEqual({ lost: 1000, away: undefined });
  });
});
