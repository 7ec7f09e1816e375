/** A camera's picture, very small, whenever it is asked for. */
import { THUMBNAIL, lumaOf } from './picture-signals.ts';

/** Looks from its making until `close`; the track stays its owner's. */
export class CameraThumbnails {
  readonly media: MediaStreamTrack;
  readonly #video = document.createElement('video');
  readonly #context: CanvasRenderingContext2D | null;

  constructor(media: MediaStreamTrack) {
    this.media = media;
    const canvas = document.createElement('canvas');
    canvas.width = THUMBNAIL.width;
    canvas.height = THUMBNAIL.height;
    // Read once a second: a canvas of the graphics card would have to be waited for.
    this.#context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.srcObject = new MediaStream([media]);
    // Refused only when it is closed meanwhile.
    this.#video.play().catch(() => undefined);
  }

  /** Brightness of each pixel; undefined before the first picture, and while the page is hidden and its videos may rest. */
  read(): Float32Array | undefined {
    const { width, height } = THUMBNAIL;
    if (document.hidden || this.#video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return undefined;
    this.#context?.drawImage(this.#video, 0, 0, width, height);
    const pixels = this.#context?.getImageData(0, 0, width, height).data;
    return pixels && lumaOf(pixels);
  }

  close(): void {
    this.#video.pause();
    this.#video.srcObject = null;
  }
}
