/** Picture files of any size and length, without pictures in them. */

/** The head of a PNG of this many pixels, and zeros until it has this many bytes. */
export function pngOf(width: number, height: number, bytes = 33): Buffer {
  const png = Buffer.alloc(bytes);
  png.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return png;
}
