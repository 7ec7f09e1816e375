import { describe, expect, it } from 'vitest';
import { extensionOf, pastedName, previewKind } from '../../../../web/util/file-words.ts';

describe('what is said of a file', () => {
  it.each([
    ['image/png', 'image'],
    ['Image/JPEG', 'image'],
    ['audio/ogg; codecs=opus', 'sound'],
    ['video/webm', 'video'],
    ['application/pdf', 'pdf'],
    ['image/svg+xml', undefined],
    ['text/html', undefined],
    ['application/xhtml+xml', undefined],
    ['', undefined],
  ])('of the type %j is looked at as %s', (type, kind) => {
    expect(previewKind(type)).toBe(kind);
  });

  it('is its kind in up to four letters', () => {
    expect(['a.tar.gz', 'b.jpeg', 'noext', 'c.verylong', 'd.häß', '.x'].map(extensionOf)).toEqual([
      'GZ',
      'JPEG',
      '',
      '',
      'HÄSS',
      'X',
    ]);
  });

  it('that was pasted is the moment it was', () => {
    expect(pastedName('image/png', new Date(2026, 0, 2, 3, 4, 5))).toBe('pasted 2026-01-02 03.04.05.png');
  });
});
