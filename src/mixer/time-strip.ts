/**
 * Frame number and time of a program frame as black and white blocks that survive encoding: a row of 8x8 pixels each along
 * the upper edge, from the left, most significant bit first, white for 1. 8 bits `10110010` as a mark, 32 bits of the
 * frame number, 44 bits of milliseconds since 1970, 8 bits of a check sum. A program too narrow for all of them has
 * several rows.
 */
import type { Picture } from './picture.ts';

/** Side of a block, pixels. */
const BLOCK = 8;
const MARK = 0b1011_0010;
const MARK_BITS = 8;
const FRAME_BITS = 32;
const WALL_BITS = 44;
const CHECK_BITS = 8;
const BITS = MARK_BITS + FRAME_BITS + WALL_BITS + CHECK_BITS;
const CHECKED_BITS = MARK_BITS + FRAME_BITS + WALL_BITS;
const BLACK_LUMA = 16;
const WHITE_LUMA = 235;
const GREY_CHROMA = 128;
const THRESHOLD = (BLACK_LUMA + WHITE_LUMA) / 2;
/** x^8 + x^2 + x + 1, as in ATM cells. */
const CHECK_POLYNOMIAL = 0x07;
/** Sides of a block in pictures that were made smaller or larger on the way: 1, 1/2, 2/3, 3/4, 4/3, 3/2, 2 times. */
const SCALES = [1, 1 / 2, 2 / 3, 3 / 4, 4 / 3, 3 / 2, 2];

/** What a strip says. `frame`: modulo 2^32; `wallMs`: whole milliseconds since 1970. */
export interface TimeStrip {
  readonly frame: number;
  readonly wallMs: number;
}

/** Height of the strip of a program of this width, pixels. */
export function timeStripHeight(width: number): number {
  return Math.ceil(BITS / columnsOf(width, BLOCK)) * BLOCK;
}

/** Draws the strip. */
export function drawTimeStrip(canvas: Picture, frame: number, wallMs: number): void {
  const { width, height, data } = canvas;
  const bits = bitsOf(frame, wallMs);
  const columns = columnsOf(width, BLOCK);
  for (let first = 0, top = 0; first < BITS && top + BLOCK <= height; first += columns, top += BLOCK) {
    const count = Math.min(columns, BITS - first);
    const start = top * width;
    for (let column = 0; column < count; column += 1) {
      const luma = bits[first + column] === 1 ? WHITE_LUMA : BLACK_LUMA;
      data.fill(luma, start + column * BLOCK, start + (column + 1) * BLOCK);
    }
    for (let row = 1; row < BLOCK; row += 1) data.copyWithin(start + row * width, start, start + count * BLOCK);
    const half = width >> 1;
    for (let row = top >> 1; row < (top + BLOCK) >> 1; row += 1) {
      for (const plane of [width * height, width * height + ((width * height) >> 2)]) {
        data.fill(GREY_CHROMA, plane + row * half, plane + row * half + (count * BLOCK) / 2);
      }
    }
  }
}

/**
 * Reads the strip from the luma plane (rows of `width` without padding) of a decoded picture, of the program's size or
 * scaled by one of a few usual ratios; undefined when there is none that is whole.
 */
export function readTimeStrip(luma: Uint8Array, width: number): TimeStrip | undefined {
  for (const scale of SCALES) {
    const strip = readAt(luma, width, BLOCK * scale);
    if (strip) return strip;
  }
  return undefined;
}

function columnsOf(width: number, block: number): number {
  return Math.max(1, Math.floor(width / block + 1e-6));
}

function readAt(luma: Uint8Array, width: number, block: number): TimeStrip | undefined {
  const columns = columnsOf(width, block);
  const rows = Math.floor(luma.length / width);
  if (Math.ceil(BITS / columns) * block > rows) return undefined;
  const bits = new Uint8Array(BITS);
  for (let index = 0; index < BITS; index += 1) {
    const left = (index % columns) * block;
    const top = Math.floor(index / columns) * block;
    bits[index] = meanOf(luma, width, left + block / 4, top + block / 4, block / 2) > THRESHOLD ? 1 : 0;
    // Most pictures have no strip: the mark tells soon.
    if (index === MARK_BITS - 1 && numberOf(bits, 0, MARK_BITS) !== MARK) return undefined;
  }
  if (checkOf(bits) !== numberOf(bits, CHECKED_BITS, CHECK_BITS)) return undefined;
  return {
    frame: numberOf(bits, MARK_BITS, FRAME_BITS),
    wallMs: numberOf(bits, MARK_BITS + FRAME_BITS, WALL_BITS),
  };
}

/** Mean of the middle of a block, whose edges the encoder smears. */
function meanOf(luma: Uint8Array, width: number, left: number, top: number, side: number): number {
  let sum = 0;
  let count = 0;
  for (let y = Math.floor(top); y < Math.ceil(top + side); y += 1) {
    for (let x = Math.floor(left); x < Math.ceil(left + side); x += 1) {
      sum += luma[y * width + x] as number;
      count += 1;
    }
  }
  return sum / count;
}

function bitsOf(frame: number, wallMs: number): Uint8Array {
  const bits = new Uint8Array(BITS);
  setBits(bits, 0, MARK_BITS, MARK);
  setBits(bits, MARK_BITS, FRAME_BITS, frame);
  setBits(bits, MARK_BITS + FRAME_BITS, WALL_BITS, Math.floor(wallMs));
  setBits(bits, CHECKED_BITS, CHECK_BITS, checkOf(bits));
  return bits;
}

/** Numbers of up to 53 bits: operators on bits would cut them to 32. */
function setBits(bits: Uint8Array, start: number, count: number, value: number): void {
  let rest = value;
  for (let index = start + count - 1; index >= start; index -= 1) {
    bits[index] = rest % 2;
    rest = Math.floor(rest / 2);
  }
}

function numberOf(bits: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let index = start; index < start + count; index += 1) value = value * 2 + (bits[index] as number);
  return value;
}

function checkOf(bits: Uint8Array): number {
  let check = 0;
  for (let index = 0; index < CHECKED_BITS; index += 1) {
    const out = (check >> 7) ^ (bits[index] as number);
    check = ((check << 1) & 0xff) ^ (out === 1 ? CHECK_POLYNOMIAL : 0);
  }
  return check;
}
