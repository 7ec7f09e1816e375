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
  const luma = lumaFromRgba(rgba, width * height);
  const { u, v, keep } = chromaFromRgba(rgba, width, height);
  const chroma = { width: width >> 1, keep, runs: runsOf(keep, width >> 1) };
  return {
    width,
    height,
    luma: { ...luma, width, runs: runsOf(luma.keep, width) },
    u: { ...chroma, value: u },
    v: { ...chroma, value: v },
  };
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
  const stride = target.width;
  const half = stride >> 1;
  blendPlane(target.data, overlay.luma, { start: y * stride + x, stride }, { left, top, right, bottom });
  const start = lumaBytes + (y >> 1) * half + (x >> 1);
  const window = { left: left >> 1, top: top >> 1, right: right >> 1, bottom: bottom >> 1 };
  blendPlane(target.data, overlay.u, { start, stride: half }, window);
  blendPlane(target.data, overlay.v, { start: start + (lumaBytes >> 2), stride: half }, window);
}

/** Where the first sample of an overlay's plane goes, and how far apart rows are there. */
interface PlanePlace {
  readonly start: number;
  readonly stride: number;
}

/** What is drawn of an overlay's plane, in its own samples; `right` and `bottom` lie behind it. */
interface PlaneWindow {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
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

function lumaFromRgba(rgba: Uint8Array | Uint8ClampedArray, pixels: number): Pick<PlaneOverlay, 'value' | 'keep'> {
  const [value, keep] = [new Uint8Array(pixels), new Uint16Array(pixels)];
  for (let index = 0, at = 0; index < pixels; index += 1, at += 4) {
    const alpha = rgba[at + 3] as number;
    keep[index] = KEEP[alpha] as number;
    if (alpha === 0) continue;
    const color = lumaOf(rgba[at] as number, rgba[at + 1] as number, rgba[at + 2] as number);
    value[index] = alpha === 255 ? color : ((color * alpha + 127) / 255) | 0;
  }
  return { value, keep };
}

/** The four pixels of each sample are weighted by their opacity, so that transparent ones lend no colour. */
function chromaFromRgba(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
): { readonly u: Uint8Array; readonly v: Uint8Array; readonly keep: Uint16Array } {
  const samples = (width * height) >> 2;
  const half = width >> 1;
  const [u, v, keep] = [new Uint8Array(samples), new Uint8Array(samples), new Uint16Array(samples)];
  for (let index = 0; index < samples; index += 1) {
    const corner = 2 * (((index / half) | 0) * width + (index % half));
    let alpha = 0;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let quarter = 0; quarter < 4; quarter += 1) {
      const at = (corner + (quarter >> 1) * width + (quarter & 1)) * 4;
      const weight = rgba[at + 3] as number;
      alpha += weight;
      red += weight * (rgba[at] as number);
      green += weight * (rgba[at + 1] as number);
      blue += weight * (rgba[at + 2] as number);
    }
    keep[index] = (((1020 - alpha) * 256 + 510) / 1020) | 0;
    if (alpha === 0) continue;
    const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    const strength = CHROMA_SCALE / alpha;
    // All of it is positive, so cutting the fraction off rounds down.
    const uColor = (128.5 + ((blue - luma) / 1.8556) * strength) | 0;
    const vColor = (128.5 + ((red - luma) / 1.5748) * strength) | 0;
    u[index] = ((uColor * alpha + 510) / 1020) | 0;
    v[index] = ((vColor * alpha + 510) / 1020) | 0;
  }
  return { u, v, keep };
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

function blendPlane(
  data: Buffer,
  { runs, value, keep, width }: PlaneOverlay,
  { start, stride }: PlanePlace,
  { left, top, right, bottom }: PlaneWindow,
): void {
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
