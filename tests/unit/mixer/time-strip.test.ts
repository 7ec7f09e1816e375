import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Picture, createPicture } from '../../../src/mixer/picture.ts';
import { drawTimeStrip, readTimeStrip, timeStripHeight } from '../../../src/mixer/time-strip.ts';

function lumaOf({ data, width, height }: Picture): Buffer {
  return data.subarray(0, width * height);
}

function strip(frame: number, wallMs: number, width = 1280, height = 64): Picture {
  const canvas = createPicture(width, height, { y: 120, u: 60, v: 200 });
  drawTimeStrip(canvas, frame, wallMs);
  return canvas;
}

describe('the time strip', () => {
  it('says again what was drawn, for any frame, moment and width of a program', () => {
    const frames = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    const moments = fc.integer({ min: 0, max: 2 ** 44 - 1 });
    const widths = fc.constantFrom(160, 320, 360, 640, 720, 736, 854, 1280, 1920);
    fc.assert(
      fc.property(frames, moments, widths, (frame, wallMs, width) => {
        expect(readTimeStrip(lumaOf(strip(frame, wallMs, width)), width)).toEqual({ frame, wallMs });
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('cuts fractions of milliseconds off and begins again with the frame after 2^32', () => {
    expect(readTimeStrip(lumaOf(strip(2 ** 32 + 5, 1_790_000_000_000.9)), 1280)).toEqual({
      frame: 5,
      wallMs: 1_790_000_000_000,
    });
  });

  it.each([
    [1280, 8],
    [736, 8],
    [734, 16],
    [640, 16],
    [320, 24],
  ])('of a program of %i pixels width is %i high and leaves everything below as it was', (width, height) => {
    expect(timeStripHeight(width)).toBe(height);
    const canvas = strip(1, 2, width);
    const below = canvas.data.subarray(height * width, width * 64);
    expect(new Set(below)).toEqual(new Set([120]));
    expect(new Set(canvas.data.subarray(width * 64 + (height / 2) * (width / 2), width * 64 * 1.25))).toEqual(
      new Set([60]),
    );
  });

  it('is black and white without colour', () => {
    const canvas = strip(0xaaaaaaaa, 1e12);
    expect(new Set(canvas.data.subarray(0, 736))).toEqual(new Set([16, 235]));
    expect(new Set(canvas.data.subarray(1280 * 64, 1280 * 64 + 368))).toEqual(new Set([128]));
  });

  it('is not read when a single block is wrong', () => {
    for (let block = 0; block < 92; block += 1) {
      const canvas = strip(123_456, 1_790_000_000_000);
      for (let y = 0; y < 8; y += 1) {
        for (let x = block * 8; x < block * 8 + 8; x += 1) {
          canvas.data[y * 1280 + x] = 251 - (canvas.data[y * 1280 + x] as number);
        }
      }
      expect(readTimeStrip(lumaOf(canvas), 1280)).toBeUndefined();
    }
  });

  it('is not found in pictures without one, nor in ones too small', () => {
    expect(readTimeStrip(lumaOf(createPicture(1280, 64)), 1280)).toBeUndefined();
    expect(readTimeStrip(new Uint8Array(0), 1280)).toBeUndefined();
    expect(readTimeStrip(lumaOf(strip(1, 2)).subarray(0, 3 * 1280), 1280)).toBeUndefined();
  });

  it('does not write beyond a picture that is too small for it', () => {
    const canvas = createPicture(32, 16);
    drawTimeStrip(canvas, 1, 2);
    expect(canvas.data).toHaveLength(768);
  });
});
