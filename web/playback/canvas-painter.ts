/** Puts decoded pictures on a canvas by the way that this thread can go alone. */
import { nowMs } from '../util/monotonic.ts';
import { CopyPace } from './copy-pace.ts';
import { type YuvMatrix, YuvPixels } from './yuv-pixels.ts';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

// Unmarked pictures of at least this width are taken for high definition.
const HD_WIDTH = 1280;
// What stands in for a GPU: of browsers, of Linux, of Windows and of macOS.
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

const AS_PIXELS: VideoFrameCopyToOptions = { format: 'RGBA' };
const BYTES_PER_PIXEL = 4;

/**
 * Draws the plain way where there is a GPU. In a worker without one, each picture is copied out as pixels, which the browser
 * converts: 1 ms for 1280x720, where drawing takes 14 and script 9. Chromium asks the page's thread for that, and waits for it, as
 * it does to draw: with a busy page 4 of 30 pictures a second came. While that is so, script converts the planes here.
 */
export class CanvasPainter {
  readonly #canvas: OffscreenCanvas | HTMLCanvasElement;
  readonly #context: Context | null;
  readonly #plain: boolean;
  readonly #converters = new Map<YuvMatrix, YuvPixels>();
  readonly #pace = new CopyPace();
  #planes = new Uint8Array(0);
  #image: ImageData | undefined;

  constructor(canvas: OffscreenCanvas | HTMLCanvasElement) {
    this.#canvas = canvas;
    const settings: CanvasRenderingContext2DSettings = { alpha: false, desynchronized: true };
    // Elements do not exist in a worker.
    const onPage = typeof HTMLCanvasElement !== 'undefined' && canvas instanceof HTMLCanvasElement;
    this.#context = onPage ? canvas.getContext('2d', settings) : (canvas as OffscreenCanvas).getContext('2d', settings);
    this.#plain = onPage || hasGpu();
  }

  /** Takes `frame` over, and closes it; resolves when it is drawn, with false when it was abandoned before. The canvas takes the picture's size. */
  async paint(frame: VideoFrame): Promise<boolean> {
    try {
      const { displayWidth: width, displayHeight: height } = frame;
      if (this.#canvas.width !== width) this.#canvas.width = width;
      if (this.#canvas.height !== height) this.#canvas.height = height;
      if (!this.#plain && isPlanar(frame)) return await this.#convert(frame, width, height);
      this.#context?.drawImage(frame, 0, 0);
      return true;
    } finally {
      frame.close();
    }
  }

  /** Nobody waits for the picture that is being painted any more: what is written to its pixels is left to it. */
  abandon(now: number): void {
    this.#image = undefined;
    this.#planes = new Uint8Array(0);
    this.#pace.abandoned(now);
  }

  async #convert(frame: VideoFrame, width: number, height: number): Promise<boolean> {
    if (this.#image?.width !== width || this.#image.height !== height) this.#image = new ImageData(width, height);
    const image = this.#image;
    if (givesPixels(frame) && this.#pace.mayCopy(nowMs())) await this.#copy(frame, image);
    else await this.#compute(frame, image);
    if (this.#image !== image) return false;
    this.#context?.putImageData(image, 0, 0);
    return true;
  }

  async #copy(frame: VideoFrame, image: ImageData): Promise<void> {
    const beganMs = nowMs();
    await frame.copyTo(image.data, AS_PIXELS);
    const endedMs = nowMs();
    // What was abandoned is known to be slow.
    if (this.#image === image) this.#pace.copied(endedMs - beganMs, endedMs);
  }

  async #compute(frame: VideoFrame, image: ImageData): Promise<void> {
    const { width, height } = image;
    const size = frame.allocationSize();
    if (this.#planes.byteLength < size) this.#planes = new Uint8Array(size);
    const data = this.#planes;
    const matrix = matrixOf(frame);
    const planes = await frame.copyTo(data);
    const converter = this.#converters.get(matrix) ?? new YuvPixels(matrix);
    this.#converters.set(matrix, converter);
    converter.write({ data, planes, width, height }, new Uint32Array(image.data.buffer));
  }
}

/** Whether pictures are drawn by hardware; browsers say which, where they say nothing it is taken for granted. */
function hasGpu(): boolean {
  const context = new OffscreenCanvas(1, 1).getContext('webgl');
  if (!context) return false;
  const names = context.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = context.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : context.RENDERER);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return !SOFTWARE.test(String(name));
}

function isPlanar(frame: VideoFrame): boolean {
  const { format, visibleRect, displayWidth, displayHeight, colorSpace } = frame;
  const square = visibleRect?.width === displayWidth && visibleRect.height === displayHeight;
  return format === 'I420' && square && colorSpace.fullRange !== true && (frame.rotation ?? 0) === 0;
}

/** Browsers that do not know the wish ignore it, and would give planes. */
function givesPixels(frame: VideoFrame): boolean {
  return frame.allocationSize(AS_PIXELS) === frame.displayWidth * frame.displayHeight * BYTES_PER_PIXEL;
}

function matrixOf({ colorSpace, displayWidth }: VideoFrame): YuvMatrix {
  if (colorSpace.matrix === 'bt709') return 'bt709';
  return colorSpace.matrix === null && displayWidth >= HD_WIDTH ? 'bt709' : 'bt601';
}
