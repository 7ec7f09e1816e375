/** Small pictures with transparency that are blended over the program: labels, avatars' initials. */
import type { Picture } from './picture.ts';
import { yuvOf } from './picture.ts';

/** Colour multiplied by its opacity, with the opacity beside it, per plane; sizes are even. */
export interface Overlay {
  readonly width: number;
  readonly height: number;
  readonly luma: PlaneOverlay;
  readonly u: PlaneOverlay;
  readonly v: PlaneOverlay;
}

interface PlaneOverlay {
  /** Colour × opacity, 0–255. */
  readonly value: Uint8Array;
  /** 255 - opacity: what is kept of the picture below. */
  readonly keep: Uint8Array;
}

/** Turns RGBA rows (8 bit, not premultiplied, as a canvas gives them) into an overlay. */
export function overlayFromRgba(rgba: Uint8Array | Uint8ClampedArray, width: number, height: number): Overlay {
  const luma = plane(width * height);
  const u = plane((width * height) / 4);
  const v = plane((width * height) / 4);
  const at = (x: number, y: number, channel: number): number => rgba[(y * width + x) * 4 + channel] as number;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const color = yuvOf(at(x, y, 0), at(x, y, 1), at(x, y, 2));
      setSample(luma, y * width + x, color.y, at(x, y, 3));
    }
  }
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      // The four pixels of a chroma sample, weighted by their opacity so that transparent ones lend no colour.
      let alpha = 0;
      const sum = [0, 0, 0];
      for (const [dx, dy] of QUAD) {
        const weight = at(x + dx, y + dy, 3);
        alpha += weight;
        for (let channel = 0; channel < 3; channel += 1) {
          sum[channel] = (sum[channel] as number) + weight * at(x + dx, y + dy, channel);
        }
      }
      const [red, green, blue] = sum.map((value) => (alpha === 0 ? 0 : value / alpha));
      const color = yuvOf(red as number, green as number, blue as number);
      const index = (y / 2) * (width / 2) + x / 2;
      setSample(u, index, color.u, alpha / 4);
      setSample(v, index, color.v, alpha / 4);
    }
  }
  return { width, height, luma, u, v };
}

/** Blends an overlay at (x, y), both even; it must lie within the picture. */
export function blendOverlay(target: Picture, overlay: Overlay, x: number, y: number): void {
  const lumaBytes = target.width * target.height;
  const half = target.width >> 1;
  blendPlane(target.data, overlay.luma, overlay.width, overlay.height, y * target.width + x, target.width);
  const chroma = lumaBytes + (y >> 1) * half + (x >> 1);
  blendPlane(target.data, overlay.u, overlay.width >> 1, overlay.height >> 1, chroma, half);
  blendPlane(target.data, overlay.v, overlay.width >> 1, overlay.height >> 1, chroma + (lumaBytes >> 2), half);
}

const QUAD = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const;

function plane(samples: number): PlaneOverlay {
  return { value: new Uint8Array(samples), keep: new Uint8Array(samples) };
}

function setSample(target: PlaneOverlay, index: number, color: number, alpha: number): void {
  target.value[index] = Math.round((color * alpha) / 255);
  target.keep[index] = 255 - Math.round(alpha);
}

function blendPlane(
  data: Buffer,
  overlay: PlaneOverlay,
  width: number,
  height: number,
  start: number,
  stride: number,
): void {
  const { value, keep } = overlay;
  let source = 0;
  for (let row = 0; row < height; row += 1) {
    let at = start + row * stride;
    for (let column = 0; column < width; column += 1) {
      const kept = keep[source] as number;
      // Multiply by 257 and shift by 16: an exact enough division by 255 without dividing.
      if (kept !== 255) data[at] = (value[source] as number) + (((data[at] as number) * kept * 257 + 32768) >> 16);
      at += 1;
      source += 1;
    }
  }
}
