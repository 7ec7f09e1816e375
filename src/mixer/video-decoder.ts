/** One decoder process: coded frames in, pictures of exactly one size out. Never restarted: a failure ends it. */
import type { FfmpegProcess, SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import { decodeVideoArgs } from '../ffmpeg/live-args.ts';
import { isHeldUp, processorMs } from '../ffmpeg/processor-time.ts';
import type { Logger } from '../logger.ts';
import type { VideoConfig } from '../media/codec.ts';
import { matroskaFrame, matroskaHeader } from '../media/matroska-writer.ts';
import { NutReader } from '../media/nut-reader.ts';
import type { Clock } from '../util/clock.ts';
import { DecodeCost } from './decode-cost.ts';
import { FramePool } from './frame-pool.ts';
import { type Picture, pictureBytes } from './picture.ts';

/** A decoded picture and the capture time of its content. */
export interface DecodedFrame {
  readonly captureUs: number;
  readonly picture: Picture;
}

/** Coded video as the decoder wants it; `captureUs` is the capture time as ingest mapped it, monotonic microseconds. */
export interface CodedFrame {
  readonly captureUs: number;
  readonly keyframe: boolean;
  readonly data: Uint8Array;
}

/** The pictures that are wanted: exactly this size in pixels, both even; `contain` adds bars, `cover` cuts edges. */
export interface PictureForm {
  readonly width: number;
  readonly height: number;
  readonly fit: 'contain' | 'cover';
}

/** Whether two forms are the same. */
export function sameForm(a: PictureForm, b: PictureForm | undefined): boolean {
  return a.width === b?.width && a.height === b.height && a.fit === b.fit;
}

/** Why a run is over: broken, or too much work, which another run would not reduce. */
export type DecoderFault = 'decode_failed' | 'too_expensive';

/** Options of one run. */
export interface VideoDecoderOptions {
  readonly config: VideoConfig;
  /** Of the pictures that come out. */
  readonly form: PictureForm;
  readonly maxPixels: number;
  readonly spawn: SpawnFfmpeg;
  readonly clock: Clock;
  readonly log: Logger;
  readonly label: string;
  /** Processor time that a process has used so far, milliseconds; default: as the system says. */
  readonly processorMs?: ((pid: number) => number | undefined) | undefined;
  /** Whether a process is merely starved of processor time; default: as the system says. */
  readonly isHeldUp?: ((pid: number) => boolean) | undefined;
  readonly onFrame: (frame: DecodedFrame, decoder: VideoDecoder) => void;
  /** The process ended by itself, is too expensive, or its output cannot be read; called once. */
  readonly onFailure: (reason: string, decoder: VideoDecoder, fault: DecoderFault) => void;
}

/** What may wait in the pipe to a decoder: twice the longest group it may have to replay. */
const MAX_PENDING_BYTES = 16 * 1024 * 1024;
/** A decoder that takes frames and outputs no picture for this long hangs. */
const MAX_SILENCE_MS = 5000;
/** A decoder starved of processor time gets longer: another one in its place would need even more of it. */
const MAX_HELD_UP_MS = 15_000;
const POOLED_FRAMES = 8;
/**
 * Time, on the decoder's own clock, of the newest of the frames it begins with; pictures before it are not output. It exceeds any
 * group's length, and is a constant, so that a decoder can be started before its first frame is known.
 */
const SHOWN_FROM_US = 1_000_000_000;
const DISCARDED_BYTES = 4096;

/** `feed` never waits: a decoder that does not keep up is reported as failed. */
export class VideoDecoder {
  readonly form: PictureForm;
  readonly #options: VideoDecoderOptions;
  readonly #process: FfmpegProcess;
  readonly #pool: FramePool;
  readonly #cost: DecodeCost;
  /** Capture time of the frame whose time in the decoder is `SHOWN_FROM_US`. */
  #shownFromUs: number | undefined;
  #newestUs = 0;
  /** When the oldest frame was fed that no picture has followed yet. */
  #waitingSinceMs: number | undefined;
  #done = false;
  /** Output after the end is read into here and ignored, so that the process can end. */
  readonly #discarded = new Uint8Array(DISCARDED_BYTES);

  constructor(options: VideoDecoderOptions) {
    this.#options = options;
    this.form = options.form;
    this.#pool = new FramePool(pictureBytes(this.form.width, this.form.height), POOLED_FRAMES);
    const process = this.#spawn();
    this.#process = process;
    const usedBy = options.processorMs ?? processorMs;
    this.#cost = new DecodeCost(() => (process.pid === undefined ? undefined : usedBy(process.pid)));
    void process.exit.then((exit) => this.#fail(exit.stderrTail.at(-1) ?? `exit code ${exit.code}`));
    process.input.write(matroskaHeader(options.config));
  }

  /** How much newer, in capture time, the newest frame fed is than `frame`, microseconds. */
  behindUs(frame: DecodedFrame): number {
    return this.#newestUs - frame.captureUs;
  }

  /** Feeds the first frames: a key frame and what has followed it. Only the newest is output. To be called once, before `feed`. */
  begin(frames: readonly CodedFrame[]): void {
    this.#shownFromUs = frames.at(-1)?.captureUs;
    for (const frame of frames) this.feed(frame);
  }

  /** Feeds a frame; the very first one must be a key frame. */
  feed(frame: CodedFrame): void {
    if (this.#done) return;
    this.#shownFromUs ??= frame.captureUs;
    const timestampUs = Math.max(0, SHOWN_FROM_US + Math.round(frame.captureUs - this.#shownFromUs));
    if (this.#process.input.writableLength > MAX_PENDING_BYTES) {
      this.#fail('it does not take its input any more');
      return;
    }
    const now = this.#options.clock.monotonicMs();
    this.#waitingSinceMs ??= now;
    const silentMs = now - this.#waitingSinceMs;
    if (silentMs > MAX_HELD_UP_MS || (silentMs > MAX_SILENCE_MS && !this.#isHeldUp)) {
      this.#fail('no picture comes out of what was sent');
      return;
    }
    const share = this.#cost.look(now);
    if (share !== undefined) {
      this.#fail(`it takes ${Math.round(share * 100)} % of a processor`, 'too_expensive');
      return;
    }
    this.#newestUs = frame.captureUs;
    this.#process.input.write(matroskaFrame({ data: frame.data, timestampUs, keyframe: frame.keyframe }));
  }

  /** Returns a picture's memory to the pool once it is no longer shown. */
  release(picture: Picture): void {
    this.#pool.give(picture.data);
  }

  /** Resolves when the process is gone. */
  async close(): Promise<void> {
    this.#done = true;
    await this.#process.stop();
  }

  /** Its output is read straight into frames of the pool. */
  #spawn(): FfmpegProcess {
    const { spawn, maxPixels, config, clock, log, label } = this.#options;
    const args = decodeVideoArgs({ ...this.form, maxPixels, codec: config.codec, hiddenMs: SHOWN_FROM_US / 1000 });
    const reader = new NutReader({
      maxPacketBytes: this.#pool.bytes,
      allocate: (_stream, bytes) => (bytes === this.#pool.bytes ? this.#pool.take() : new Uint8Array(bytes)),
      onPacket: (packet) => this.#onPicture(packet.pts, packet.stream.timebase, packet.data),
    });
    const took = (count: number): void => {
      if (this.#done) return;
      try {
        reader.took(count);
      } catch (error) {
        this.#fail(`its output is unreadable: ${String(error)}`);
      }
    };
    const readInto = { space: () => (this.#done ? this.#discarded : reader.space()), took };
    return spawn(args, { label, log, clock, readInto });
  }

  get #isHeldUp(): boolean {
    const { pid } = this.#process;
    // No pid yet: its start may be waiting for the processor, too.
    return pid === undefined || (this.#options.isHeldUp ?? isHeldUp)(pid);
  }

  #onPicture(ticks: number, timebase: { num: number; den: number }, data: Uint8Array): void {
    if (this.#done || data.byteLength !== this.#pool.bytes) return;
    this.#waitingSinceMs = undefined;
    const { config } = this.#options;
    this.#cost.came(config.width * config.height);
    const sinceShownUs = Math.round((ticks * timebase.num * 1e6) / timebase.den) - SHOWN_FROM_US;
    const captureUs = (this.#shownFromUs ?? 0) + sinceShownUs;
    const { width, height } = this.form;
    const picture = { width, height, data: data as Buffer };
    this.#options.onFrame({ captureUs, picture }, this);
  }

  #fail(reason: string, fault: DecoderFault = 'decode_failed'): void {
    if (this.#done) return;
    this.#done = true;
    this.#options.onFailure(reason, this, fault);
    void this.#process.stop();
  }
}
