/** Effects on the contents of a cell: a border along its edges, and dimming. Cheap enough for every frame. */
import type { Cell } from '../layout/layout.ts';
import { type Picture, type YuvColor, fillCell } from './picture.ts';

/** The part of a cell that lies within the picture. */
export function withinPicture(picture: Picture, cell: Cell): Cell {
  const x = Math.max(0, Math.min(picture.width, cell.x));
  const y = Math.max(0, Math.min(picture.height, cell.y));
  return {
    x,
    y,
    width: Math.max(0, Math.min(picture.width, cell.x + cell.width) - x),
    height: Math.max(0, Math.min(picture.height, cell.y + cell.height) - y),
  };
}

/** A border inside of the cell; `thickness` in pixels, even. */
export function drawBorder(canvas: Picture, cell: Cell, thickness: number, color: YuvColor): void {
  const { x, y, width, height } = cell;
  const side = Math.min(thickness, width, height);
  for (const edge of [
    { x, y, width, height: side },
    { x, y: y + height - side, width, height: side },
    { x, y, width: side, height },
    { x: x + width - side, y, width: side, height },
  ]) {
    fillCell(canvas, withinPicture(canvas, edge), color);
  }
}

/** Halves brightness and colour: what is dimmed is over or paused. */
export function dimCell(canvas: Picture, cell: Cell): void {
  const { x, y, width, height } = withinPicture(canvas, cell);
  const luma = canvas.width * canvas.height;
  const half = canvas.width >> 1;
  dimPlane(canvas.data, y * canvas.width + x, canvas.width, width, height, 8);
  const chroma = luma + (y >> 1) * half + (x >> 1);
  dimPlane(canvas.data, chroma, half, width >> 1, height >> 1, 64);
  dimPlane(canvas.data, chroma + (luma >> 2), half, width >> 1, height >> 1, 64);
}

/** Each sample becomes its half plus `base`, four at a time: half a sample has no bit that could reach its neighbour. */
function dimPlane(data: Buffer, start: number, stride: number, width: number, height: number, base: number): void {
  const words = new Uint32Array(data.buffer, data.byteOffset & ~3, (data.byteLength + (data.byteOffset & 3)) >> 2);
  const shift = data.byteOffset & 3;
  const bases = base * 0x01010101;
  for (let row = 0; row < height; row += 1) {
    let at = start + row * stride;
    const end = at + width;
    for (; at < end && ((at + shift) & 3) !== 0; at += 1) data[at] = ((data[at] as number) >> 1) + base;
    const last = (end + shift) >> 2;
    for (let word = (at + shift) >> 2; word < last; word += 1) {
      words[word] = (((words[word] as number) >>> 1) & 0x7f7f7f7f) + bases;
    }
    for (at = Math.max(at, (last << 2) - shift); at < end; at += 1) data[at] = ((data[at] as number) >> 1) + base;
  }
}
