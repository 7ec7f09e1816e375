/** One published track on its way in: checks every frame before anything behind ingest sees it. */
import { LimitError, ProtocolError } from '../errors.ts';
import type { OpusConfig, VideoConfig } from '../media/codec.ts';
import { pts, wallTime } from '../media/timestamp.ts';
import type { FrameHeader } from '../protocol/frame.ts';
import type { OwnConfigMessage } from '../protocol/messages.ts';
import type { Track } from '../room/track.ts';
import type { Clock } from '../util/clock.ts';
import { Streak } from '../util/streak.ts';
import { ABUSE_MS, ABUSE_PAUSE_MS } from './abuse.ts';
import type { CaptureAnchor } from './capture-time.ts';
import { CaptureTimeline } from './capture-time.ts';
import type { DecodeBudget } from './decode-budget.ts';
import { MediaPace, MediaTime } from './media-time.ts';
import { PictureGate } from './picture-gate.ts';
import { type ContainerConfig, type ContainerFrame, ContainerIngest } from './webm/container-ingest.ts';

/** Limits of one track: `maxPixels` of a frame, and the rest per second where the name says so; kbit are 1000 bits. */
export interface TrackLimits {
  readonly maxFrameBytes: number;
  readonly maxPixels: number;
  readonly maxVideoKbit: number;
  readonly maxFramesPerSecond: number;
}

/** Configurations that a sender may have in use at once; the oldest is forgotten. */
const MAX_CONFIGS = 8;
/** An Opus packet of 120 ms at the highest rate (RFC 6716 section 3.4 gives 1275 bytes a frame). */
const MAX_AUDIO_BYTES = 8192;

/** A configuration may arrive after its first frames, on the other socket; after this many milliseconds the sender is told that it is missing. */
const UNDESCRIBED_MS = 3000;

/** Chunks without the beginning of their file are useless; when no file begins for this many milliseconds, the track is given up. */
const NO_FILE_MS = 15_000;

/** Weight of the newest frame in the moving average of transit times. */
const TRANSIT_WEIGHT = 0.1;

/** What is acknowledged to the sender. */
export interface Received {
  readonly seq: number;
  readonly bytes: number;
  /** When that frame arrived, on the server's monotonic clock. */
  readonly receivedMs: number;
}

/** Options of a track's ingest. */
export interface TrackIngestOptions {
  readonly track: Track;
  /** Id of the participant whose track it is. */
  readonly owner: string;
  readonly limits: TrackLimits;
  readonly budget: DecodeBudget;
  readonly anchor: CaptureAnchor;
  readonly clock: Clock;
  /** Called with something that the sender should know; the track continues. */
  readonly onNotice: (code: string, message: string) => void;
  /** The participant's sound track of this number, for the sound in a file sent on this track. */
  readonly soundTrack: (number: number) => TrackIngest | undefined;
}

/**
 * Three degrees of trouble: `frame` throws when the connection has to be closed; the track's event `refused` ends the track; any
 * other bad frame is dropped.
 */
export class TrackIngest {
  readonly track: Track;
  readonly #options: TrackIngestOptions;
  readonly #timeline: CaptureTimeline;
  readonly #gate: PictureGate | undefined;
  readonly #time: MediaTime;
  readonly #frames: MediaPace;
  readonly #bytes: MediaPace;
  readonly #excess: Streak;
  readonly #leaps: Streak;
  readonly #undescribed: Streak;
  readonly #fileless: Streak;
  /** Frames unpacked from files; the chunks themselves count as frames of the track. */
  readonly #unpacked: MediaPace;
  readonly #unpackedTime: MediaTime;
  readonly #container: ContainerIngest;
  readonly #configs = new Map<number, VideoConfig | OpusConfig | ContainerConfig>();
  #received: Received | undefined;
  #transitMs: number | undefined;
  #total = 0;
  #dropped = 0;

  constructor(options: TrackIngestOptions) {
    this.#options = options;
    this.track = options.track;
    const { track, limits, clock } = options;
    this.#gate = track.kind === 'video' ? new PictureGate({ ...options, track }) : undefined;
    this.#timeline = new CaptureTimeline(options.anchor, (jumpUs) => this.#onLeap(jumpUs));
    this.#time = new MediaTime(clock);
    this.#frames = new MediaPace(clock, this.#time, limits.maxFramesPerSecond, limits.maxFramesPerSecond * 2);
    const bytesPerSecond = (limits.maxVideoKbit * 1000) / 8;
    const burst = Math.max(bytesPerSecond * 2, limits.maxFrameBytes);
    this.#bytes = new MediaPace(clock, this.#time, bytesPerSecond, burst);
    this.#excess = new Streak(clock, ABUSE_PAUSE_MS);
    this.#leaps = new Streak(clock, ABUSE_PAUSE_MS);
    this.#undescribed = new Streak(clock, ABUSE_PAUSE_MS);
    this.#fileless = new Streak(clock, ABUSE_PAUSE_MS);
    this.#unpackedTime = new MediaTime(clock);
    const { maxFramesPerSecond } = limits;
    this.#unpacked = new MediaPace(clock, this.#unpackedTime, maxFramesPerSecond, maxFramesPerSecond * 2);
    this.#container = new ContainerIngest({ maxPictureBytes: limits.maxFrameBytes, maxSoundBytes: MAX_AUDIO_BYTES });
  }

  /** Frames that were not passed on. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The newest frame that arrived since the last call; undefined when none did. */
  takeReceived(): Received | undefined {
    const received = this.#received;
    this.#received = undefined;
    return received;
  }

  /** Milliseconds from capture to arrival of the newest frame since the last call, by the capture time of its packet. */
  takeTransitMs(): number | undefined {
    const transitMs = this.#transitMs;
    this.#transitMs = undefined;
    return transitMs;
  }

  /** @throws ProtocolError when the codec does not fit the track. */
  config(message: OwnConfigMessage): void {
    const isSound = message.codec === 'opus';
    // A file says itself what it contains.
    if (message.codec !== 'webm' && isSound !== (this.track.kind === 'audio')) {
      throw new ProtocolError(
        'wrong_codec',
        `Track ${message.track} is ${this.track.kind}; ${message.codec} does not fit.`,
      );
    }
    // Announced again, it becomes the newest.
    this.#configs.delete(message.id);
    this.#configs.set(message.id, codecConfig(message));
    if (this.#configs.size > MAX_CONFIGS) this.#configs.delete(this.#configs.keys().next().value as number);
  }

  /** @throws ProtocolError (a broken frame), LimitError (too large, or too much for too long). */
  frame(header: FrameHeader, payload: Uint8Array): void {
    this.#total += payload.byteLength;
    this.#received = { seq: header.seq, bytes: this.#total, receivedMs: this.#options.clock.monotonicMs() };
    const isFile = header.kind === 'container';
    if (!isFile && header.kind !== this.track.kind) {
      throw new ProtocolError(
        'wrong_kind',
        `Track ${header.track} is ${this.track.kind}, the frame says ${header.kind}.`,
      );
    }
    this.#checkSize(payload.byteLength, isFile);
    this.#time.came(header.captureUs);
    if (!this.#frames.take() || !this.#bytes.take(payload.byteLength)) {
      this.#onExcess();
      return;
    }
    if (payload.byteLength === 0) return;
    const config = this.#configs.get(header.configId);
    if (!config) {
      this.#onUnknownConfig(header.configId);
      return;
    }
    if (isFile !== (config.codec === 'webm')) {
      const said = isFile ? 'a container' : 'a coded frame';
      throw new ProtocolError('wrong_kind', `A frame of track ${header.track} is ${said}, its config says otherwise.`);
    }
    if (config.codec === 'webm') this.#unpack(header, payload, config);
    else if (config.codec === 'opus') this.#writeSound(header, payload, config);
    else this.#writePicture(header, payload, config);
  }

  /** Takes a frame unpacked from a file; the same limits hold as for one sent by itself. @throws as `frame`. */
  unpacked(frame: ContainerFrame, config: VideoConfig | OpusConfig): void {
    this.#unpackedTime.came(frame.captureUs);
    if (!this.#unpacked.take()) {
      this.#onExcess();
      return;
    }
    if (frame.payload.byteLength === 0) return;
    if (config.codec === 'opus') this.#writeSound(frame, frame.payload, config);
    else this.#writePicture(frame, frame.payload, config);
  }

  /** The track has ended. */
  close(): void {
    this.#gate?.close();
  }

  #unpack(header: FrameHeader, payload: Uint8Array, config: ContainerConfig): void {
    const sound = this.track.kind === 'audio' ? this : this.#options.soundTrack(config.sound ?? -1);
    const continued = this.#container.take(header, payload, config, {
      picture: this.track.kind === 'video' ? (frame, form) => this.unpacked(frame, form) : undefined,
      sound: sound && ((frame, form) => sound.unpacked(frame, form)),
    });
    if (continued) {
      this.#fileless.end();
      return;
    }
    this.#drop();
    this.track.events.emit('keyframeWanted', undefined);
    if (this.#fileless.hit() < NO_FILE_MS) return;
    const message =
      'No file began for 15 s, and chunks without its beginning are of no use; begin a new one when asked.';
    this.track.events.emit('refused', { code: 'no_keyframe', message });
  }

  #writeSound(header: Timed, payload: Uint8Array, config: OpusConfig): void {
    if (this.track.kind !== 'audio') return;
    this.track.stream.write({ ...this.#timed(header), data: payload, keyframe: true, config });
  }

  #writePicture(header: Timed, payload: Uint8Array, announced: VideoConfig): void {
    if (this.track.kind !== 'video') return;
    const passed = this.#gate?.pass(announced, payload, header);
    if (passed) this.track.stream.write({ ...this.#timed(header), data: payload, ...passed });
    else this.#drop();
  }

  #timed(header: Timed) {
    const arrivalUs = this.#options.clock.monotonicMs() * 1000;
    const captured = this.#timeline.next(header.captureUs, arrivalUs);
    const transitMs = (arrivalUs - captured) / 1000;
    const smooth = this.track.transitMs ?? transitMs;
    this.track.transitMs = smooth + (transitMs - smooth) * TRANSIT_WEIGHT;
    this.#transitMs = transitMs;
    const wall = wallTime(this.#options.clock.wallMs() - transitMs);
    return { pts: pts(captured), duration: header.durationUs, wallTime: wall };
  }

  #checkSize(bytes: number, isFile: boolean): void {
    const limit = this.track.kind === 'audio' && !isFile ? MAX_AUDIO_BYTES : this.#options.limits.maxFrameBytes;
    if (bytes > limit) {
      throw new LimitError(
        'frame_too_large',
        `A frame of this track has at most ${limit} bytes; this one has ${bytes}.`,
        413,
      );
    }
  }

  #onExcess(): void {
    const { maxFramesPerSecond, maxVideoKbit } = this.#options.limits;
    if (this.#excess.hit() >= ABUSE_MS) {
      const rates = `${maxFramesPerSecond} frames and ${maxVideoKbit} kbit a second`;
      throw new LimitError('rate_limited', `Track ${this.track.number} was beyond ${rates} for 10 s; send less.`);
    }
    this.#options.onNotice('rate_limited', 'The track exceeds its frame or bit rate; frames are dropped.');
    this.#drop();
  }

  #onUnknownConfig(id: number): void {
    this.#drop();
    if (this.#undescribed.hit() < UNDESCRIBED_MS) return;
    this.#options.onNotice('unknown_config', `Frames say configuration ${id}, which is not known; announce it first.`);
  }

  #onLeap(jumpUs: number): void {
    if (this.#leaps.hit() >= ABUSE_MS) {
      const remedy = 'take them from one monotonic clock';
      throw new LimitError('time_jump', `The capture times of track ${this.track.number} leapt for 10 s; ${remedy}.`);
    }
    const seconds = (jumpUs / 1e6).toFixed(1);
    this.#options.onNotice('time_jump', `The capture times leapt by ${seconds} s; they are taken from now on.`);
  }

  #drop(): void {
    this.#dropped += 1;
    this.#gate?.broken();
  }
}

type Timed = Pick<FrameHeader, 'captureUs' | 'durationUs' | 'keyframe'>;

function codecConfig(message: OwnConfigMessage): VideoConfig | OpusConfig | ContainerConfig {
  switch (message.codec) {
    case 'webm': {
      const { framerate, sound } = message;
      return { codec: 'webm', framerate, ...(sound !== undefined && { sound }) };
    }
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
