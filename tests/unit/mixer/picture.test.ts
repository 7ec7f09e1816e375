import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../src/layout/layout.ts';
import {
  type Picture,
  copyPicture,
  createPicture,
  fillCell,
  pictureBytes,
  stretchPicture,
  yuvOf,
} from '../../../src/mixer/picture.ts';

/** Every sample different from its neighbours, and from the same place in other planes. */
function patterned(width: number, height: number, seed: number): Picture {
  const picture = createPicture(width, height);
  for (let index = 0; index < picture.data.length; index += 1) picture.data[index] = (index * 37 + seed * 101) & 255;
  return picture;
}

/** Sample (x, y) of a plane, by the definition of I420. */
function sample(picture: Picture, plane: 0 | 1 | 2, x: number, y: number): number {
  const { width, height, data } = picture;
  if (plane === 0) return data[y * width + x] as number;
  const before = width * height + (plane === 2 ? (width * height) / 4 : 0);
  return data[before + y * (width / 2) + x] as number;
}

/** Compares all three planes of `picture` with what `expected` says about each sample. */
function expectSamples(picture: Picture, expected: (plane: 0 | 1 | 2, x: number, y: number) => number): void {
  const wrong: string[] = [];
  for (const plane of [0, 1, 2] as const) {
    const shift = plane === 0 ? 0 : 1;
    for (let y = 0; y < picture.height >> shift; y += 1) {
      for (let x = 0; x < picture.width >> shift; x += 1) {
        const [is, should] = [sample(picture, plane, x, y), expected(plane, x, y)];
        if (is !== should) wrong.push(`plane ${plane} (${x}, ${y}): ${is} instead of ${should}`);
      }
    }
  }
  expect(wrong.slice(0, 5)).toEqual([]);
}

/** Position within a cell on that plane, or undefined outside of it. */
function within(cell: Cell, plane: 0 | 1 | 2, x: number, y: number): { x: number; y: number } | undefined {
  const shift = plane === 0 ? 0 : 1;
  const at = { x: x - (cell.x >> shift), y: y - (cell.y >> shift) };
  const inside = at.x >= 0 && at.y >= 0 && at.x < cell.width >> shift && at.y < cell.height >> shift;
  return inside ? at : undefined;
}

const CELLS: readonly Cell[] = [
  { x: 0, y: 0, width: 32, height: 24 },
  { x: 0, y: 6, width: 32, height: 10 },
  { x: 4, y: 2, width: 16, height: 10 },
  { x: 22, y: 14, width: 10, height: 10 },
  { x: 30, y: 22, width: 2, height: 2 },
];

describe('pictures', () => {
  it('are black until something is drawn', () => {
    expectSamples(createPicture(8, 6), (plane) => (plane === 0 ? 16 : 128));
    expect(pictureBytes(8, 6)).toBe(72);
  });

  it.each(CELLS)('take a colour in exactly the cell $x,$y $width x $height', (cell) => {
    const picture = patterned(32, 24, 1);
    const before = patterned(32, 24, 1);
    fillCell(picture, cell, { y: 90, u: 60, v: 200 });
    expectSamples(picture, (plane, x, y) =>
      within(cell, plane, x, y) ? ([90, 60, 200][plane] as number) : sample(before, plane, x, y),
    );
  });

  it.each(CELLS)('are copied into exactly the cell $x,$y $width x $height', (cell) => {
    const target = patterned(32, 24, 1);
    const before = patterned(32, 24, 1);
    const source = patterned(cell.width, cell.height, 2);
    copyPicture(target, source, cell.x, cell.y);
    expectSamples(target, (plane, x, y) => {
      const at = within(cell, plane, x, y);
      return at ? sample(source, plane, at.x, at.y) : sample(before, plane, x, y);
    });
  });

  it.each(CELLS)('of any size are stretched into exactly the cell $x,$y $width x $height', (cell) => {
    for (const [width, height] of [
      [2, 2],
      [14, 10],
      [64, 36],
    ] as const) {
      const target = patterned(32, 24, 1);
      const before = patterned(32, 24, 1);
      const source = patterned(width, height, 3);
      stretchPicture(target, source, cell);
      expectSamples(target, (plane, x, y) => {
        const at = within(cell, plane, x, y);
        if (!at) return sample(before, plane, x, y);
        return sample(
          source,
          plane,
          Math.floor((at.x * width) / cell.width),
          Math.floor((at.y * height) / cell.height),
        );
      });
    }
  });

  it('of the right size look the same stretched and copied', () => {
    const source = patterned(16, 10, 4);
    const copied = patterned(32, 24, 1);
    const stretched = patterned(32, 24, 1);
    copyPicture(copied, source, 4, 2);
    stretchPicture(stretched, source, { x: 4, y: 2, width: 16, height: 10 });
    expect(stretched.data.equals(copied.data)).toBe(true);
  });
});

describe('yuvOf', () => {
  it('maps to the limited range of BT.709', () => {
    expect(yuvOf(0, 0, 0)).toEqual({ y: 16, u: 128, v: 128 });
    expect(yuvOf(255, 255, 255)).toEqual({ y: 235, u: 128, v: 128 });
    expect(yuvOf(255, 0, 0)).toEqual({ y: 63, u: 102, v: 240 });
    expect(yuvOf(0, 255, 0)).toEqual({ y: 173, u: 42, v: 26 });
    expect(yuvOf(0, 0, 255)).toEqual({ y: 32, u: 240, v: 118 });
  });
});
