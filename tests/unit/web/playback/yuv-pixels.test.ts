import { describe, expect, it } from 'vitest';
import { type YuvMatrix, YuvPixels } from '../../../../web/playback/yuv-pixels.ts';

/** One colour, in a picture of odd width whose rows have a byte to spare. */
function pixelsOf(matrix: YuvMatrix, y: number, u: number, v: number): number[][] {
  const [width, height, stride] = [3, 2, 4];
  const data = new Uint8Array(stride * height + 2 * 2);
  data.fill(y, 0, 8).fill(u, 8, 10).fill(v, 10, 12);
  const planes = [
    { offset: 0, stride },
    { offset: 8, stride: 2 },
    { offset: 10, stride: 2 },
  ];
  const pixels = new Uint32Array(width * height);
  new YuvPixels(matrix).write({ data, planes, width, height }, pixels);
  return [...pixels].map((pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255, pixel >>> 24]);
}

describe('YuvPixels', () => {
  it.each([
    ['black', 'bt709', [16, 128, 128], [0, 0, 0]],
    ['white', 'bt709', [235, 128, 128], [255, 255, 255]],
    ['red of high definition', 'bt709', [63, 102, 240], [255, 0, 0]],
    ['red of standard definition', 'bt601', [81, 90, 240], [255, 0, 0]],
    ['blue of standard definition', 'bt601', [41, 240, 110], [0, 0, 255]],
  ] as const)('gives %s in every pixel, odd ones too', (_, matrix, [y, u, v], rgb) => {
    for (const pixel of pixelsOf(matrix, y, u, v)) {
      expect(pixel[3]).toBe(255);
      for (const [channel, value] of rgb.entries()) expect(Math.abs((pixel[channel] ?? 0) - value)).toBeLessThan(3);
    }
  });

  it('clamps what no colour can be', () => {
    expect(pixelsOf('bt709', 255, 255, 255)[0]).toEqual([255, 183, 255, 255]);
    expect(pixelsOf('bt709', 0, 0, 0)[0]).toEqual([0, 77, 0, 255]);
  });
});
