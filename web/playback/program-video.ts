/** Program video: coded frames in, pictures on a canvas in step with the sound. */
import type { Frame } from '../../src/protocol/frame.ts';
import type { ConfigMessage } from '../../src/protocol/messages.ts';
import type { Size } from '../capture/fit-size.ts';
import { nowMs } from '../util/monotonic.ts';
import { type Span, SpanMeter } from '../util/span-meter.ts';
import { CanvasPainter } from './canvas-painter.ts';
import { DecoderWatch } from './decoder-watch.ts';
import { FrameQueue } from './frame-queue.ts';
import type { ProgramHooks } from './program-player.ts';

// A second of pictures in the decoder means that it hangs or that this computer is too slow.
const MOST_DECODING = 30;
const WAITING_FRAMES = 10;
const ASK_AGAIN_MS = 1000;
// What is drawn for one refresh of the screen is on it at the next: 60 a second nearly everywhere.
const SEEN_AFTER_US = 16_667;
// Without a frame of the screen for so long the page is hidden, and pictures are drawn as they come.
const HIDDEN_AFTER_MS = 200;

/** What it needs. */
export interface ProgramVideoOptions extends ProgramHooks {
  readonly canvas: OffscreenCanvas | HTMLCanvasElement;
  /** Program time being heard, microseconds; undefined: show what comes. */
  playheadUs(): number | undefined;
  /** The room's clock, milliseconds since 1970; undefined before it is known. */
  roomMs(): number | undefined;
}

/** Runs from its making until `close`. */
export class ProgramVideo {
  readonly #options: ProgramVideoOptions;
  readonly #queue = new FrameQueue<VideoFrame>(WAITING_FRAMES);
  readonly #painter: CanvasPainter;
  readonly #watch = new DecoderWatch();
  readonly #age = new SpanMeter();
  readonly #offset = new SpanMeter();
  #decoder: VideoDecoder | undefined;
  #config: VideoDecoderConfig | undefined;
  #configId: number | undefined;
  #awaitsKeyframe = true;
  #askedMs = Number.NEGATIVE_INFINITY;
  #expectedSeq: number | undefined;
  #presented = 0;
  #received = 0;
  #shownUs: number | undefined;
  /** This computer's hardware holds pictures back. */
  #software = false;
  #presentMs = 0;
  #painting = false;
  /** Of the picture on the canvas. */
  #size: Size | undefined;
  #closed = false;
  /** The person has read that pictures cannot be painted. */
  #failed = false;

  constructor(options: ProgramVideoOptions) {
    this.#options = options;
    this.#painter = new CanvasPainter(options.canvas);
    self.requestAnimationFrame(this.#onScreenFrame);
  }

  /** Pictures shown so far. */
  get presented(): number {
    return this.#presented;
  }

  /** Program time of the picture on the canvas, microseconds since 1970 by the room's clock. */
  get shownUs(): number | undefined {
    return this.#shownUs;
  }

  /** How old pictures were by the room's clock when they were seen, since the last call. */
  takeAge(): Span | undefined {
    return this.#age.take();
  }

  /** How far pictures were behind the sound when they were seen, since the last call. */
  takeSoundOffset(): Span | undefined {
    return this.#offset.take();
  }

  /** Decoded pictures that were never shown, because a newer one was due. */
  get dropped(): number {
    return this.#queue.dropped;
  }

  /** Coded pictures in the decoder. */
  get decoding(): number {
    return this.#watch.held;
  }

  /** Whether decoding by hardware was given up. */
  get software(): boolean {
    return this.#software;
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
    if (this.#watch.isStuck(nowMs())) this.#giveUpHardware();
    const decoder = this.#decoder ?? this.#open(this.#config);
    if (lost || header.discontinuity || decoder.decodeQueueSize > MOST_DECODING) this.#awaitsKeyframe = true;
    if (this.#awaitsKeyframe && !header.keyframe) {
      this.#ask();
      return;
    }
    this.#awaitsKeyframe = false;
    this.#watch.fed(nowMs());
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
        if (this.#decoder === decoder) this.#take(frame);
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
    this.#watch.reset();
    decoder.configure(this.#software ? { ...config, hardwareAcceleration: 'prefer-software' } : config);
    return decoder;
  }

  #take(frame: VideoFrame): void {
    this.#watch.gave();
    this.#queue.push(frame);
    if (nowMs() - this.#presentMs > HIDDEN_AFTER_MS) this.#present();
  }

  /** Once: software that is behind is slow, and another try would make it slower. */
  #giveUpHardware(): void {
    if (this.#software) {
      this.#watch.reset();
      return;
    }
    this.#software = true;
    this.#restart();
  }

  #restart(): void {
    if (this.#decoder && this.#decoder.state !== 'closed') this.#decoder.close();
    this.#decoder = undefined;
    this.#awaitsKeyframe = true;
    this.#watch.reset();
    this.#queue.clear();
  }

  #ask(): void {
    const now = performance.now();
    if (now - this.#askedMs < ASK_AGAIN_MS) return;
    this.#askedMs = now;
    this.#options.keyframeWanted();
  }

  readonly #onScreenFrame = (): void => {
    if (this.#closed) return;
    self.requestAnimationFrame(this.#onScreenFrame);
    this.#presentMs = nowMs();
    this.#present();
  };

  #present(): void {
    if (this.#painting) return;
    const heardUs = this.#options.playheadUs();
    // What will be heard when the picture is seen.
    const playheadUs = heardUs === undefined ? undefined : heardUs + SEEN_AFTER_US;
    const frame = this.#queue.take(playheadUs);
    if (frame) void this.#paint(frame, playheadUs);
  }

  /** One word is enough for all pictures that fail alike. */
  #failOnce(error: unknown): void {
    if (this.#failed || this.#closed) return;
    this.#failed = true;
    this.#options.failed(error instanceof Error ? error.message : String(error));
  }

  /** @param playheadUs program time heard when the picture is seen. */
  async #paint(frame: VideoFrame, playheadUs: number | undefined): Promise<void> {
    const { timestamp, displayWidth: width, displayHeight: height } = frame;
    this.#painting = true;
    try {
      await this.#painter.paint(frame);
    } catch (error) {
      this.#failOnce(error);
      return;
    } finally {
      this.#painting = false;
    }
    if (this.#closed) return;
    this.#shownUs = timestamp;
    this.#presented += 1;
    const roomMs = this.#options.roomMs();
    if (roomMs !== undefined) this.#age.note(roomMs + (SEEN_AFTER_US - timestamp) / 1000);
    if (playheadUs !== undefined) this.#offset.note((playheadUs - timestamp) / 1000);
    if (this.#size?.width === width && this.#size.height === height) return;
    this.#size = { width, height };
    this.#options.resized(width, height);
  }
}
