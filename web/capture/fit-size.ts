/** How large a picture to encode. */

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

// Encoders work in macroblocks of 16: other sizes cost padding, and some hardware refuses them.
const BLOCK = 16;

/** Pictures that differ by less from the shape of their tile fill it; others get bars beside them (`SAME_SHAPE` in src/ffmpeg/live-args.ts). */
const SAME_SHAPE = 0.03;

/**
 * The largest size of about the camera's aspect inside `most`, in multiples of 16, never larger than the camera's picture
 * and never below 16. Where whole blocks would make another shape of it, a few less of them keep it.
 */
export function fitSize(camera: Size, most: Size): Size {
  const scale = Math.min(1, most.width / camera.width, most.height / camera.height);
  const aspect = camera.width / camera.height;
  const down = (pixels: number): number => Math.max(BLOCK, Math.floor((pixels * scale + 0.01) / BLOCK) * BLOCK);
  const near = (pixels: number, limit: number): number =>
    Math.min(limit, Math.max(BLOCK, Math.round(pixels / BLOCK) * BLOCK));
  const [width, height] = [down(camera.width), down(camera.height)];
  const off = (size: Size): number => Math.abs(size.width / size.height / aspect - 1);
  const largest = { width, height };
  if (off(largest) < SAME_SHAPE) return largest;
  const narrower = { width: near(height * aspect, width), height };
  const lower = { width, height: near(width / aspect, height) };
  return [largest, narrower, lower].reduce((best, size) => (off(size) < off(best) ? size : best));
}

/** A part of a picture, in whole even pixels, as subsampled colour demands. */
export interface Crop extends Size {
  readonly x: number;
  readonly y: number;
}

/** The middle part of `camera` with the aspect of `size`, so that scaling it does not distort faces. */
export function cropTo(camera: Size, size: Size): Crop {
  const wanted = size.width / size.height;
  const even = (pixels: number): number => Math.max(2, Math.floor(pixels / 2) * 2);
  const width = Math.min(even(camera.width), even(camera.height * wanted));
  const height = Math.min(even(camera.height), even(camera.width / wanted));
  return { x: evenHalf(camera.width - width), y: evenHalf(camera.height - height), width, height };
}

function evenHalf(rest: number): number {
  return Math.floor(Math.max(0, rest) / 4) * 2;
}
