/** How large a picture to encode. */

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

// Encoders work in macroblocks of 16: other sizes cost padding, and some hardware refuses them.
const BLOCK = 16;

/**
 * The largest size of about the camera's aspect inside `most`, in multiples of 16, never larger than the camera's picture
 * and never below 16.
 */
export function fitSize(camera: Size, most: Size): Size {
  const scale = Math.min(1, most.width / camera.width, most.height / camera.height);
  const down = (pixels: number): number => Math.max(BLOCK, Math.floor((pixels * scale + 0.01) / BLOCK) * BLOCK);
  return { width: down(camera.width), height: down(camera.height) };
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
