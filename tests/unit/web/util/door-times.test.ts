import { describe, expect, it } from 'vitest';
import { countdown, fieldOfTime, timeOfField, whenWords } from '../../../../web/util/door-times.ts';

describe('the time until a room opens', () => {
  it.each([
    [-5000, '0:00'],
    [0, '0:00'],
    [1, '0:01'],
    [61_000, '1:01'],
    [3_599_001, '1:00:00'],
    [3_600_000, '1:00:00'],
    [86_399_000, '23:59:59'],
    [2 * 86_400_000 + 3_723_000, '2 days 01:02:03'],
  ])('is, at %i ms, %s', (leftMs, words) => {
    expect(countdown(leftMs, 'en')).toBe(words);
  });

  it('is told with the day that people call it by', () => {
    const now = new Date(2031, 4, 14, 23, 30).getTime();
    const at = (day: number, hour: number): string => whenWords(new Date(2031, 4, day, hour).getTime(), now, 'en-GB');
    expect(at(14, 23)).toBe('today, 23:00');
    expect(at(15, 9)).toBe('tomorrow, 09:00');
    expect(at(20, 9)).toContain('20 May 2031');
    expect(whenWords(new Date(2031, 4, 20, 9).getTime(), now, 'en-GB', 'medium')).toBe('20 May 2031, 09:00');
  });

  it('goes to a field and back', () => {
    const iso = new Date(2031, 4, 14, 9, 30).toISOString();
    expect(fieldOfTime(iso)).toBe('2031-05-14T09:30');
    expect(timeOfField('2031-05-14T09:30')).toBe(iso);
    expect([fieldOfTime(undefined), timeOfField(''), timeOfField('soon')]).toEqual(['', undefined, undefined]);
  });
});
