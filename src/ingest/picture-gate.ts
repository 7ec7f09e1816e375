/** Lets video of one track through to the decoder: from a key frame on, within the limits of size and decoding cost. */
import type { VideoConfig } from '../media/codec.ts';
import type { VideoTrack } from '../room/track.ts';
import type { Clock } from '../util/clock.ts';
import { Streak } from '../util/streak.ts';
import { ABUSE_MS, ABUSE_PAUSE_MS } from './abuse.ts';
import type { DecodeBudget } from './decode-budget.ts';
import { MediaPace, MediaTime } from './media-time.ts';
import { type PictureFacts, inspectPicture, isOtherSize } from './picture-check.ts';

/** Options of a gate. */
export interface PictureGateOptions {
  readonly track: VideoTrack;
  /** Id of the participant who pays for it. */
  readonly owner: string;
  readonly limits: { readonly maxPixels: number; readonly maxFramesPerSecond: number };
  readonly budget: DecodeBudget;
  readonly clock: Clock;
  readonly onNotice: (code: string, message: string) => void;
}

/** A frame as it is passed on: by its real properties, not by what its sender says. */
export interface PassedPicture {
  readonly config: VideoConfig;
  readonly keyframe: boolean;
}

/** A key frame is missing for this long: the sender is told; it is missing for longer: the track is given up. */
const NO_KEYFRAME_MS = 3000;
const GIVE_UP_MS = 15_000;
/** Each change of size makes a decoder set up its scaling again. */
const RESIZES_PER_SECOND = 1;
const RESIZE_BURST = 5;
/** Long enough for pictures that come by fits and starts to even out. */
const MEASURE_MS = 10_000;
/** A camera that comes a little faster than announced is believed. */
const TOLERANCE = 1.25;

/** One for each track of pictures; refuses the track through its events. */
export class PictureGate {
  readonly #options: PictureGateOptions;
  readonly #time: MediaTime;
  readonly #resizes: MediaPace;
  readonly #resizing: Streak;
  readonly #starving: Streak;
  /** As announced, and the same with the size that the pictures really have. */
  #announced: VideoConfig | undefined;
  #config: VideoConfig | undefined;
  #facts: PictureFacts | undefined;
  #waits = true;
  #claimed = 0;
  #measured = 0;
  #counted = 0;
  /** When counting began, by the clock and by the pictures' own time. */
  #countedSince: { readonly ms: number; readonly mediaMs: number };
  #closed = false;

  constructor(options: PictureGateOptions) {
    this.#options = options;
    const { clock } = options;
    this.#time = new MediaTime(clock);
    this.#resizes = new MediaPace(clock, this.#time, RESIZES_PER_SECOND, RESIZE_BURST);
    this.#resizing = new Streak(clock, ABUSE_PAUSE_MS);
    this.#starving = new Streak(clock, ABUSE_PAUSE_MS);
    this.#countedSince = { ms: clock.monotonicMs(), mediaMs: this.#time.monotonicMs() };
  }

  /**
   * What the frame truly is, or undefined when it must be dropped.
   * @throws ProtocolError `bad_keyframe`, LimitError `resolution_limit`.
   */
  pass(
    config: VideoConfig,
    payload: Uint8Array,
    { keyframe: flagged, captureUs }: { readonly keyframe: boolean; readonly captureUs: number },
  ): PassedPicture | undefined {
    const { track, limits } = this.#options;
    this.#time.came(captureUs);
    this.#count();
    // Counting may have ended the track, and what is claimed after that nobody gives back.
    if (this.#closed) return undefined;
    const { maxPixels } = limits;
    const facts = inspectPicture(payload, { track: track.number, codec: config.codec, flagged, maxPixels });
    if (facts) this.#waits = !this.#admit(config, facts);
    // Frames of one configuration cannot go on from those of another; after a reconnect it is announced again.
    else if (config !== this.#announced) this.#waits = true;
    if (!this.#waits && this.#config) {
      this.#starving.end();
      return { config: this.#config, keyframe: facts !== undefined };
    }
    track.events.emit('keyframeWanted', undefined);
    if (!facts) this.#starve();
    return undefined;
  }

  /** A frame was lost: after a hole only a key frame helps. */
  broken(): void {
    this.#waits = true;
  }

  /** Gives back what the track has claimed; nothing passes any more. */
  close(): void {
    this.#closed = true;
    this.#options.budget.release(this);
  }

  #admit(config: VideoConfig, facts: PictureFacts): boolean {
    const resized = this.#facts && (facts.width !== this.#facts.width || facts.height !== this.#facts.height);
    if (resized && !this.#resizes.take()) {
      this.#onResizedTooOften();
      return false;
    }
    this.#facts = facts;
    if (config !== this.#announced || resized) {
      this.#announced = config;
      this.#config = this.#truly(config, facts);
    }
    return this.#claim();
  }

  /** What comes behind must not have to believe the sender. */
  #truly(config: VideoConfig, facts: PictureFacts): VideoConfig {
    const { width, height } = facts;
    if (config.width === width && config.height === height) return config;
    if (isOtherSize(config, facts)) {
      this.#options.onNotice(
        'wrong_size',
        `The configuration says ${config.width}x${config.height}, the picture is ${width}x${height}, and so it is taken; announce what you send.`,
      );
    }
    return { ...config, width, height };
  }

  /** Whether the room can bear this picture as often as it comes; else the track is refused. */
  #claim(): boolean {
    const { limits, budget, owner } = this.#options;
    const announced = Math.min(this.#announced?.framerate ?? 0, limits.maxFramesPerSecond);
    const framerate = this.#measured > announced * TOLERANCE ? this.#measured : announced;
    const rate = (this.#facts?.pixels ?? 0) * framerate;
    if (rate === this.#claimed) return true;
    const reason = budget.claim(this, owner, rate);
    if (reason === undefined) {
      this.#claimed = rate;
      return true;
    }
    this.#refuse('decode_budget', reason);
    return false;
  }

  /** Who announces one frame a second and sends seventy pays for seventy. */
  #count(): void {
    this.#counted += 1;
    const ms = this.#options.clock.monotonicMs();
    const mediaMs = this.#time.monotonicMs();
    const elapsedMs = ms - this.#countedSince.ms;
    // In the burst after a standstill more time has passed for the pictures than since the first of them arrived.
    const isBurst = elapsedMs < MEASURE_MS;
    if (isBurst && mediaMs - this.#countedSince.mediaMs < MEASURE_MS) return;
    const measured = (this.#counted * 1000) / Math.max(elapsedMs, MEASURE_MS);
    // Times may be made up: only real time shows that fewer come than before.
    this.#measured = isBurst ? Math.max(measured, this.#measured) : measured;
    this.#counted = 0;
    this.#countedSince = { ms, mediaMs };
    if (!this.#waits && !this.#claim()) this.#waits = true;
  }

  #onResizedTooOften(): void {
    const message = 'The picture changes its size more than once a second';
    if (this.#resizing.hit() >= ABUSE_MS) {
      this.#refuse('resize_limit', `${message}; keep one size, or leave a second between two changes.`);
    } else {
      this.#options.onNotice('resize_limit', `${message}; frames are dropped up to the next key frame.`);
    }
  }

  #starve(): void {
    const ms = this.#starving.hit();
    if (ms >= GIVE_UP_MS) {
      this.#refuse(
        'no_keyframe',
        'No key frame came for 15 s, and without one nothing can be shown; send one when asked.',
      );
    } else if (ms >= NO_KEYFRAME_MS) {
      this.#options.onNotice('no_keyframe', 'No key frame comes, and without one nothing can be shown; send one now.');
    }
  }

  #refuse(code: string, message: string): void {
    this.#options.track.events.emit('refused', { code, message });
  }
}
