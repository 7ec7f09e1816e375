/** Small pictures with transparency that are blended over the program: labels, marks, logos. */
import type { Cell } from '../layout/layout.ts';
import type { Picture } from './picture.ts';

/** Colour multiplied by its opacity (BT.709, limited range), with what is kept of the picture below, per plane; sizes are even. */
export interface Overlay {
  readonly width: number;
  readonly height: number;
  readonly luma: PlaneOverlay;
  readonly u: PlaneOverlay;
  readonly v: PlaneOverlay;
}

/** One plane of an overlay. */
export interface PlaneOverlay {
  readonly width: number;
  /** Colour × opacity, 0–255. */
  readonly value: Uint8Array;
  /** What is kept of the picture below, 0 (opaque) to 256 (transparent). */
  readonly keep: Uint16Array;
  /** Stretches of a row that are not transparent, in order: row, first column, column behind the last, 1 when opaque. */
  readonly runs: Int32Array;
}

/** Turns RGBA rows (8 bit, not premultiplied, as a canvas gives them) into an overlay. */
export function overlayFromRgba(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): Overlay {
  const luma = { value: new Uint8Array(width * height), keep: new Uint16Array(width * height) };
  const chroma = (width * height) >> 2;
  const u = { value: new Uint8Array(chroma), keep: new Uint16Array(chroma) };
  const v = { value: new Uint8Array(chroma), keep: u.keep };
  for (let index = 0, at = 0; index < width * height; index += 1, at += 4) {
    const alpha = rgba[at + 3] as number;
    luma.keep[index] = KEEP[alpha] as number;
    if (alpha === 0) continue;
    const color = lumaOf(rgba[at] as number, rgba[at + 1] as number, rgba[at + 2] as number);
    luma.value[index] = alpha === 255 ? color : ((color * alpha + 127) / 255) | 0;
  }
  for (let row = 0; row < height >> 1; row += 1) {
    for (let column = 0; column < width >> 1; column += 1) {
      setChroma(rgba, width, row, column, row * (width >> 1) + column, u, v);
    }
  }
  const withRuns = (plane: Samples, planeWidth: number): PlaneOverlay => ({
    ...plane,
    width: planeWidth,
    runs: runsOf(plane.keep, planeWidth),
  });
  const uPlane = withRuns(u, width >> 1);
  return { width, height, luma: withRuns(luma, width), u: uPlane, v: { ...uPlane, value: v.value } };
}

/** Blends an overlay at (x, y), both even; what lies outside of `clip` or of the picture is left out. */
export function blendOverlay(
  target: Picture,
  overlay: Overlay,
  x: number,
  y: number,
  clip: Cell = whole(target),
): void {
  const left = Math.max(0, clip.x) - x;
  const top = Math.max(0, clip.y) - y;
  const right = Math.min(target.width, clip.x + clip.width) - x;
  const bottom = Math.min(target.height, clip.y + clip.height) - y;
  if (right <= 0 || bottom <= 0 || left >= overlay.width || top >= overlay.height) return;
  const lumaBytes = target.width * target.height;
  const half = target.width >> 1;
  blendPlane(target.data, overlay.luma, y * target.width + x, target.width, left, top, right, bottom);
  const start = lumaBytes + (y >> 1) * half + (x >> 1);
  const window = [left >> 1, top >> 1, right >> 1, bottom >> 1] as const;
  blendPlane(target.data, overlay.u, start, half, ...window);
  blendPlane(target.data, overlay.v, start + (lumaBytes >> 2), half, ...window);
}

interface Samples {
  readonly value: Uint8Array;
  readonly keep: Uint16Array;
}

const LUMA_SCALE = 219 / 255;
const CHROMA_SCALE = 224 / 255;
/** What is kept below each opacity. */
const KEEP = Uint16Array.from({ length: 256 }, (_, alpha) => Math.round(((255 - alpha) * 256) / 255));
/** Longer opaque stretches are copied as a whole; for shorter ones the call would cost more than the loop. */
const COPY_FROM = 48;

function whole(target: Picture): Cell {
  return { x: 0, y: 0, width: target.width, height: target.height };
}

/** The four pixels of a chroma sample, weighted by their opacity so that transparent ones lend no colour. */
function setChroma(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  row: number,
  column: number,
  index: number,
  u: Samples,
  v: Samples,
): void {
  let alpha = 0;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let quarter = 0; quarter < 4; quarter += 1) {
    const at = ((row * 2 + (quarter >> 1)) * width + column * 2 + (quarter & 1)) * 4;
    const weight = rgba[at + 3] as number;
    alpha += weight;
    red += weight * (rgba[at] as number);
    green += weight * (rgba[at + 1] as number);
    blue += weight * (rgba[at + 2] as number);
  }
  u.keep[index] = (((1020 - alpha) * 256 + 510) / 1020) | 0;
  if (alpha === 0) return;
  const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const strength = CHROMA_SCALE / alpha;
  // All of it is positive, so cutting the fraction off rounds down.
  const uColor = (128.5 + ((blue - luma) / 1.8556) * strength) | 0;
  const vColor = (128.5 + ((red - luma) / 1.5748) * strength) | 0;
  u.value[index] = ((uColor * alpha + 510) / 1020) | 0;
  v.value[index] = ((vColor * alpha + 510) / 1020) | 0;
}

/** As `yuvOf`, without an object per pixel. */
function lumaOf(red: number, green: number, blue: number): number {
  return (16.5 + (0.2126 * red + 0.7152 * green + 0.0722 * blue) * LUMA_SCALE) | 0;
}

function runsOf(keep: Uint16Array, width: number): Int32Array {
  const runs: number[] = [];
  for (let start = 0; start < keep.length; start += width) {
    let column = 0;
    while (column < width) {
      const first = column;
      const kept = keep[start + first] as number;
      if (kept === 256) {
        column += 1;
        continue;
      }
      const opaque = kept === 0;
      while (column < width && keep[start + column] !== 256 && (keep[start + column] === 0) === opaque) column += 1;
      runs.push(start / width, first, column, opaque ? 1 : 0);
    }
  }
  return Int32Array.from(runs);
}

/** The window is in samples of the overlay's plane. */
function blendPlane(
  data: Buffer,
  plane: PlaneOverlay,
  start: number,
  stride: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
): void {
  const { runs, value, keep, width } = plane;
  for (let run = 0; run < runs.length; run += 4) {
    const row = runs[run] as number;
    if (row < top) continue;
    if (row >= bottom) return;
    const from = Math.max(runs[run + 1] as number, left);
    const to = Math.min(runs[run + 2] as number, right);
    const opaque = runs[run + 3] === 1;
    let at = start + row * stride + from;
    let source = row * width + from;
    const end = row * width + to;
    if (opaque && to - from >= COPY_FROM) {
      data.set(value.subarray(source, end), at);
    } else if (opaque) {
      for (; source < end; source += 1, at += 1) data[at] = value[source] as number;
    } else {
      for (; source < end; source += 1, at += 1) {
        data[at] = (value[source] as number) + (((data[at] as number) * (keep[source] as number) + 128) >> 8);
      }
    }
  }
}
