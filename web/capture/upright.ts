/** Pictures the right way up and of the encoder's aspect: encoders take neither turned nor mirrored ones, and some no others than their own size. */
import { cropTo, type Size } from './fit-size.ts';

const QUARTER = 90;

/** The picture's size as it is looked at, pixels. */
export function uprightSize(frame: VideoFrame): Size {
  const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };
  return ((frame.rotation ?? 0) / QUARTER) % 2 === 0 ? { width, height } : { width: height, height: width };
}

/** Keeps a canvas for pictures that have to be drawn. */
export class UprightPictures {
  #canvas: OffscreenCanvas | undefined;
  /** Whether every picture is drawn in the encoder's own size, instead of leaving the cutting and scaling to it: a copy each. */
  readonly #drawn: boolean;

  constructor(drawn = false) {
    this.#drawn = drawn;
  }

  /** A frame with `captureUs` of the middle of `frame`, which stays the caller's; so does closing what is given. */
  take(frame: VideoFrame, size: Size, captureUs: number): VideoFrame {
    const crop = cropTo(uprightSize(frame), size);
    if (this.#drawn || (frame.rotation ?? 0) !== 0 || frame.flip === true)
      return this.#draw(frame, crop, size, captureUs);
    const { x, y } = frame.visibleRect ?? { x: 0, y: 0 };
    const { width, height } = crop;
    return new VideoFrame(frame, {
      timestamp: captureUs,
      visibleRect: { x: x + crop.x, y: y + crop.y, width, height },
    });
  }

  #draw(frame: VideoFrame, crop: ReturnType<typeof cropTo>, size: Size, captureUs: number): VideoFrame {
    if (this.#canvas?.width !== size.width || this.#canvas.height !== size.height) {
      this.#canvas = new OffscreenCanvas(size.width, size.height);
    }
    // Drawing turns: what a canvas shows is always upright.
    this.#canvas
      .getContext('2d', { alpha: false })
      ?.drawImage(frame, crop.x, crop.y, crop.width, crop.height, 0, 0, size.width, size.height);
    return new VideoFrame(this.#canvas, { timestamp: captureUs, alpha: 'discard' });
  }
}
