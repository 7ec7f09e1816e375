/** One picture source on an outgoing track: raw frames in, coded frames out. */
import type { FlowLimit } from '../../src/protocol/flow/acked-rate-controller.ts';
import type { PictureTarget } from '../../src/protocol/flow/quality-ladder.ts';
import type { OutgoingTrack, TrackWishes } from '../transport/outgoing-track.ts';
import { nowMs, nowUs } from '../util/monotonic.ts';
import type { Problem } from '../util/problem.ts';
import { type Span, SpanMeter } from '../util/span-meter.ts';
import { CaptureClock } from './capture-clock.ts';
import { EncoderWatch } from './encoder-watch.ts';
import { FirstFrameWatch } from './first-frame-watch.ts';
import { type FrameInput, type FrameReader, readFrames } from './frame-input.ts';
import { FramePace } from './frame-pace.ts';
import { KeyframeSchedule } from './keyframe-schedule.ts';
import {
  type EncoderSettings,
  type PictureEncoding,
  pictureSettings,
  type SourceContent,
  sameSettings,
  sameSize,
  trackConfig,
} from './picture-settings.ts';
import { UprightPictures, uprightSize } from './upright.ts';
import { encoderConfig } from './video-codec.ts';

/** At most this many raw frames wait for the encoder; more are skipped, which costs nothing, as they are not coded yet. */
const MOST_QUEUED = 2;
// Until the server has told the size of the tile.
const FIRST_LIMIT: FlowLimit = { width: 640, height: 360, framerate: 30, maxBitrate: 800_000 };
const MOST_RESTARTS = 3;
/**
 * From so many failures in a row on, encoders get pictures of just their size, in whole blocks: WebKitGTK's fail at others, with
 * some luck at the first ones only, and hardware may refuse some sizes.
 */
const FAILURES_UNTIL_PLAIN = 2;
// Browsers reclaim codecs from idle pages: now and then that is no fault.
const FORGIVEN_AFTER_MS = 60_000;
const LOOK_EVERY_MS = 100;
const REPEAT_AFTER_US = 1_000_000;
const LEAST_APART_US = 1000;

/** Options of a picture sender. */
export interface PictureSenderOptions {
  readonly encoding: PictureEncoding;
  /** Title of the problem that the person reads when it fails. */
  readonly failure: string;
  /** Whether the same picture is sent again each second while nothing new comes: screens and films may stand still, cameras do not. */
  readonly still: boolean;
  /** Publishes the track; the server's requests arrive through `wishes`. */
  publish(wishes: TrackWishes): OutgoingTrack;
  /** The input delivers no pictures: the same media are to be opened again. */
  starved(): void;
  /** The encoder failed for good, or the server refused the track. */
  failed(problem: Problem): void;
  /** The server gave the track up, and it will be announced again by itself; undefined once it has lasted after that. */
  again(next: Parameters<NonNullable<TrackWishes['waits']>>[0] | undefined): void;
}

/** Sends from `open` until `stop`. `open` may be called again, to continue with other media on the same track. */
export class PictureSender {
  readonly kind = 'video';
  readonly outgoing: OutgoingTrack;
  readonly #options: PictureSenderOptions;
  readonly #keyframes = new KeyframeSchedule();
  readonly #pace = new FramePace();
  #upright = new UprightPictures();
  readonly #toSent = new SpanMeter();
  readonly #firstFrame = new FirstFrameWatch();
  readonly #encoderWatch = new EncoderWatch();
  #encoding: PictureEncoding;
  readonly #timer: number;
  #clock = new CaptureClock();
  #reader: FrameReader | undefined;
  #content: SourceContent = 'motion';
  #encoder: VideoEncoder | undefined;
  #settings: EncoderSettings | undefined;
  /** The input has changed: settings are announced even if they are the same. */
  #fresh = true;
  /** Capture time of the first picture under settings the server has not been told yet. */
  #unannouncedFromUs: number | undefined;
  /** Encoders of this browser give no key frame when their size changes: each size gets one of its own. */
  #oneSizeEach = false;
  /** The most that is worth sending, as the server says. */
  #limit = FIRST_LIMIT;
  #lastUs = 0;
  /** The newest picture of a source that may stand still, and whether it was encoded. */
  #held: { readonly frame: VideoFrame; encoded: boolean } | undefined;
  #frames = 0;
  #pictures = 0;
  #failures = 0;
  #failedMs = Number.NEGATIVE_INFINITY;
  #stopped = false;

  constructor(options: PictureSenderOptions) {
    this.#options = options;
    this.#encoding = options.encoding;
    this.outgoing = options.publish({
      keyframe: () => this.#keyframes.request(),
      target: (target) => {
        this.#limit = target;
      },
      refused: (message) => this.#fail(message),
      waits: (next) => options.again(next),
      lasts: () => options.again(undefined),
    });
    this.#timer = self.setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  /** Frames sent so far. */
  get frames(): number {
    return this.#frames;
  }

  /** Pictures read of the source so far. */
  get pictures(): number {
    return this.#pictures;
  }

  /** What is being sent, undefined before the first frame. */
  get settings(): EncoderSettings | undefined {
    return this.#settings;
  }

  /** Time from capture until frames were handed to the socket, since the last call. */
  takeToSent(): Span | undefined {
    return this.#toSent.take();
  }

  /** Reads from `input` from now on, and owns it. */
  open(input: FrameInput, content: SourceContent): void {
    this.release();
    this.#clock = new CaptureClock();
    this.#pace.restart();
    this.#content = content;
    this.#fresh = true;
    this.#firstFrame.opened(nowMs());
    this.#reader = readFrames(input, (frame, deviceUs, arrivalUs) => {
      if (this.#stopped) return;
      this.#firstFrame.came();
      this.#pictures += 1;
      const captureUs = this.#clock.map(deviceUs, arrivalUs);
      if (this.#options.still) this.#hold(frame);
      if (this.#take(frame, captureUs) && this.#held) this.#held.encoded = true;
    });
  }

  /** Stops reading the input; another one may be opened. */
  release(): void {
    this.#reader?.stop();
    this.#reader = undefined;
    this.#held?.frame.close();
    this.#held = undefined;
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    self.clearInterval(this.#timer);
    this.release();
    this.#closeEncoder();
  }

  /** What the server can use and the line can carry: the one place where a picture's limits come together. */
  #target(): PictureTarget {
    return this.outgoing.flow.target(this.#limit, nowMs());
  }

  /** Encodes `frame` unless it is not due, the line is full or the encoder is busy. Returns whether it did. */
  #take(frame: VideoFrame, wantedUs: number): boolean {
    let settings = pictureSettings(this.#encoding, this.#content, uprightSize(frame), this.#target());
    if (!this.#pace.isDue(wantedUs, settings.framerate) || !this.outgoing.mayEncode) return false;
    if ((this.#encoder?.encodeQueueSize ?? 0) > MOST_QUEUED) return false;
    const captureUs = Math.max(this.#lastUs + LEAST_APART_US, wantedUs);
    const before = this.#fresh ? undefined : this.#settings;
    if (before && !sameSize(before, settings) && !this.#pace.mayResize(captureUs)) {
      settings = { ...settings, width: before.width, height: before.height };
    }
    try {
      this.#encode(frame, settings, captureUs);
    } catch (error) {
      this.#restart(error instanceof Error ? error.message : String(error));
      return false;
    }
    this.#pace.note(captureUs, settings.framerate);
    this.#lastUs = captureUs;
    return true;
  }

  #encode(frame: VideoFrame, settings: EncoderSettings, captureUs: number): void {
    const encoder = this.#prepare(settings, captureUs);
    const picture = this.#upright.take(frame, settings, captureUs);
    try {
      encoder.encode(picture, { keyFrame: this.#keyframes.take(captureUs / 1000) });
      this.#encoderWatch.took(captureUs);
    } finally {
      picture.close();
    }
  }

  /** The encoder, configured with `settings`; a change of size is announced with its first key frame. */
  #prepare(settings: EncoderSettings, captureUs: number): VideoEncoder {
    if (this.#oneSizeEach && this.#settings && !sameSize(this.#settings, settings)) this.#closeEncoder();
    const before = this.#encoder && !this.#fresh ? this.#settings : undefined;
    const encoder = this.#encoder ?? this.#createEncoder();
    this.#encoder = encoder;
    if (before && sameSettings(before, settings)) return encoder;
    this.#fresh = false;
    this.#settings = settings;
    encoder.configure(encoderConfig(settings));
    if (!before || !sameSize(before, settings)) {
      this.#unannouncedFromUs = captureUs;
      this.#keyframes.force();
    }
    return encoder;
  }

  #createEncoder(): VideoEncoder {
    const encoder = new VideoEncoder({
      output: (chunk) => this.#send(chunk),
      error: (error) => {
        if (this.#encoder === encoder) this.#restart(error.message);
      },
    });
    return encoder;
  }

  #send(chunk: EncodedVideoChunk): void {
    this.#encoderWatch.gave(chunk.timestamp);
    if (this.#stopped || !this.#settings) return;
    const keyframe = chunk.type === 'key';
    if (this.#unannouncedFromUs !== undefined && chunk.timestamp >= this.#unannouncedFromUs) {
      if (!keyframe) {
        this.#oneSizeEach = true;
        this.#closeEncoder();
        return;
      }
      this.#unannouncedFromUs = undefined;
      this.outgoing.configure(trackConfig(this.#settings));
    }
    const payload = new Uint8Array(chunk.byteLength);
    chunk.copyTo(payload);
    const durationUs = Math.round(1_000_000 / this.#settings.framerate);
    const captureUs = chunk.timestamp;
    const sent = this.outgoing.send({ keyframe, captureUs, durationUs, level: 0, muted: false, payload });
    if (!sent) {
      this.#keyframes.request();
      return;
    }
    this.#frames += 1;
    this.#toSent.note((nowUs() - captureUs) / 1000);
  }

  #look(): void {
    const now = nowMs();
    if (this.#firstFrame.takeOverdue(now)) this.#options.starved();
    if (this.#encoderWatch.takeOverdue(now)) this.#restart('The encoder gave nothing back.');
    this.#repeat();
  }

  #hold(frame: VideoFrame): void {
    this.#held?.frame.close();
    this.#held = { frame: frame.clone(), encoded: false };
  }

  /** Sends a picture that stands still again, and makes up for one that was skipped before a pause. */
  #repeat(): void {
    const held = this.#held;
    if (!held) return;
    const now = nowUs();
    const afterUs = held.encoded ? REPEAT_AFTER_US : LOOK_EVERY_MS * 1000;
    if (this.#pace.idleUs(now) >= afterUs && this.#take(held.frame, now)) held.encoded = true;
  }

  /** Discards the encoder, so that the next frame starts another; fails after too many in a row. */
  #restart(reason: string): void {
    this.#closeEncoder();
    const now = nowMs();
    this.#failures = now - this.#failedMs > FORGIVEN_AFTER_MS ? 1 : this.#failures + 1;
    this.#failedMs = now;
    if (this.#failures === FAILURES_UNTIL_PLAIN) {
      this.#upright = new UprightPictures(true);
      this.#encoding = { ...this.#encoding, sizeStep: 16 };
      this.#fresh = true;
    }
    if (this.#failures > MOST_RESTARTS) this.#fail(reason);
  }

  #closeEncoder(): void {
    if (this.#encoder && this.#encoder.state !== 'closed') this.#encoder.close();
    this.#encoder = undefined;
    this.#encoderWatch.closed();
  }

  #fail(reason: string): void {
    if (this.#stopped) return;
    this.stop();
    this.#options.failed({
      title: this.#options.failure,
      detail: `${reason} Turn it off and on again.`,
      retry: true,
    });
  }
}
