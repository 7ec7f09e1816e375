/** Program video: coded frames in, pictures on a canvas in step with the sound. */
import type { Frame } from '../../src/protocol/frame.ts';
import type { ConfigMessage } from '../../src/protocol/messages.ts';
import type { Size } from '../capture/fit-size.ts';
import { nowMs } from '../util/monotonic.ts';
import { type Span, SpanMeter } from '../util/span-meter.ts';
import { CanvasPainter } from './canvas-painter.ts';
import { DecodeGate } from './decode-gate.ts';
import { FrameQueue } from './frame-queue.ts';
import type { ProgramHooks, ShownPicture } from './program-player.ts';

const WAITING_FRAMES = 10;
// What is drawn for one refresh of the screen is on it at the next: 60 a second nearly everywhere.
const SEEN_AFTER_US = 16_667;
// Without a frame of the screen for so long the page is hidden, and pictures are drawn as they come.
const HIDDEN_AFTER_MS = 200;
// A picture that is not on the canvas by then waits for somebody who is busy: the next one may get there another way.
const MOST_PAINTING_MS = 150;

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
  readonly #gate = new DecodeGate();
  readonly #age = new SpanMeter();
  readonly #offset = new SpanMeter();
  #decoder: VideoDecoder | undefined;
  #config: VideoDecoderConfig | undefined;
  #configId: number | undefined;
  #expectedSeq: number | undefined;
  #presented = 0;
  #received = 0;
  #shown: ShownPicture | undefined;
  /** How old the freshest picture was when it arrived, since the last call. */
  #arrivalMs: number | undefined;
  #presentMs = 0;
  /** Since when; undefined: nothing is being painted. */
  #paintingMs: number | undefined;
  /** Size of the picture on the canvas. */
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

  get shown(): ShownPicture | undefined {
    return this.#shown;
  }

  /** How old the freshest picture was by the room's clock when it arrived, since the last call, milliseconds. */
  takeArrival(): number | undefined {
    const freshest = this.#arrivalMs;
    this.#arrivalMs = undefined;
    return freshest;
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
    return this.#gate.held;
  }

  /** Whether decoding by hardware was given up. */
  get software(): boolean {
    return this.#gate.software;
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
    this.#noteArrival(header.captureUs);
    const { keyframe, captureUs: timestampUs } = header;
    const broken = lost || header.discontinuity;
    const { anew, ask, decode } = this.#gate.take({ keyframe, broken, timestampUs }, nowMs());
    if (anew) this.#drop();
    if (ask) this.#options.keyframeWanted();
    if (!decode) return;
    const decoder = this.#decoder ?? this.#open(this.#config);
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
        this.#gate.reset();
        if (this.#gate.mayAsk(nowMs())) this.#options.keyframeWanted();
        if (error.name === 'NotSupportedError') this.#options.failed(error.message);
      },
    });
    this.#decoder = decoder;
    decoder.configure(this.#gate.software ? { ...config, hardwareAcceleration: 'prefer-software' } : config);
    return decoder;
  }

  #take(frame: VideoFrame): void {
    this.#gate.gave(frame.timestamp);
    this.#queue.push(frame);
    if (nowMs() - this.#presentMs > HIDDEN_AFTER_MS) this.#present();
  }

  #noteArrival(captureUs: number): void {
    const roomMs = this.#options.roomMs();
    if (roomMs === undefined) return;
    this.#arrivalMs = Math.min(this.#arrivalMs ?? Number.POSITIVE_INFINITY, roomMs - captureUs / 1000);
  }

  #restart(): void {
    this.#drop();
    this.#gate.reset();
  }

  /** The decoder, and all that is on its way through it. */
  #drop(): void {
    if (this.#decoder && this.#decoder.state !== 'closed') this.#decoder.close();
    this.#decoder = undefined;
    this.#queue.clear();
  }

  readonly #onScreenFrame = (): void => {
    if (this.#closed) return;
    self.requestAnimationFrame(this.#onScreenFrame);
    this.#presentMs = nowMs();
    this.#present();
  };

  #present(): void {
    const now = nowMs();
    if (this.#paintingMs !== undefined && now - this.#paintingMs < MOST_PAINTING_MS) return;
    const heardUs = this.#options.playheadUs();
    // What will be heard when the picture is seen.
    const playheadUs = heardUs === undefined ? undefined : heardUs + SEEN_AFTER_US;
    const frame = this.#queue.take(playheadUs);
    if (!frame) return;
    if (this.#paintingMs !== undefined) this.#painter.abandon(now);
    void this.#paint(frame, playheadUs);
  }

  /** One word is enough for all pictures that fail alike. */
  #failOnce(error: unknown): void {
    if (this.#failed || this.#closed) return;
    this.#failed = true;
    this.#options.failed(error instanceof Error ? error.message : String(error));
  }

  /** @param playheadUs program time heard when the picture is seen. */
  async #paint(frame: VideoFrame, playheadUs: number | undefined): Promise<void> {
    const { timestamp, duration, displayWidth: width, displayHeight: height } = frame;
    const beganMs = nowMs();
    this.#paintingMs = beganMs;
    let painted = false;
    try {
      painted = await this.#painter.paint(frame);
    } catch (error) {
      this.#failOnce(error);
    } finally {
      if (this.#paintingMs === beganMs) this.#paintingMs = undefined;
    }
    if (this.#closed || !painted) return;
    this.#presented += 1;
    const roomMs = this.#options.roomMs();
    const ageMs = roomMs === undefined ? undefined : roomMs + (SEEN_AFTER_US - timestamp) / 1000;
    this.#shown = { us: timestamp, durationUs: duration ?? 0, ageMs };
    if (ageMs !== undefined) this.#age.note(ageMs);
    if (playheadUs !== undefined) this.#offset.note((playheadUs - timestamp) / 1000);
    if (this.#size?.width === width && this.#size.height === height) return;
    this.#size = { width, height };
    this.#options.resized(width, height);
  }
}
