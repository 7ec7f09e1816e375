import { describe, expect, it } from 'vitest';
import { attachmentNamed, inlineNamed } from '../../../src/api/download-name.ts';

describe('the name of a download', () => {
  it.each([
    ['Weekly.mp4', 'attachment; filename=Weekly.mp4'],
    ['a "b"\r\n/../c\\d:e.mp4', 'attachment; filename="a \\"b\\"___.._c_d_e.mp4"'],
    ['潮.mp4', 'attachment; filename="?.mp4"; filename*=UTF-8\'\'%E6%BD%AE.mp4'],
    ['..', 'attachment; filename=_'],
    ['', 'attachment; filename=download'],
    // What is left of an emoji when a program cuts a title by its length.
    ['Party \ud83c.mp4', 'attachment; filename="Party ?.mp4"; filename*=UTF-8\'\'Party%20%EF%BF%BD.mp4'],
  ])('%j', (name, header) => {
    expect(attachmentNamed(name)).toBe(header);
    expect(inlineNamed(name)).toBe(header.replace('attachment', 'inline'));
  });
});
