/** Camera pictures to coded frames on an outgoing track. */
import type { FlowLimit } from '../../src/protocol/flow/acked-rate-controller.ts';
import type { PictureTarget } from '../../src/protocol/flow/quality-ladder.ts';
import type { OutgoingTrack, TrackWishes } from '../transport/outgoing-track.ts';
import { nowMs } from '../util/monotonic.ts';
import type { Problem } from '../util/problem.ts';
import { CaptureClock } from './capture-clock.ts';
import { cropTo, fitSize, type Size } from './fit-size.ts';
import { type FrameSource, openFrameSource } from './frame-source.ts';
import { KeyframeSchedule } from './keyframe-schedule.ts';
import { type EncoderSettings, encoderConfig, H264_CODEC_STRING } from './video-codec.ts';

/** Raw frames may wait for the encoder at most this many at a time; more of them are skipped, which costs no reference. */
const MOST_QUEUED = 2;
// Until the server says how large the tile is.
const FIRST_TARGET: FlowLimit = { width: 640, height: 360, framerate: 30, maxBitrate: 800_000 };
const MOST_RESTARTS = 3;

/** What it needs. */
export interface CameraCaptureOptions {
  readonly track: MediaStreamTrack;
  readonly codec: 'h264' | 'vp8';
  /** Publishes the track; the wishes given are the server's to use. */
  publish(wishes: TrackWishes): OutgoingTrack;
  /** The encoder failed for good, or the server refused the track. */
  failed(problem: Problem): void;
}

/** Runs from its making until `stop`; the media track stays its owner's. */
export class CameraCapture {
  readonly outgoing: OutgoingTrack;
  readonly #options: CameraCaptureOptions;
  readonly #source: FrameSource;
  readonly #clock = new CaptureClock();
  readonly #keyframes = new KeyframeSchedule();
  #encoder: VideoEncoder | undefined;
  #settings: EncoderSettings | undefined;
  /** Capture time of the first picture under settings the server has not been told yet. */
  #unannouncedFromUs: number | undefined;
  /** The most that is worth sending. */
  #limit = FIRST_TARGET;
  #nextUs = 0;
  #frames = 0;
  #failures = 0;
  #stopped = false;

  constructor(options: CameraCaptureOptions) {
    this.#options = options;
    this.outgoing = options.publish({
      keyframe: () => this.#keyframes.request(),
      target: (target) => {
        this.#limit = target;
      },
      refused: (message) => this.#fail(message),
    });
    this.#source = openFrameSource(options.track, (frame, deviceUs, arrivalUs) => {
      try {
        if (!this.#stopped) this.#take(frame, this.#clock.map(deviceUs, arrivalUs));
      } finally {
        frame.close();
      }
    });
  }

  /** Frames sent so far. */
  get frames(): number {
    return this.#frames;
  }

  /** What is being sent, undefined before the first frame. */
  get settings(): EncoderSettings | undefined {
    return this.#settings;
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#source.stop();
    this.#closeEncoder();
  }

  #take(frame: VideoFrame, captureUs: number): void {
    // Half an interval of slack: cameras are never exactly on time.
    const target = this.outgoing.flow.target(this.#limit, nowMs());
    const interval = 1_000_000 / Math.max(1, target.framerate);
    if (captureUs < this.#nextUs - interval / 2 || !this.outgoing.mayEncode) return;
    if ((this.#encoder?.encodeQueueSize ?? 0) > MOST_QUEUED) return;
    this.#nextUs = Math.max(this.#nextUs + interval, captureUs);
    const visible = frame.visibleRect ?? { x: 0, y: 0, width: frame.codedWidth, height: frame.codedHeight };
    const settings = settingsFor(this.#options.codec, visible, target);
    const encoder = this.#prepare(settings, captureUs);
    const { x, y, width, height } = cropTo(visible, settings);
    const picture = new VideoFrame(frame, {
      timestamp: captureUs,
      visibleRect: { x: visible.x + x, y: visible.y + y, width, height },
    });
    encoder.encode(picture, { keyFrame: this.#keyframes.take(captureUs / 1000) });
    picture.close();
  }

  /** The encoder under these settings; a change of size is announced with its first key frame. */
  #prepare(settings: EncoderSettings, captureUs: number): VideoEncoder {
    const before = this.#encoder ? this.#settings : undefined;
    const encoder = this.#encoder ?? this.#createEncoder();
    this.#encoder = encoder;
    if (before && same(before, settings)) return encoder;
    this.#settings = settings;
    encoder.configure(encoderConfig(settings));
    if (before?.width !== settings.width || before.height !== settings.height) {
      this.#unannouncedFromUs = captureUs;
      this.#keyframes.force();
    }
    return encoder;
  }

  #createEncoder(): VideoEncoder {
    return new VideoEncoder({
      output: (chunk) => this.#send(chunk),
      error: (error) => {
        this.#closeEncoder();
        this.#failures += 1;
        if (this.#failures > MOST_RESTARTS) this.#fail(error.message);
      },
    });
  }

  #send(chunk: EncodedVideoChunk): void {
    if (this.#stopped || !this.#settings) return;
    const keyframe = chunk.type === 'key';
    if (keyframe && this.#unannouncedFromUs !== undefined && chunk.timestamp >= this.#unannouncedFromUs) {
      this.#unannouncedFromUs = undefined;
      this.outgoing.configure(trackConfig(this.#settings));
    }
    const payload = new Uint8Array(chunk.byteLength);
    chunk.copyTo(payload);
    const durationUs = Math.round(1_000_000 / this.#settings.framerate);
    const sent = this.outgoing.send({
      keyframe,
      captureUs: chunk.timestamp,
      durationUs,
      level: 0,
      muted: false,
      payload,
    });
    if (sent) this.#frames += 1;
    else this.#keyframes.request();
  }

  #closeEncoder(): void {
    if (this.#encoder && this.#encoder.state !== 'closed') this.#encoder.close();
    this.#encoder = undefined;
  }

  #fail(reason: string): void {
    if (this.#stopped) return;
    this.stop();
    this.#options.failed({
      title: 'Your camera is not being sent',
      detail: `${reason} Turn the camera off and on again.`,
      retry: true,
    });
  }
}

function settingsFor(codec: EncoderSettings['codec'], camera: Size, target: PictureTarget): EncoderSettings {
  return { codec, ...fitSize(camera, target), framerate: Math.max(1, target.framerate), bitrate: target.bitrate };
}

function same(a: EncoderSettings, b: EncoderSettings): boolean {
  return a.width === b.width && a.height === b.height && a.framerate === b.framerate && a.bitrate === b.bitrate;
}

function trackConfig(settings: EncoderSettings): Parameters<OutgoingTrack['configure']>[0] {
  const { width, height, framerate } = settings;
  return settings.codec === 'h264'
    ? { codec: 'h264', codecString: H264_CODEC_STRING, width, height, framerate }
    : { codec: 'vp8', width, height, framerate };
}
