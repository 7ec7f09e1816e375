import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropTo, fitSize } from '../../../../web/capture/fit-size.ts';

describe('fitSize', () => {
  it('keeps a picture that fits, in multiples of 16', () => {
    expect(fitSize({ width: 1280, height: 720 }, { width: 1280, height: 720 })).toEqual({ width: 1280, height: 720 });
    expect(fitSize({ width: 640, height: 480 }, { width: 1280, height: 720 })).toEqual({ width: 640, height: 480 });
  });

  it('goes below the tile rather than above it', () => {
    expect(fitSize({ width: 1280, height: 720 }, { width: 640, height: 360 })).toEqual({ width: 640, height: 352 });
  });

  it.each([
    [
      { width: 1280, height: 720 },
      { width: 426, height: 238 },
      { width: 400, height: 224 },
    ],
    [
      { width: 1280, height: 720 },
      { width: 160, height: 90 },
      { width: 144, height: 80 },
    ],
    [
      { width: 720, height: 1280 },
      { width: 640, height: 360 },
      { width: 192, height: 336 },
    ],
  ])('keeps the shape of %j in a tile of %j, for which whole blocks are coarse', (camera, most, size) => {
    expect(fitSize(camera, most)).toEqual(size);
  });

  it.each([
    [640, 360],
    [480, 270],
    [426, 238],
    [384, 216],
    [320, 180],
    [256, 144],
    [160, 90],
  ])('fills a tile of %i by %i, as grids have them, without bars beside a 16:9 camera', (width, height) => {
    const size = fitSize({ width: 1280, height: 720 }, { width, height });
    expect(Math.abs((size.width * height) / (size.height * width) - 1)).toBeLessThan(0.03);
  });

  it('is never empty, never larger than camera or tile, and in multiples of 16', () => {
    const size = fc.record({ width: fc.integer({ min: 16, max: 4096 }), height: fc.integer({ min: 16, max: 4096 }) });
    fc.assert(
      fc.property(size, size, (camera, most) => {
        const { width, height } = fitSize(camera, most);
        expect(width % 16).toBe(0);
        expect(height % 16).toBe(0);
        expect(width).toBeGreaterThanOrEqual(16);
        expect(height).toBeGreaterThanOrEqual(16);
        expect(width).toBeLessThanOrEqual(Math.min(camera.width, most.width));
        expect(height).toBeLessThanOrEqual(Math.min(camera.height, most.height));
      }),
    );
  });
});

describe('cropTo', () => {
  it('takes the middle of a picture that is too wide or too high', () => {
    expect(cropTo({ width: 1280, height: 720 }, { width: 640, height: 352 })).toEqual({
      x: 0,
      y: 8,
      width: 1280,
      height: 704,
    });
    expect(cropTo({ width: 640, height: 480 }, { width: 320, height: 176 })).toEqual({
      x: 0,
      y: 64,
      width: 640,
      height: 352,
    });
  });

  it('stays inside the picture, on even pixels', () => {
    const size = fc.record({ width: fc.integer({ min: 16, max: 2000 }), height: fc.integer({ min: 16, max: 2000 }) });
    fc.assert(
      fc.property(size, size, (camera, wanted) => {
        const { x, y, width, height } = cropTo(camera, wanted);
        for (const value of [x, y, width, height]) expect(value % 2).toBe(0);
        expect(width).toBeGreaterThan(0);
        expect(height).toBeGreaterThan(0);
        expect(x + width).toBeLessThanOrEqual(camera.width);
        expect(y + height).toBeLessThanOrEqual(camera.height);
      }),
    );
  });
});
