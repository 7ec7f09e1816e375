/** One published track on its way in: checks every frame before anything behind ingest sees it. */
import { AppError, LimitError, ProtocolError } from '../errors.ts';
import type { OpusConfig, VideoConfig } from '../media/codec.ts';
import { keyframeSize } from '../media/h264.ts';
import { pts, wallTime } from '../media/timestamp.ts';
import { vp8KeyframeSize } from '../media/vp8.ts';
import type { FrameHeader } from '../protocol/frame.ts';
import type { ConfigMessage } from '../protocol/messages.ts';
import type { Track } from '../room/track.ts';
import type { Clock } from '../util/clock.ts';
import { TokenBucket } from '../util/token-bucket.ts';
import type { CaptureAnchor } from './capture-time.ts';
import { CaptureTimeline } from './capture-time.ts';

/** Ceilings of one track. */
export interface TrackLimits {
  readonly maxFrameBytes: number;
  readonly maxPixels: number;
  readonly maxVideoKbit: number;
  readonly maxFramesPerSecond: number;
}

/** Configurations a sender may have in use at once; older ones are forgotten. */
const MAX_CONFIGS = 8;
/** An Opus packet of 120 ms at the highest rate (RFC 6716 section 3.4 gives 1275 bytes a frame). */
const MAX_AUDIO_BYTES = 8192;

/** What the sender gets acknowledged. */
export interface Received {
  readonly seq: number;
  readonly bytes: number;
}

/** Options of a track's ingest. */
export interface TrackIngestOptions {
  readonly track: Track;
  readonly limits: TrackLimits;
  readonly anchor: CaptureAnchor;
  readonly clock: Clock;
  /** Something about this track that its sender should know; the track goes on. */
  readonly onNotice: (code: string, message: string) => void;
}

/** `frame` throws when the track or the whole connection has to go; everything milder is dropped and counted. */
export class TrackIngest {
  readonly track: Track;
  readonly #options: TrackIngestOptions;
  readonly #timeline: CaptureTimeline;
  readonly #frames: TokenBucket;
  readonly #bytes: TokenBucket;
  readonly #configs = new Map<number, VideoConfig | OpusConfig>();
  /** Of the newest key frame. */
  #config: VideoConfig | undefined;
  #received: Received | undefined;
  #total = 0;
  #waitForKeyframe = true;
  #dropped = 0;

  constructor(options: TrackIngestOptions) {
    this.#options = options;
    this.track = options.track;
    const { limits, clock, onNotice } = options;
    this.#timeline = new CaptureTimeline(options.anchor, (jumpUs) =>
      onNotice('time_jump', `The capture times leapt by ${(jumpUs / 1e6).toFixed(1)} s; they are taken from now on.`),
    );
    this.#frames = new TokenBucket(clock, limits.maxFramesPerSecond, limits.maxFramesPerSecond * 2);
    const bytesPerSecond = (limits.maxVideoKbit * 1000) / 8;
    this.#bytes = new TokenBucket(clock, bytesPerSecond, Math.max(bytesPerSecond * 2, limits.maxFrameBytes));
  }

  /** Frames that were not passed on. */
  get dropped(): number {
    return this.#dropped;
  }

  /** What arrived since the last call, or undefined when nothing did. */
  takeReceived(): Received | undefined {
    const received = this.#received;
    this.#received = undefined;
    return received;
  }

  /** @throws ProtocolError when the codec does not fit the track. */
  config(message: ConfigMessage): void {
    const isSound = message.codec === 'opus';
    if (isSound !== (this.track.kind === 'audio')) {
      throw new ProtocolError(
        'wrong_codec',
        `Track ${message.track} is ${this.track.kind}; ${message.codec} does not fit.`,
      );
    }
    // Said again, it is the newest.
    this.#configs.delete(message.id);
    this.#configs.set(message.id, codecConfig(message));
    if (this.#configs.size > MAX_CONFIGS) this.#configs.delete(this.#configs.keys().next().value as number);
  }

  /** @throws ProtocolError (a broken frame), LimitError (too large). */
  frame(header: FrameHeader, payload: Uint8Array): void {
    this.#total += payload.byteLength;
    this.#received = { seq: header.seq, bytes: this.#total };
    if (header.kind !== this.track.kind) {
      throw new ProtocolError(
        'wrong_kind',
        `Track ${header.track} is ${this.track.kind}, the frame says ${header.kind}.`,
      );
    }
    if (payload.byteLength === 0) return;
    this.#checkSize(payload.byteLength);
    const config = this.#configs.get(header.configId);
    if (!config) {
      this.#drop();
      return;
    }
    if (!this.#frames.take() || !this.#bytes.take(payload.byteLength)) {
      this.#options.onNotice('rate_limited', 'The track exceeds its frame or bit rate; frames are dropped.');
      this.#drop();
      return;
    }
    const arrivalUs = this.#options.clock.monotonicMs() * 1000;
    if (config.codec === 'opus') this.#writeSound(header, payload, config, arrivalUs);
    else this.#writePicture(header, payload, config, arrivalUs);
  }

  #writeSound(header: FrameHeader, payload: Uint8Array, config: OpusConfig, arrivalUs: number): void {
    if (this.track.kind !== 'audio') return;
    this.track.stream.write({ ...this.#timed(header, arrivalUs), data: payload, keyframe: true, config });
  }

  #writePicture(header: FrameHeader, payload: Uint8Array, config: VideoConfig, arrivalUs: number): void {
    if (this.track.kind !== 'video') return;
    // Frames of one configuration cannot go on from those of another; after a reconnect it is announced again.
    if (config !== this.#config) this.#waitForKeyframe = true;
    if (header.keyframe) {
      this.#checkKeyframe(config, payload);
      this.#waitForKeyframe = false;
      this.#config = config;
    }
    if (this.#waitForKeyframe) {
      this.#drop();
      this.track.events.emit('keyframeWanted', undefined);
      return;
    }
    this.track.stream.write({ ...this.#timed(header, arrivalUs), data: payload, keyframe: header.keyframe, config });
  }

  #timed(header: FrameHeader, arrivalUs: number) {
    const captured = this.#timeline.next(header.captureUs, arrivalUs);
    const wall = wallTime(this.#options.clock.wallMs() - (arrivalUs - captured) / 1000);
    return { pts: pts(captured), duration: header.durationUs, wallTime: wall };
  }

  #checkSize(bytes: number): void {
    const limit = this.track.kind === 'audio' ? MAX_AUDIO_BYTES : this.#options.limits.maxFrameBytes;
    if (bytes > limit) {
      throw new LimitError(
        'frame_too_large',
        `A frame of this track has at most ${limit} bytes; this one has ${bytes}.`,
        413,
      );
    }
  }

  /** Looks before a decoder does: a few kilobytes can claim gigapixels, and a wrong codec makes a decoder guess. */
  #checkKeyframe(config: VideoConfig, payload: Uint8Array): void {
    const size = sizeOf(config, payload);
    if (!size) {
      throw new ProtocolError(
        'bad_keyframe',
        `A key frame of track ${this.track.number} is no ${config.codec === 'h264' ? 'H.264 in Annex B with its parameter sets' : 'VP8'}.`,
      );
    }
    const { maxPixels } = this.#options.limits;
    if (size.width * size.height > maxPixels) {
      throw new LimitError(
        'resolution_limit',
        `The picture is ${size.width}x${size.height}; at most ${maxPixels} pixels are allowed. Send it smaller.`,
        413,
      );
    }
  }

  /** After a hole only a key frame helps. */
  #drop(): void {
    this.#dropped += 1;
    if (this.track.kind === 'video') this.#waitForKeyframe = true;
  }
}

function sizeOf(config: VideoConfig, payload: Uint8Array): { width: number; height: number } | undefined {
  try {
    return config.codec === 'h264' ? keyframeSize(payload) : vp8KeyframeSize(payload);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function codecConfig(message: ConfigMessage): VideoConfig | OpusConfig {
  switch (message.codec) {
    case 'opus':
      return { codec: 'opus', codecString: 'opus', sampleRate: message.sampleRate, channels: message.channels };
    case 'vp8': {
      const { width, height, framerate } = message;
      return { codec: 'vp8', codecString: 'vp8', width, height, framerate };
    }
    case 'h264': {
      const { codecString, width, height, framerate } = message;
      return { codec: 'h264', format: 'annexb', codecString, width, height, framerate };
    }
  }
}
