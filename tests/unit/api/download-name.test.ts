import { describe, expect, it } from 'vitest';
import { attachmentNamed, inlineNamed } from '../../../src/api/download-name.ts';

describe('the name of a download', () => {
  it.each([
    ['Weekly.mp4', 'attachment; filename=Weekly.mp4'],
    ['a "b"\r\n/../c\\d:e.mp4', 'attachment; filename="a \\"b\\"___.._c_d_e.mp4"'],
    ['潮.mp4', "attachment; filename=_.mp4; filename*=UTF-8''%E6%BD%AE.mp4"],
    ['Größe.mp4', "attachment; filename=Gro_e.mp4; filename*=UTF-8''Gr%C3%B6%C3%9Fe.mp4"],
    ['a／b.mp4', "attachment; filename=a_b.mp4; filename*=UTF-8''a%EF%BC%8Fb.mp4"],
    ['100%25.mp4', "attachment; filename=100%25.mp4; filename*=UTF-8''100%2525.mp4"],
    ['..', 'attachment; filename=_'],
    ['', 'attachment; filename=download'],
    // What is left of an emoji when a program cuts a title by its length.
    ['Party \ud83c.mp4', 'attachment; filename="Party _.mp4"; filename*=UTF-8\'\'Party%20%EF%BF%BD.mp4'],
  ])('%j', (name, header) => {
    expect(attachmentNamed(name)).toBe(header);
    expect(inlineNamed(name)).toBe(header.replace('attachment', 'inline'));
  });
});
