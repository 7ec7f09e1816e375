import { describe, expect, it } from 'vitest';
import { dimCell, drawBorder } from '../../../src/mixer/cell-effects.ts';
import { type Picture, createPicture, yuvOf } from '../../../src/mixer/picture.ts';

const RED = yuvOf(255, 0, 0);

/** A picture of which no two neighbours are alike. */
function pattern(width: number, height: number, offset = 0): Picture {
  const bytes = (width * height * 3) / 2;
  const data = Buffer.from(new ArrayBuffer(bytes + 8), offset, bytes);
  for (let index = 0; index < bytes; index += 1) data[index] = 16 + ((index * 37) % 220);
  return { width, height, data };
}

function lumaAt(picture: Picture, x: number, y: number): number {
  return picture.data[y * picture.width + x] as number;
}

describe('drawBorder', () => {
  it.each([2, 4])('draws %i pixels inside of the cell, in its colour, and nothing else', (thickness) => {
    const canvas = createPicture(40, 30);
    const cell = { x: 6, y: 4, width: 20, height: 14 };
    drawBorder(canvas, cell, thickness, RED);
    for (let y = 0; y < 30; y += 1) {
      for (let x = 0; x < 40; x += 1) {
        const inside = x >= 6 && x < 26 && y >= 4 && y < 18;
        const core = x >= 6 + thickness && x < 26 - thickness && y >= 4 + thickness && y < 18 - thickness;
        const border = inside && !core;
        expect(lumaAt(canvas, x, y)).toBe(border ? RED.y : 16);
        const chroma = 1200 + (y >> 1) * 20 + (x >> 1);
        expect([canvas.data[chroma], canvas.data[chroma + 300]]).toEqual(border ? [RED.u, RED.v] : [128, 128]);
      }
    }
  });

  it('stays within the picture and within the smallest cells', () => {
    for (const cell of [
      { x: -4, y: -4, width: 16, height: 12 },
      { x: 8, y: 4, width: 100, height: 100 },
      { x: 4, y: 4, width: 2, height: 2 },
      { x: 50, y: 50, width: 8, height: 8 },
      { x: 0, y: 0, width: 0, height: 0 },
    ]) {
      const canvas = createPicture(16, 12);
      drawBorder(canvas, cell, 4, RED);
      expect(canvas.data).toHaveLength(288);
    }
    const canvas = createPicture(16, 12);
    drawBorder(canvas, { x: -8, y: 0, width: 12, height: 12 }, 2, RED);
    // The left edge is outside; the right one, and above and below of it, are not.
    expect([lumaAt(canvas, 0, 6), lumaAt(canvas, 2, 6), lumaAt(canvas, 4, 6), lumaAt(canvas, 15, 0)]).toEqual([
      16,
      RED.y,
      16,
      16,
    ]);
  });
});

describe('dimCell', () => {
  it.each([
    [{ x: 0, y: 0, width: 32, height: 16 }, 0],
    [{ x: 2, y: 2, width: 10, height: 8 }, 0],
    [{ x: 6, y: 4, width: 2, height: 2 }, 0],
    [{ x: 10, y: 0, width: 22, height: 16 }, 3],
    [{ x: -6, y: -2, width: 20, height: 8 }, 1],
    [{ x: 20, y: 10, width: 40, height: 40 }, 2],
  ])('halves contrast and colour in %j only, from memory at offset %i', (cell, offset) => {
    const canvas = pattern(32, 16, offset);
    const before = Buffer.from(canvas.data);
    dimCell(canvas, cell);
    const within = (x: number, y: number): boolean =>
      x >= cell.x && x < cell.x + cell.width && y >= cell.y && y < cell.y + cell.height;
    const halved = (value: number, base: number): number => (value >> 1) + base;
    for (let y = 0; y < 16; y += 1) {
      for (let x = 0; x < 32; x += 1) {
        const old = before[y * 32 + x] as number;
        expect(lumaAt(canvas, x, y)).toBe(within(x, y) ? halved(old, 8) : old);
        for (const plane of [512, 640]) {
          const at = plane + (y >> 1) * 16 + (x >> 1);
          expect(canvas.data[at]).toBe(within(x, y) ? halved(before[at] as number, 64) : before[at]);
        }
      }
    }
  });

  it('leaves black black and grey grey', () => {
    const canvas = createPicture(16, 16);
    dimCell(canvas, { x: 0, y: 0, width: 16, height: 16 });
    expect(canvas.data.equals(createPicture(16, 16).data)).toBe(true);
  });
});
