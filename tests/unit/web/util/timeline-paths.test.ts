import { expect, it } from 'vitest';
import { axisTimes, peaksOf, spansPath, wavePath } from '../../../../web/util/timeline-paths.ts';

it('draws spans in their place, and the shortest so that they are seen', () => {
  expect(spansPath([{ from: 10, to: 30 }], 100, 4, 10)).toBe('M100 4h200v10h-200z');
  expect(spansPath([{ from: 50, to: 50.001 }], 100, 0, 5)).toBe('M500 0h1.2v5h-1.2z');
  expect(spansPath([{ from: 1, to: 2 }], 0, 0, 5)).toBe('');
});

it('draws no more of a waveform than it has columns, each with its loudest', () => {
  const path = wavePath([0, 1, 0, 0.5], 10, 2);
  expect(path).toBe('M0 5L250 0L750 2.5L1000 5L750 7.5L250 10z');
  expect(wavePath([], 10)).toBe('');
});

it.each([
  [{ version: 1, interval: 0.5, peaks: [0, 50, 100] }, [0, 0.5, 1]],
  [
    [0.25, 0.5],
    [0.25, 0.5],
  ],
  [{ peaks: [0, 0] }, []],
  [null, []],
  ['loud', []],
])('finds loudness in %j', (json, peaks) => {
  expect(peaksOf(json)).toEqual(peaks);
});

it('puts round times below a timeline', () => {
  expect(axisTimes(754, 8)).toEqual([0, 120, 240, 360, 480, 600, 720]);
  expect(axisTimes(0, 8)).toEqual([]);
  expect(axisTimes(3, 8)).toEqual([0, 1, 2, 3]);
});
