/** Planar 4:2:0 pictures and the few operations a compositor needs. */
import type { Cell } from '../layout/layout.ts';

/** An I420 picture: the planes Y, U, V behind each other in `data`, without padding. Sizes are even. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
}

/** Limited-range BT.709 luma and chroma of one colour. */
export interface YuvColor {
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

const NARROW = 16;

/** Bytes of an I420 picture. */
export function pictureBytes(width: number, height: number): number {
  return (width * height * 3) / 2;
}

/** A picture of one colour, black by default. */
export function createPicture(width: number, height: number, color: YuvColor = BLACK): Picture {
  const picture = { width, height, data: Buffer.allocUnsafeSlow(pictureBytes(width, height)) };
  fillCell(picture, { x: 0, y: 0, width, height }, color);
  return picture;
}

/** Limited-range black. */
export const BLACK: YuvColor = { y: 16, u: 128, v: 128 };

/** BT.709 limited range of 8-bit sRGB components (ITU-R BT.709-6 section 3). */
export function yuvOf(red: number, green: number, blue: number): YuvColor {
  const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return {
    y: Math.round(16 + (luma * 219) / 255),
    u: Math.round(128 + (((blue - luma) / 1.8556) * 224) / 255),
    v: Math.round(128 + (((red - luma) / 1.5748) * 224) / 255),
  };
}

/** The three planes of a picture: offset into `data`, row length, and how far coordinates are halved (shift). */
function planesOf(picture: Picture): readonly { offset: number; stride: number; shift: 0 | 1 }[] {
  const luma = picture.width * picture.height;
  return [
    { offset: 0, stride: picture.width, shift: 0 },
    { offset: luma, stride: picture.width >> 1, shift: 1 },
    { offset: luma + (luma >> 2), stride: picture.width >> 1, shift: 1 },
  ];
}

/** Fills a cell with one colour. */
export function fillCell(target: Picture, cell: Cell, color: YuvColor): void {
  const values = [color.y, color.u, color.v];
  planesOf(target).forEach(({ offset, stride, shift }, plane) => {
    const width = cell.width >> shift;
    const rows = cell.height >> shift;
    const start = offset + (cell.y >> shift) * stride + (cell.x >> shift);
    const value = values[plane] as number;
    if (width === stride) target.data.fill(value, start, start + width * rows);
    else fillRows(target.data, { start, stride, width, rows }, value);
  });
}

/** A few samples a row, as the sides of a border have them, are written sooner than a call is made. */
function fillRows(
  data: Buffer,
  { start, stride, width, rows }: { start: number; stride: number; width: number; rows: number },
  value: number,
): void {
  for (let row = 0, at = start; row < rows; row += 1, at += stride) {
    if (width > NARROW) data.fill(value, at, at + width);
    else for (let column = 0; column < width; column += 1) data[at + column] = value;
  }
}

/** Copies a whole picture to (x, y) of a larger one. */
export function copyPicture(target: Picture, source: Picture, x: number, y: number): void {
  const from = planesOf(source);
  planesOf(target).forEach(({ offset, stride, shift }, plane) => {
    const { offset: sourceOffset, stride: width } = from[plane] as { offset: number; stride: number };
    const rows = source.height >> shift;
    const start = offset + (y >> shift) * stride + (x >> shift);
    if (width === stride) {
      source.data.copy(target.data, start, sourceOffset, sourceOffset + width * rows);
      return;
    }
    for (let row = 0; row < rows; row += 1) {
      const at = sourceOffset + row * width;
      source.data.copy(target.data, start + row * stride, at, at + width);
    }
  });
}

/** Draws a picture into a cell: as it is where it has the cell's size, and stretched otherwise. */
export function placePicture(target: Picture, source: Picture, cell: Cell): void {
  if (source.width === cell.width && source.height === cell.height) copyPicture(target, source, cell.x, cell.y);
  else stretchPicture(target, source, cell);
}

/** A picture of its own with the same content. */
export function clonePicture(picture: Picture): Picture {
  return { ...picture, data: Buffer.from(picture.data) };
}

/**
 * Draws a picture of any size into a cell, nearest neighbour. Only for the few frames between a change of layout and the
 * first frame from the decoder of the new size.
 */
export function stretchPicture(target: Picture, source: Picture, cell: Cell): void {
  const from = planesOf(source);
  planesOf(target).forEach(({ offset, stride, shift }, plane) => {
    const { offset: sourceOffset, stride: sourceStride } = from[plane] as { offset: number; stride: number };
    const width = cell.width >> shift;
    const height = cell.height >> shift;
    const sourceHeight = source.height >> shift;
    const step = (source.width >> shift) / width;
    let drawnRow = -1;
    for (let row = 0; row < height; row += 1) {
      const sourceRow = Math.floor((row * sourceHeight) / height);
      const start = offset + ((cell.y >> shift) + row) * stride + (cell.x >> shift);
      if (sourceRow === drawnRow) {
        target.data.copyWithin(start, start - stride, start - stride + width);
        continue;
      }
      drawnRow = sourceRow;
      stretchRow(target.data, start, width, source.data, sourceOffset + sourceRow * sourceStride, step);
    }
  });
}

/** Apart and small, so that it is compiled for itself: it runs for every sample of a moving tile. */
function stretchRow(to: Buffer, start: number, width: number, from: Buffer, origin: number, step: number): void {
  for (let column = 0; column < width; column += 1) {
    // A little more, because 49 times a 49th is less than 1.
    to[start + column] = from[origin + ((column * step + 1e-9) | 0)] as number;
  }
}
