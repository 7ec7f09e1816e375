/** Program video: coded frames in, pictures on a canvas in step with the sound. */
import type { Frame } from '../../src/protocol/frame.ts';
import type { ConfigMessage } from '../../src/protocol/messages.ts';
import { FrameQueue } from './frame-queue.ts';

// A second of pictures in the decoder means that it hangs or that this computer is too slow.
const MOST_DECODING = 30;
const WAITING_FRAMES = 10;
const ASK_AGAIN_MS = 1000;

/** What it needs. */
export interface ProgramVideoOptions {
  readonly canvas: HTMLCanvasElement;
  /** Program time being heard, microseconds; undefined: show what comes. */
  playheadUs(): number | undefined;
  /** Frames are missing: the next one of use is a key frame. */
  keyframeWanted(): void;
  /** The first picture is on the canvas, or the picture's size changed. */
  resized(width: number, height: number): void;
  failed(message: string): void;
}

/** Runs from its making until `close`. */
export class ProgramVideo {
  readonly #options: ProgramVideoOptions;
  readonly #queue = new FrameQueue<VideoFrame>(WAITING_FRAMES);
  readonly #context: CanvasRenderingContext2D | null;
  #decoder: VideoDecoder | undefined;
  #config: VideoDecoderConfig | undefined;
  #configId: number | undefined;
  #awaitsKeyframe = true;
  #askedMs = Number.NEGATIVE_INFINITY;
  #expectedSeq: number | undefined;
  #presented = 0;
  #received = 0;
  #shownUs: number | undefined;
  #closed = false;

  constructor(options: ProgramVideoOptions) {
    this.#options = options;
    this.#context = options.canvas.getContext('2d', { alpha: false, desynchronized: true });
    requestAnimationFrame(this.#present);
  }

  /** Pictures shown so far. */
  get presented(): number {
    return this.#presented;
  }

  /** Program time of the picture on the canvas, microseconds since 1970 by the room's clock. */
  get shownUs(): number | undefined {
    return this.#shownUs;
  }

  /** Coded frames that arrived so far. */
  get received(): number {
    return this.#received;
  }

  configure(config: ConfigMessage): void {
    if (config.codec === 'opus') return;
    this.#configId = config.id;
    this.#config = {
      codec: config.codec === 'h264' ? config.codecString : 'vp8',
      codedWidth: config.width,
      codedHeight: config.height,
      optimizeForLatency: true,
    };
    this.#restart();
  }

  push({ header, payload }: Frame): void {
    this.#received += 1;
    const lost = this.#expectedSeq !== undefined && header.seq !== this.#expectedSeq;
    this.#expectedSeq = (header.seq + 1) % 2 ** 32;
    if (header.configId !== this.#configId || !this.#config) return;
    const decoder = this.#decoder ?? this.#open(this.#config);
    if (lost || header.discontinuity || decoder.decodeQueueSize > MOST_DECODING) this.#awaitsKeyframe = true;
    if (this.#awaitsKeyframe && !header.keyframe) {
      this.#ask();
      return;
    }
    this.#awaitsKeyframe = false;
    decoder.decode(
      new EncodedVideoChunk({
        type: header.keyframe ? 'key' : 'delta',
        timestamp: header.captureUs,
        duration: header.durationUs,
        data: payload,
      }),
    );
  }

  /** The connection was cut: numbers start anew. */
  reset(): void {
    this.#expectedSeq = undefined;
    this.#configId = undefined;
    this.#restart();
  }

  close(): void {
    this.#closed = true;
    this.#restart();
  }

  #open(config: VideoDecoderConfig): VideoDecoder {
    const decoder = new VideoDecoder({
      output: (frame) => {
        if (this.#decoder === decoder) this.#queue.push(frame);
        else frame.close();
      },
      error: (error) => {
        if (this.#decoder !== decoder) return;
        this.#decoder = undefined;
        this.#awaitsKeyframe = true;
        this.#ask();
        if (error.name === 'NotSupportedError') this.#options.failed(error.message);
      },
    });
    this.#decoder = decoder;
    this.#awaitsKeyframe = true;
    decoder.configure(config);
    return decoder;
  }

  #restart(): void {
    if (this.#decoder && this.#decoder.state !== 'closed') this.#decoder.close();
    this.#decoder = undefined;
    this.#awaitsKeyframe = true;
    this.#queue.clear();
  }

  #ask(): void {
    const now = performance.now();
    if (now - this.#askedMs < ASK_AGAIN_MS) return;
    this.#askedMs = now;
    this.#options.keyframeWanted();
  }

  readonly #present = (): void => {
    if (this.#closed) return;
    requestAnimationFrame(this.#present);
    const frame = this.#queue.take(this.#options.playheadUs());
    if (!frame) return;
    const { canvas } = this.#options;
    if (canvas.width !== frame.displayWidth || canvas.height !== frame.displayHeight || this.#presented === 0) {
      canvas.width = frame.displayWidth;
      canvas.height = frame.displayHeight;
      this.#options.resized(frame.displayWidth, frame.displayHeight);
    }
    this.#context?.drawImage(frame, 0, 0);
    this.#shownUs = frame.timestamp;
    frame.close();
    this.#presented += 1;
  };
}
