import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropTo, fitSize } from '../../../../web/capture/fit-size.ts';

const HD = { width: 1280, height: 720 };
const TILES = [
  [640, 360],
  [480, 270],
  [426, 238],
  [384, 216],
  [320, 180],
  [256, 144],
  [160, 90],
] as const;

describe('fitSize', () => {
  it.each(TILES)('is just the size of a tile of %i by %i, as grids have them, for a 16:9 camera', (width, height) => {
    expect(fitSize(HD, { width, height }, 2)).toEqual({ width, height });
  });

  it('keeps a picture that fits', () => {
    expect(fitSize(HD, HD, 16)).toEqual(HD);
    expect(fitSize({ width: 640, height: 480 }, HD, 2)).toEqual({ width: 640, height: 480 });
    expect(fitSize({ width: 640, height: 360 }, HD, 2)).toEqual({ width: 640, height: 360 });
  });

  it('keeps the shape of a camera whose tile has another', () => {
    expect(fitSize({ width: 640, height: 480 }, { width: 426, height: 238 }, 2)).toEqual({ width: 316, height: 238 });
    expect(fitSize({ width: 720, height: 1280 }, { width: 640, height: 360 }, 2)).toEqual({ width: 202, height: 360 });
  });

  it('cuts nothing off a picture whose edges are needed', () => {
    expect(fitSize(HD, { width: 426, height: 238 }, 2, false)).toEqual({ width: 422, height: 238 });
    expect(fitSize({ width: 2560, height: 1440 }, HD, 2, false)).toEqual(HD);
  });

  it('goes below the tile rather than above it where only whole blocks can be had', () => {
    expect(fitSize(HD, { width: 640, height: 360 }, 16)).toEqual({ width: 640, height: 352 });
  });

  it.each([
    [HD, { width: 426, height: 238 }, { width: 400, height: 224 }],
    [HD, { width: 160, height: 90 }, { width: 144, height: 80 }],
    [
      { width: 720, height: 1280 },
      { width: 640, height: 360 },
      { width: 192, height: 336 },
    ],
  ])('keeps the shape of %j in a tile of %j, for which whole blocks are coarse', (camera, most, size) => {
    expect(fitSize(camera, most, 16)).toEqual(size);
  });

  it.each(TILES)('fills a tile of %i by %i in whole blocks without bars beside a 16:9 camera', (width, height) => {
    const size = fitSize(HD, { width, height }, 16);
    expect(Math.abs((size.width * height) / (size.height * width) - 1)).toBeLessThan(0.03);
  });

  it.each([2, 16] as const)('is never empty, never larger than camera or tile, and in multiples of %i', (step) => {
    const size = fc.record({ width: fc.integer({ min: 16, max: 4096 }), height: fc.integer({ min: 16, max: 4096 }) });
    fc.assert(
      fc.property(size, size, fc.boolean(), (camera, most, mayCut) => {
        const { width, height } = fitSize(camera, most, step, mayCut);
        expect(width % step).toBe(0);
        expect(height % step).toBe(0);
        expect(width).toBeGreaterThanOrEqual(16);
        expect(height).toBeGreaterThanOrEqual(16);
        expect(width).toBeLessThanOrEqual(Math.min(camera.width, most.width));
        expect(height).toBeLessThanOrEqual(Math.min(camera.height, most.height));
      }),
    );
  });

  it('gives cameras of the shapes there are pictures of no other shape', () => {
    const cameras = [HD, { width: 640, height: 480 }, { width: 720, height: 1280 }, { width: 1920, height: 1200 }];
    const sides = fc.record({ width: fc.integer({ min: 60, max: 2000 }), height: fc.integer({ min: 60, max: 2000 }) });
    fc.assert(
      fc.property(fc.constantFrom(...cameras), sides, (camera, most) => {
        const { width, height } = fitSize(camera, most, 2);
        expect(Math.abs(width / height / (camera.width / camera.height) - 1)).toBeLessThan(0.06);
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
