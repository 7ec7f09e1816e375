import { expect, it } from 'vitest';
import { backAfterMs, figuresOf } from '../../../bench/viewers/watched-figures.ts';

const shown = (shownMs: number, madeMs: number, byDateMs?: number) => ({ shownMs, madeMs, byDateMs });

it('tells ages by pixels and by dates, and how far the two are apart', () => {
  const pictures = [shown(2000, 500, 1510), shown(2033, 533, 1490), shown(2333, 733, 1620)];
  expect(figuresOf({ pictures, events: [], dropped: 2 })).toMatchObject({
    seen: 3,
    p50: 1500,
    p95: 1600,
    datedP50: 1510,
    apart: 10,
    longest: 300,
    dropped: 2,
  });
});

it('counts a stall that both the video and the player tell of once', () => {
  const events = ['waiting', 'bufferStalledError', 'rate 1.05', 'rate 1', 'playing'].map((what) => ({ atMs: 0, what }));
  expect(figuresOf({ pictures: [], events, dropped: 0 })).toMatchObject({
    stalls: 1,
    rateChanges: 2,
    reports: ['waiting 1', 'bufferStalledError 1'],
  });
});

it('waits for a picture that was made after a moment, not for one that was shown after it', () => {
  const pictures = [shown(2500, 900), shown(2600, 1000), shown(2700, 1100)];
  expect(backAfterMs({ pictures, events: [], dropped: 0 }, 1000)).toBe(1700);
  expect(backAfterMs({ pictures, events: [], dropped: 0 }, 1100)).toBeUndefined();
});
