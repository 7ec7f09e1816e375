import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { qrPath } from '../../../../web/util/qr-path.ts';

/** The modules that a path of rectangles covers. */
function painted(path: string, size: number): boolean[][] {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y, width, back] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H(\d+)z/g)) {
    expect(back).toBe(x);
    rows[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  }
  return rows;
}

describe('a QR code as a path', () => {
  it.each(['https://example.org/r/monday', `https://example.org/r/monday#token=${'x'.repeat(400)}`])(
    'paints just the modules of %s, with a quiet zone around them',
    (text) => {
      const { size, path } = qrPath(text);
      const { data } = encode(text, { ecc: 'L', boostEcc: true, border: 4 });
      expect(painted(path, size)).toEqual(data);
      expect(size).toBe(data.length);
      expect(data.slice(0, 4).flat()).not.toContain(true);
      // Neighbours are one rectangle.
      expect(path).not.toMatch(/^M(\d+) (\d+)h1v1H\1z.*M\1 \2/);
    },
  );
});
