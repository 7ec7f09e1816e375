import { describe, expect, it } from 'vitest';
import { countLines, decodeList, isTooLong, lineSpan, MAX_LIST_BYTES } from '../../../../web/util/people-list-text.ts';

describe('a file with a list', () => {
  it.each([
    ['UTF-8', Buffer.from('zoe,Zoë')],
    ['UTF-8 with its mark', Buffer.from('\uFEFFzoe,Zoë')],
    ['UTF-16 with its mark', Buffer.from('\uFEFFzoe,Zoë', 'utf16le')],
    ['Windows-1252', Buffer.from('zoe,Zoë', 'latin1')],
  ])('is read as %s', (_, bytes) => {
    expect(decodeList(bytes)).toBe('zoe,Zoë');
  });

  it('is too long by its bytes, not by its letters', () => {
    expect(isTooLong('a'.repeat(MAX_LIST_BYTES))).toBe(false);
    expect(isTooLong('a'.repeat(MAX_LIST_BYTES + 1))).toBe(true);
    expect(isTooLong('ë'.repeat(MAX_LIST_BYTES / 2 + 1))).toBe(true);
  });
});

describe('lines', () => {
  it('are counted without empty ones', () => {
    expect(countLines('')).toBe(0);
    expect(countLines('a\n\n  \nb\n')).toBe(2);
  });

  it('are found where they stand', () => {
    const text = 'login,name\nana,Ana\n\nben,Ben';
    const shown = [1, 2, 3, 4].map((line) => text.slice(...(lineSpan(text, line) ?? [])));
    expect(shown).toEqual(['login,name', 'ana,Ana', '', 'ben,Ben']);
    expect(lineSpan(text, 5)).toBeUndefined();
    expect(lineSpan(text, 0)).toBeUndefined();
  });
});
