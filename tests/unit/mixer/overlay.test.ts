import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blendOverlay, overlayFromRgba } from '../../../src/mixer/overlay.ts';
import { type Picture, createPicture, yuvOf } from '../../../src/mixer/picture.ts';

const SIZE = { width: 12, height: 8 };

function rgbaOf(pixels: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(pixels.flat());
}

/** The same blending with real numbers, one sample at a time. */
function slowBlend(target: Picture, rgba: Uint8Array, width: number, height: number, left: number, top: number) {
  const out = Float64Array.from(target.data);
  const pixel = (x: number, y: number) => [...rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
  const mix = (index: number, color: number, alpha: number): void => {
    out[index] = (color * alpha + (out[index] as number) * (255 - alpha)) / 255;
  };
  const luma = target.width * target.height;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = pixel(x, y);
      mix((top + y) * target.width + left + x, yuvOf(red, green, blue).y, alpha);
    }
  }
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const quad = [pixel(x, y), pixel(x + 1, y), pixel(x, y + 1), pixel(x + 1, y + 1)];
      const weight = quad.reduce((sum, [, , , alpha = 0]) => sum + alpha, 0);
      if (weight === 0) continue;
      const mean = (channel: number): number =>
        quad.reduce((sum, values) => sum + (values[channel] ?? 0) * (values[3] ?? 0), 0) / weight;
      const color = yuvOf(mean(0), mean(1), mean(2));
      const index = luma + ((top + y) / 2) * (target.width / 2) + (left + x) / 2;
      mix(index, color.u, weight / 4);
      mix(index + luma / 4, color.v, weight / 4);
    }
  }
  return out;
}

function samplesAt({ width, height, data }: Picture, x: number, y: number): readonly (number | undefined)[] {
  const chroma = width * height + (y >> 1) * (width >> 1) + (x >> 1);
  return [data[y * width + x], data[chroma], data[chroma + ((width * height) >> 2)]];
}

const byte = fc.integer({ min: 0, max: 255 });

describe('blending an overlay', () => {
  it('is within two steps of exact arithmetic for any pixels, places and backgrounds, and never wraps round', () => {
    const pixels = fc.array(fc.tuple(byte, byte, byte, byte), { minLength: 24, maxLength: 24 });
    const place = fc.record({ x: fc.constantFrom(0, 2, 6), y: fc.constantFrom(0, 4) });
    const below = fc.uint8Array({ minLength: 144, maxLength: 144 });
    fc.assert(
      fc.property(pixels, place, below, (colors, { x, y }, background) => {
        const target = createPicture(SIZE.width, SIZE.height);
        target.data.set(background);
        const rgba = rgbaOf(colors);
        const expected = slowBlend(target, rgba, 6, 4, x, y);
        blendOverlay(target, overlayFromRgba(rgba, 6, 4), x, y);
        const worst = Math.max(
          ...[...target.data].map((value, index) => Math.abs(value - (expected[index] as number))),
        );
        expect(worst).toBeLessThanOrEqual(2);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('leaves what is under a transparent pixel exactly as it was', () => {
    const target = createPicture(SIZE.width, SIZE.height, { y: 201, u: 33, v: 77 });
    const before = Buffer.from(target.data);
    blendOverlay(target, overlayFromRgba(new Uint8Array(6 * 4 * 4).fill(0), 6, 4), 2, 2);
    expect(target.data.equals(before)).toBe(true);
  });

  it('replaces what is under an opaque pixel by exactly its colour', () => {
    const target = createPicture(SIZE.width, SIZE.height, { y: 201, u: 33, v: 77 });
    const rgba = rgbaOf(Array.from({ length: SIZE.width * SIZE.height }, () => [255, 0, 0, 255]));
    blendOverlay(target, overlayFromRgba(rgba, SIZE.width, SIZE.height), 0, 0);
    expect(target.data.equals(createPicture(SIZE.width, SIZE.height, yuvOf(255, 0, 0)).data)).toBe(true);
  });

  it('lets transparent neighbours lend no colour to a shared chroma sample', () => {
    const overlay = overlayFromRgba(
      rgbaOf([[255, 0, 0, 255], ...Array.from({ length: 3 }, () => [0, 255, 0, 0])]),
      2,
      2,
    );
    const target = createPicture(2, 2, yuvOf(0, 0, 0));
    blendOverlay(target, overlay, 0, 0);
    // A quarter of red over black: its chroma, a quarter as strong.
    const { u, v } = yuvOf(255, 0, 0);
    expect(Math.abs((target.data[4] as number) - (128 + (u - 128) / 4))).toBeLessThanOrEqual(1);
    expect(Math.abs((target.data[5] as number) - (128 + (v - 128) / 4))).toBeLessThanOrEqual(1);
  });

  it('draws the same as without a clip inside of it, and nothing outside of it, wherever the overlay lies', () => {
    const pixels = fc.array(fc.tuple(byte, byte, byte, byte), { minLength: 24, maxLength: 24 });
    const evens = (from: number, to: number) => fc.integer({ min: from / 2, max: to / 2 }).map((half) => half * 2);
    const place = fc.record({ x: evens(-8, 14), y: evens(-6, 10) });
    const clip = fc.record({ x: evens(-2, 12), y: evens(-2, 8), width: evens(0, 14), height: evens(0, 10) });
    fc.assert(
      fc.property(pixels, place, clip, (colors, { x, y }, cell) => {
        const overlay = overlayFromRgba(rgbaOf(colors), 6, 4);
        const before = createPicture(SIZE.width, SIZE.height, { y: 120, u: 90, v: 160 });
        const clipped = createPicture(SIZE.width, SIZE.height, { y: 120, u: 90, v: 160 });
        blendOverlay(clipped, overlay, x, y, cell);
        // The same on a picture so large that nothing needs clipping.
        const large = createPicture(60, 60, { y: 120, u: 90, v: 160 });
        blendOverlay(large, overlay, x + 20, y + 20);
        for (let row = 0; row < SIZE.height; row += 1) {
          for (let column = 0; column < SIZE.width; column += 1) {
            const inside =
              column >= cell.x && column < cell.x + cell.width && row >= cell.y && row < cell.y + cell.height;
            const from = inside ? large : before;
            const shift = inside ? 20 : 0;
            expect(samplesAt(clipped, column, row)).toEqual(samplesAt(from, column + shift, row + shift));
          }
        }
      }),
      { seed: 11, numRuns: 200 },
    );
  });

  it('copies long opaque stretches and short ones alike', () => {
    for (const width of [2, 46, 48, 50, 120]) {
      const rgba = rgbaOf(Array.from({ length: width * 2 }, (_, index) => [index % 256, 40, 90, 255]));
      const target = createPicture(128, 2, { y: 7, u: 7, v: 7 });
      const overlay = overlayFromRgba(rgba, width, 2);
      blendOverlay(target, overlay, 4, 0);
      expect([...target.data.subarray(4, 4 + width)]).toEqual([...overlay.luma.value.subarray(0, width)]);
      expect([target.data[3], target.data[4 + width]]).toEqual([7, 7]);
    }
  });
});
