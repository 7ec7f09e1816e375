/** How large a picture to encode. */

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Sizes an encoder takes, pixels: even ones, as subsampled colour demands, or whole macroblocks only, like the hardware of Android
 * (crbug.com/1084702).
 */
export type SizeStep = 2 | 16;

/** No encoder is asked for less. */
const LEAST = 16;

/** Pictures that differ by less from the shape of their tile fill it; others get bars beside them (`SAME_SHAPE` in src/ffmpeg/live-args.ts). */
const SAME_SHAPE = 0.03;

/**
 * The largest size inside `most`, in multiples of `step`, never larger than the camera's picture and never below 16. It is the
 * tile's own where the camera has about its shape, because nobody has to scale the picture then; else it has about the camera's
 * aspect. Where whole blocks would make another shape of it, a few less of them keep it.
 * @param mayCut whether the camera's edges may be missing for it: by less than 3 %.
 */
export function fitSize(camera: Size, most: Size, step: SizeStep, mayCut = true): Size {
  const scale = Math.min(1, most.width / camera.width, most.height / camera.height);
  const aspect = camera.width / camera.height;
  const down = (pixels: number): number => Math.max(LEAST, Math.floor((pixels + 0.01) / step) * step);
  const near = (pixels: number, limit: number): number =>
    Math.min(limit, Math.max(LEAST, Math.round(pixels / step) * step));
  const off = (size: Size): number => Math.abs(size.width / size.height / aspect - 1);
  const tile = { width: down(most.width), height: down(most.height) };
  if (mayCut && tile.width <= camera.width && tile.height <= camera.height && off(tile) < SAME_SHAPE) return tile;
  const [width, height] = [down(camera.width * scale), down(camera.height * scale)];
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
