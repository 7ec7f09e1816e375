/**
 * One video track in the mixer: keeps a decoder of the tile's size running, swaps it for one of another size without a
 * blank frame, restarts it within a budget, and says which picture is due.
 */
import type { SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import type { Logger } from '../logger.ts';
import type { VideoConfig } from '../media/codec.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { type RetryPolicy, retryDelay } from '../util/retry.ts';
import type { Picture } from './picture.ts';
import type { PlayoutClock } from './playout-clock.ts';
import { type CodedFrame, type DecodedFrame, type PictureForm, VideoDecoder } from './video-decoder.ts';

/** What a source needs from around it. */
export interface VideoSourceOptions {
  readonly label: string;
  readonly playout: PlayoutClock;
  readonly spawn: SpawnFfmpeg;
  readonly clock: Clock;
  readonly log: Logger;
  readonly maxPixels: number;
  readonly restart: RetryPolicy;
  readonly onKeyframeWanted: () => void;
  /** The restart budget is used up; the track shows nothing any more. */
  readonly onRefused: (reason: string) => void;
}

// Decoded pictures that wait for their time: 200 ms, the longest delay, at 60 frames a second, and two more.
const MAX_WAITING = 14;
// Frames since the newest key frame, to start a second decoder from, and their bytes.
const MAX_GROUP = 300;
const MAX_GROUP_BYTES = 8 * 1024 * 1024;
/** Starts of decoders are so far apart: whoever changes codecs or layouts without end must not keep the machine busy. */
const MIN_START_MS = 500;
// A decoder that is at the newest frame, or the one before it at 15 frames a second.
const NEAR_LIVE_US = 70_000;
/** A picture this little ahead of its time is shown: half a millisecond of clock noise must not cost a frame. */
const EARLY_US = 5000;

/** Owned by the mixer; `close` returns when every process is gone. */
export class VideoSource {
  readonly #options: VideoSourceOptions;
  #config: VideoConfig | undefined;
  /** None while the tile is not shown: nothing is decoded. */
  #form: PictureForm | undefined;
  #active: VideoDecoder | undefined;
  /** Started beside the active one after a change of size; takes over when it has caught up. */
  #next: VideoDecoder | undefined;
  #group: CodedFrame[] = [];
  #groupBytes = 0;
  #waiting: Array<{ frame: DecodedFrame; decoder: VideoDecoder }> = [];
  #shown: { frame: DecodedFrame; decoder: VideoDecoder } | undefined;
  #lastFrameMs = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #startedMs = Number.NEGATIVE_INFINITY;
  #restarting: Disposer | undefined;
  /** A change of size that waits because a decoder was started a moment ago. */
  #resizing: Disposer | undefined;
  #refused = false;
  #closing: Promise<void> | undefined;
  readonly #ending = new Set<Promise<void>>();

  constructor(options: VideoSourceOptions) {
    this.#options = options;
  }

  /** Milliseconds since the newest picture came out of the decoder; Infinity before the first. */
  silentMs(nowMs: number): number {
    return nowMs - this.#lastFrameMs;
  }

  /** Asks for pictures of this form; the old form is shown until the new decoder has caught up. */
  resize(form: PictureForm): void {
    if (sameForm(form, this.#form)) return;
    this.#form = form;
    this.#stopNext();
    if (this.#active) this.#prepareNext();
    // Shown again: the remembered group brings the picture at once.
    else if (this.#group.length > 0) this.#begin();
  }

  /** Decodes nothing until the next `resize`; keeps the newest group to start from. */
  suspend(): void {
    this.#form = undefined;
    this.#stopDecoders();
    this.#waiting = [];
    this.#shown = undefined;
    this.#lastFrameMs = Number.NEGATIVE_INFINITY;
  }

  /** The picture that was due last. */
  get current(): Picture | undefined {
    return this.#shown?.frame.picture;
  }

  /** When it was captured, microseconds. */
  get captureUs(): number | undefined {
    return this.#shown?.frame.captureUs;
  }

  /** Takes a coded frame; frames before the first key frame are useless and dropped. */
  feed(config: VideoConfig, frame: CodedFrame): void {
    if (this.#closing || this.#refused) return;
    if (config !== this.#config) {
      // Another size inside one codec is the decoder's business; another codec needs another process.
      const changed = this.#config !== undefined && config.codec !== this.#config.codec;
      this.#config = config;
      if (changed) {
        this.#stopDecoders();
        this.#forgetGroup();
      }
    }
    if (!this.#remember(frame)) {
      // A tile that is not shown needs nothing.
      if (this.#form) this.#options.onKeyframeWanted();
      return;
    }
    if (!this.#active) {
      this.#begin();
      return;
    }
    this.#active.feed(frame);
    if (this.#next) this.#next.feed(frame);
    else this.#prepareNext();
  }

  /** The newest picture that is due at `nowMs`, or undefined before the first. */
  pictureAt(nowMs: number): Picture | undefined {
    const limit = this.#options.playout.playheadUs(nowMs) + EARLY_US;
    while (this.#waiting.length > 0 && (this.#waiting[0] as { frame: DecodedFrame }).frame.captureUs <= limit) {
      this.#show(this.#waiting.shift());
    }
    return this.#shown?.frame.picture;
  }

  /** Ends the decoders. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#restarting?.();
      this.#resizing?.();
      this.#stopDecoders();
      this.#waiting = [];
      this.#shown = undefined;
      this.#forgetGroup();
      await Promise.all(this.#ending);
    })();
    return this.#closing;
  }

  /** Whether the frame is of any use: without a key frame before it nothing can be started from it. */
  #remember(frame: CodedFrame): boolean {
    if (frame.keyframe) this.#forgetGroup();
    if (frame.keyframe || this.#group.length > 0) {
      this.#group.push(frame);
      this.#groupBytes += frame.data.byteLength;
    }
    // A group with a hole cannot be decoded, so an overlong one is forgotten whole.
    if (this.#group.length > MAX_GROUP || this.#groupBytes > MAX_GROUP_BYTES) this.#forgetGroup();
    return this.#group.length > 0 || this.#active !== undefined;
  }

  #forgetGroup(): void {
    this.#group = [];
    this.#groupBytes = 0;
  }

  /** Starts the first decoder, as soon as one may be started. */
  #begin(): void {
    if (this.#restarting || this.#waitMs() > 0) return;
    this.#active = this.#start();
    this.#replay(this.#active);
  }

  /** Starts a decoder of the form that is wanted beside the active one, as soon as that can be. */
  #prepareNext(): void {
    const active = this.#active;
    if (!active || this.#next || this.#restarting || this.#resizing) return;
    if (!this.#form || sameForm(active.form, this.#form)) return;
    if (this.#group.length === 0) {
      this.#options.onKeyframeWanted();
      return;
    }
    const waitMs = this.#waitMs();
    if (waitMs > 0) {
      this.#resizing = this.#options.clock.after(waitMs, () => {
        this.#resizing = undefined;
        this.#prepareNext();
      });
      return;
    }
    this.#next = this.#start();
    this.#replay(this.#next);
  }

  /** Milliseconds until another decoder may be started. */
  #waitMs(): number {
    return this.#startedMs + MIN_START_MS - this.#options.clock.monotonicMs();
  }

  #start(): VideoDecoder | undefined {
    const config = this.#config;
    const form = this.#form;
    if (!config || !form || this.#group.length === 0) return undefined;
    const { spawn, clock, log, maxPixels, label } = this.#options;
    this.#startedMs = clock.monotonicMs();
    return new VideoDecoder({
      config,
      form,
      maxPixels,
      spawn,
      clock,
      log,
      label,
      onFrame: (frame, from) => this.#onFrame(frame, from),
      onFailure: (reason, from) => this.#onFailure(reason, from),
    });
  }

  /** Apart from the start: a decoder may fail while it is fed, and must be known by then. */
  #replay(decoder: VideoDecoder | undefined): void {
    for (const frame of this.#group) decoder?.feed(frame);
  }

  #onFrame(frame: DecodedFrame, decoder: VideoDecoder): void {
    const now = this.#options.clock.monotonicMs();
    if (decoder === this.#next) {
      // Replayed frames are old; it has caught up when nothing newer is on screen or waiting.
      if (frame.captureUs < this.#newestUs()) {
        decoder.release(frame.picture);
        return;
      }
      this.#retire(this.#active);
      this.#active = decoder;
      this.#next = undefined;
    } else if (decoder !== this.#active) {
      return;
    }
    this.#lastFrameMs = now;
    // A replayed group says nothing about the network; only frames near live do.
    if (decoder.behindUs(frame) < NEAR_LIVE_US) this.#options.playout.observe(frame.captureUs, now);
    this.#waiting.push({ frame, decoder });
    if (this.#waiting.length > MAX_WAITING) this.#show(this.#waiting.shift());
  }

  #newestUs(): number {
    return (this.#waiting.at(-1) ?? this.#shown)?.frame.captureUs ?? Number.NEGATIVE_INFINITY;
  }

  #show(entry: { frame: DecodedFrame; decoder: VideoDecoder } | undefined): void {
    if (this.#shown) this.#shown.decoder.release(this.#shown.frame.picture);
    this.#shown = entry;
  }

  #onFailure(reason: string, decoder: VideoDecoder): void {
    if (decoder === this.#active) this.#stopDecoders();
    else if (decoder === this.#next) this.#stopNext();
    else return;
    const { clock, log, label, restart } = this.#options;
    if (clock.monotonicMs() - this.#startedMs > restart.forgetAfterMs) this.#failures = 0;
    this.#failures += 1;
    // Whatever killed it is in the remembered group: start again at the next key frame.
    this.#forgetGroup();
    const delay = retryDelay(restart, this.#failures);
    log.warn('a decoder failed', { track: label, reason, failures: this.#failures });
    if (delay === undefined) {
      this.#refused = true;
      this.#stopDecoders();
      this.#options.onRefused(reason);
      return;
    }
    this.#restarting?.();
    this.#restarting = clock.after(delay, () => {
      this.#restarting = undefined;
      this.#options.onKeyframeWanted();
    });
  }

  #stopDecoders(): void {
    this.#retire(this.#active);
    this.#active = undefined;
    this.#stopNext();
  }

  #stopNext(): void {
    this.#retire(this.#next);
    this.#next = undefined;
  }

  #retire(decoder: VideoDecoder | undefined): void {
    if (!decoder) return;
    const ending = decoder.close().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }
}

function sameForm(a: PictureForm, b: PictureForm | undefined): boolean {
  return a.width === b?.width && a.height === b.height && a.fit === b.fit;
}
