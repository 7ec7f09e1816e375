import { expect, it } from 'vitest';
import { typeOfFile } from '../../../../src/cli/files/file-types.ts';

it.each([
  ['holiday.JPG', 'image/jpeg'],
  ['/films/film.mkv', 'video/x-matroska'],
  ['a.tar.pdf', 'application/pdf'],
  ['voice.opus', 'audio/ogg'],
  ['page.html', 'application/octet-stream'],
  ['drawing.svg', 'application/octet-stream'],
  ['noend', 'application/octet-stream'],
  ['.png', 'application/octet-stream'],
  ['x.constructor', 'application/octet-stream'],
  ['x.', 'application/octet-stream'],
])('the file %s is sent as %s', (name, type) => {
  expect(typeOfFile(name)).toBe(type);
});
