import { describe, expect, it } from 'vitest';
import { wallTime } from '../../../src/media/timestamp.ts';
import { ClockOverlay, clockFontSize, clockText } from '../../../src/mixer/clock-overlay.ts';

const NEW_YEAR = Date.UTC(2026, 0, 1);
const utc = (): number => 0;

describe('clockText', () => {
  it.each([
    [NEW_YEAR, 0, '2026-01-01 00:00:00.000 +00:00'],
    [NEW_YEAR, 60, '2026-01-01 01:00:00.000 +01:00'],
    [NEW_YEAR, -210, '2025-12-31 20:30:00.000 -03:30'],
    [NEW_YEAR, -30, '2025-12-31 23:30:00.000 -00:30'],
    [NEW_YEAR, 345, '2026-01-01 05:45:00.000 +05:45'],
    [NEW_YEAR, 840, '2026-01-01 14:00:00.000 +14:00'],
    [NEW_YEAR, -720, '2025-12-31 12:00:00.000 -12:00'],
    [Date.UTC(2028, 1, 29, 23, 59, 59, 999), 0, '2028-02-29 23:59:59.999 +00:00'],
  ])('of %i at %i minutes is %s', (time, offset, text) => {
    expect(clockText(wallTime(time), offset)).toBe(text);
  });

  it('never shows a millisecond that has not begun', () => {
    expect(clockText(wallTime(NEW_YEAR + 33.9), 0)).toContain('00:00:00.033');
    expect(clockText(wallTime(NEW_YEAR - 0.1), 0)).toContain('23:59:59.999');
  });
});

describe('ClockOverlay', () => {
  it('shows the same after any number of updates as a clock that was never updated before', () => {
    const moments = [0, 33.34, 66.67, 999, 1000, 59_999, 60_000, 3_600_000, 86_400_000, 40_000_000_000, 5];
    const used = new ClockOverlay(16, utc);
    for (const moment of moments) {
      const fresh = new ClockOverlay(16, utc);
      used.update(wallTime(NEW_YEAR + moment));
      fresh.update(wallTime(NEW_YEAR + moment));
      expect(used.picture.data.equals(fresh.picture.data)).toBe(true);
    }
  });

  it('draws only the characters that changed', () => {
    const overlay = new ClockOverlay(16, utc);
    overlay.update(wallTime(NEW_YEAR));
    const first = Buffer.from(overlay.picture.data);
    const { width, height } = overlay.picture;
    const glyphWidth = width / 31;
    overlay.update(wallTime(NEW_YEAR + 33));
    const changed = new Set<number>();
    for (let index = 0; index < width * height; index += 1) {
      const left = (glyphWidth >> 2) << 1;
      if (first[index] !== overlay.picture.data[index]) changed.add(Math.floor(((index % width) - left) / glyphWidth));
    }
    // 00:00:00.000 became 00:00:00.033: the last two digits of the milliseconds.
    expect([...changed].sort((a, b) => a - b)).toEqual([21, 22]);
  });

  it('draws nothing when it already shows this moment', () => {
    const overlay = new ClockOverlay(16, utc);
    overlay.update(wallTime(NEW_YEAR));
    overlay.picture.data.fill(7);
    overlay.update(wallTime(NEW_YEAR + 0.5));
    expect(overlay.picture.data.every((value) => value === 7)).toBe(true);
  });

  it('follows its zone into and out of summer time', () => {
    // The night of 29 March 2026 in Berlin: at 01:00 UTC two o'clock becomes three.
    const change = Date.UTC(2026, 2, 29, 1);
    const offset = (time: number): number => (time < change ? 60 : 120);
    const overlay = new ClockOverlay(16, offset);
    const expected = new ClockOverlay(16, () => 120);
    overlay.update(wallTime(change - 1));
    overlay.update(wallTime(change));
    expected.update(wallTime(change));
    expect(overlay.picture.data.equals(expected.picture.data)).toBe(true);
    expect(clockText(wallTime(change - 1), offset(change - 1))).toBe('2026-03-29 01:59:59.999 +01:00');
    expect(clockText(wallTime(change), offset(change))).toBe('2026-03-29 03:00:00.000 +02:00');
  });

  it.each([
    [1280, 720],
    [1920, 1080],
    [320, 180],
    [320, 1088],
    [336, 1080],
    [1920, 180],
  ])('finds a size of letters with which it fits into %i x %i', (width, height) => {
    const { picture } = new ClockOverlay(clockFontSize(width, height), utc);
    expect(picture.width).toBeLessThanOrEqual(width - 16);
    expect(picture.height).toBeLessThanOrEqual(height - 16);
  });

  it('has letters of a 36th of the height where there is room', () => {
    expect(clockFontSize(1280, 720)).toBe(20);
  });
});
