import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanFileName, cleanFileType } from '../../../src/files/file-name.ts';

describe('the name of a file', () => {
  it.each([
    ['holiday.jpg', 'holiday.jpg'],
    ['  two words .txt ', 'two words .txt'],
    ['C:\\Users\\Ana\\notes.txt', 'notes.txt'],
    ['../../etc/passwd', 'passwd'],
    ['folder/', 'folder'],
    ['a\u0000b\r\nc\u2028.txt', 'abc.txt'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['Gezeiten 🌊 潮.mp4', 'Gezeiten 🌊 潮.mp4'],
    ['👩\u200d👧.png', '👩\u200d👧.png'],
    ['cafe\u0301.txt', 'café.txt'],
    ['e\u00ad\u0301', 'é'],
    ['.gitignore', '.gitignore'],
    ['half \ud83d', 'half \ufffd'],
  ])('%j is %j', (given, name) => {
    expect(cleanFileName(given)).toBe(name);
  });

  it.each([undefined, null, '', '.', '..', '/', '\\..', ' \t', '\u200d', '\u200b\u2060', '\u3164', '\ufe0f '])(
    '%j is none, and the file gets one that people see',
    (given) => {
      expect(cleanFileName(given)).toBe('file');
    },
  );

  it('keeps its end when it is too long', () => {
    const long = cleanFileName(`${'潮'.repeat(100)}.tar.gz`);
    expect(long).toMatch(/^潮+\.gz$/);
    expect(Buffer.byteLength(long)).toBeGreaterThan(197);
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(200);
    expect(cleanFileName(`a.${'b'.repeat(300)}`)).toBe(`a.${'b'.repeat(198)}`);
    expect(cleanFileName('x'.repeat(200))).toBe('x'.repeat(200));
    expect(cleanFileName('x'.repeat(201))).toBe('x'.repeat(200));
  });

  it('is short, plain, visible and the same when it is cleaned again, whatever was given', () => {
    const pieces = ['.', '/', '\\', ' ', '\u202e', '\u200d', '\u0301', '\u0000', '潮', 'e', '\ud800', '.txt'];
    const char = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));
    const name = fc.oneof(
      fc.string({ unit: char, maxLength: 300 }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 300 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(name, (given) => {
        const clean = cleanFileName(given);
        expect(clean).not.toMatch(/[/\\\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
        expect(clean).not.toMatch(/^\.*$/);
        expect(clean).toMatch(/[^\s\p{Default_Ignorable_Code_Point}]/u);
        expect(Buffer.byteLength(clean)).toBeLessThanOrEqual(200);
        expect(clean.isWellFormed()).toBe(true);
        expect(cleanFileName(clean)).toBe(clean);
      }),
    );
  });
});

describe('the type of a file', () => {
  it.each([
    ['image/png', 'image/png'],
    ['Video/MP4; codecs="avc1"', 'video/mp4'],
    [' text/plain ', 'text/plain'],
    ['application/vnd.oasis.opendocument.text', 'application/vnd.oasis.opendocument.text'],
    [`a/${'b'.repeat(98)}`, `a/${'b'.repeat(98)}`],
  ])('%j is %s', (given, type) => {
    expect(cleanFileType(given)).toBe(type);
  });

  it.each([
    undefined,
    null,
    '',
    'png',
    'image/',
    '/png',
    'image/png\r\nSet-Cookie: a',
    'a/b/c',
    'ä/b',
    `a/${'b'.repeat(99)}`,
  ])('%j is none, and the file is bytes without a meaning', (given) => {
    expect(cleanFileType(given)).toBe('application/octet-stream');
  });
});
