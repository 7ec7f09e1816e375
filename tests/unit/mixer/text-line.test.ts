import { describe, expect, it } from 'vitest';
import { ellipsize, initialsOf, isRightToLeft, minutesOf, oneLine } from '../../../src/mixer/text-line.ts';

const FAMILY = '👩‍👩‍👧‍👦';
/** Every UTF-16 unit is one wide. */
const units = (text: string): number => text.length;

describe('oneLine', () => {
  it.each([
    ['control characters and line breaks', 'Ana\r\n\u0000\u001b[31m\u0085\u2028Lee\n', 'Ana [31m Lee'],
    ['overrides, embeddings and isolates of direction', '\u202eAna\u202b\u2067 Lee\u2069\u202c', 'Ana Lee'],
    ['invisible characters that make names look alike', 'A\u200bn\ufeffa\u00ad\u2060', 'Ana'],
    ['halves of characters', '\ud83dAna\udc00', '\ufffdAna\ufffd'],
  ])('takes out %s', (_what, text, expected) => {
    expect(oneLine(text)).toBe(expected);
  });

  it.each([FAMILY, 'می‌خواهم', 'क्‍ष', 'Z\u0310\u0311'])('keeps what "%s" is made of', (text) => {
    expect(oneLine(text)).toBe(text);
  });

  it('is at most 300 characters long', () => {
    expect([...oneLine('漢'.repeat(300))]).toHaveLength(300);
    expect([...oneLine('漢'.repeat(301))]).toHaveLength(300);
    expect(oneLine('😀'.repeat(100_000))).toBe('😀'.repeat(300));
  });
});

describe('isRightToLeft', () => {
  it.each([
    ['ليلى', true],
    ['נועה Levi', true],
    ['12 ܫܠܡܐ', true],
    ['Ana ليلى', false],
    ['王小明', false],
    ['12 🎥', false],
    ['', false],
  ])('of "%s" is %s', (line, expected) => {
    expect(isRightToLeft(line)).toBe(expected);
  });
});

describe('ellipsize', () => {
  it('leaves alone what fits exactly, and cuts what is one longer', () => {
    expect(ellipsize('12345678', 8, units)).toBe('12345678');
    expect(ellipsize('123456789', 8, units)).toBe('1234567…');
  });

  it('never cuts within a character', () => {
    expect(ellipsize(FAMILY.repeat(3), FAMILY.length * 2 + 4, units)).toBe(`${FAMILY.repeat(2)}…`);
    expect(ellipsize('e\u0301e\u0301e\u0301', 4, units)).toBe('e\u0301…');
  });

  it('has no space before the ellipsis, and is only one where nothing else fits', () => {
    expect(ellipsize('Ana Lee', 5, units)).toBe('Ana…');
    expect(ellipsize('Ana', 1, units)).toBe('…');
  });
});

describe('initialsOf', () => {
  it.each([
    ['Ana', 'A'],
    ['ana maria lee', 'AL'],
    ['  ben\tcole ', 'BC'],
    ['王小明', '王'],
    ['ليلى حسن', 'ل\u200cح'],
    [`${FAMILY} smith`, `${FAMILY}S`],
    ['\u202eana', 'A'],
    ['', '?'],
    ['\u0000\n', '?'],
  ])('of "%s" are "%s"', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('minutesOf', () => {
  it.each([
    [0, '00:00'],
    [999, '00:00'],
    [61_000, '01:01'],
    [7_509_000, '125:09'],
    [-5, '00:00'],
  ])('of %i ms is %s', (ms, text) => {
    expect(minutesOf(ms)).toBe(text);
  });
});
