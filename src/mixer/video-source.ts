/**
 * One video track in the mixer: keeps a decoder of the tile's size running, replaces it by one of another size without a
 * blank frame, restarts it within a budget, and says which picture is due.
 */
import type { SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import type { Logger } from '../logger.ts';
import type { VideoConfig } from '../media/codec.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { type RetryPolicy, retryDelay } from '../util/retry.ts';
import { Streak } from '../util/streak.ts';
import { FrameGroup } from './frame-group.ts';
import type { ParkedDecoder, Parking } from './parking.ts';
import type { Picture } from './picture.ts';
import { PictureQueue } from './picture-queue.ts';
import type { PlayoutClock } from './playout-clock.ts';
import { type Refusal, refusalSentence } from './refusal-words.ts';
import { ResizeBudget } from './resize-budget.ts';
import type { StartQueue } from './start-queue.ts';
import {
  type CodedFrame,
  type DecodedFrame,
  type DecoderFault,
  type PictureForm,
  VideoDecoder,
  type VideoDecoderOptions,
  sameForm,
} from './video-decoder.ts';

/** Options of a source. */
export interface VideoSourceOptions extends Pick<VideoDecoderOptions, 'processorMs' | 'isHeldUp'> {
  readonly label: string;
  readonly playout: PlayoutClock;
  readonly spawn: SpawnFfmpeg;
  /** Shared by the sources of a mixer. */
  readonly starts: StartQueue;
  /** Shared by the sources of a mixer. */
  readonly parking: Parking;
  readonly clock: Clock;
  readonly log: Logger;
  readonly maxPixels: number;
  readonly restart: RetryPolicy;
  /** How long a suspended source goes on decoding, milliseconds; default 10 000. */
  readonly lingerMs?: number;
  readonly onKeyframeWanted: () => void;
  /** The track is given up; `message` is a sentence for its sender. */
  readonly onRefused: (code: Refusal, message: string) => void;
}

/** Least time between two starts of decoders: changing codecs or layouts without end must not keep the machine busy. */
const MIN_START_MS = 500;
/** A tile hidden by one layout is often shown by the next: decoded a while longer, it is back at once. */
const LINGER_MS = 10_000;
/** The track is given up when no key frame has come for this long to start a decoder with. */
const GIVE_UP_MS = 15_000;
/** A longer gap between useless frames is a pause of the sender, and starts the count anew. */
const STARVING_PAUSE_MS = 2000;
/** A decoder this little behind is at the newest frame, or at the one before it at 15 frames a second. */
const NEAR_LIVE_US = 70_000;
/** A picture this little ahead of its time is shown already: clock noise must not cost a frame. */
const EARLY_US = 5000;

/** Owned by the mixer; `close` returns when every process is gone. */
export class VideoSource {
  readonly #options: VideoSourceOptions;
  #config: VideoConfig | undefined;
  /** Undefined while the tile is hidden. */
  #form: PictureForm | undefined;
  #active: VideoDecoder | undefined;
  /** Started beside the active one after a change of size; takes over when it has caught up. */
  #next: VideoDecoder | undefined;
  readonly #group = new FrameGroup();
  readonly #pictures = new PictureQueue();
  #lastFrameMs = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #startedMs = Number.NEGATIVE_INFINITY;
  #restarting: Disposer | undefined;
  /** A change of size that is put off because decoders were started a moment ago. */
  #resizing: Disposer | undefined;
  readonly #resizes = new ResizeBudget();
  /** Will end the decoder of a hidden tile, unless the tile is shown again before. */
  #lingering: Disposer | undefined;
  /** An idle decoder for the next time the tile is shown. */
  #parked: ParkedDecoder | undefined;
  /** A start that waits for its turn among all sources. */
  #queued: Disposer | undefined;
  /** Decoders that have output nothing yet; the function lets the start queue proceed. */
  readonly #beginning = new Map<VideoDecoder, () => void>();
  /** Frames that are useless for lack of a key frame. */
  readonly #starving: Streak;
  #refused = false;
  #closing: Promise<void> | undefined;
  readonly #ending = new Set<Promise<void>>();

  constructor(options: VideoSourceOptions) {
    this.#options = options;
    this.#starving = new Streak(options.clock, STARVING_PAUSE_MS);
  }

  /** Milliseconds since the newest picture came out of the decoder; Infinity before the first. */
  silentMs(nowMs: number): number {
    return nowMs - this.#lastFrameMs;
  }

  /** Asks for pictures of this form; pictures of the old form are shown until the new decoder has caught up. */
  resize(form: PictureForm): void {
    if (sameForm(form, this.#form)) return;
    this.#form = form;
    this.#stopLingering();
    this.#stopNext();
    if (this.#active) this.#prepareNext();
    // Shown again: the remembered group gives a picture at once.
    else if (!this.#group.empty) this.#begin();
  }

  /**
   * The tile is hidden until the next `resize`: stops decoding, and keeps the newest group to start from.
   * @param lingers whether to go on decoding for `lingerMs` first; false when the machine is too slow for it
   */
  suspend(lingers: boolean): void {
    this.#form = undefined;
    this.#unqueue();
    this.#stopNext();
    const { clock, lingerMs = LINGER_MS } = this.#options;
    if (!lingers) this.#rest();
    else if (!this.#parked) this.#lingering ??= clock.after(lingerMs, () => this.#park());
  }

  /** The picture that `pictureAt` gave last. */
  get current(): Picture | undefined {
    return this.#pictures.current;
  }

  /** Capture time of `current` as ingest mapped it, monotonic microseconds. */
  get captureUs(): number | undefined {
    return this.#pictures.captureUs;
  }

  /** Takes a coded frame; frames before the first key frame are dropped. */
  feed(config: VideoConfig, frame: CodedFrame): void {
    if (this.#closing || this.#refused) return;
    if (config !== this.#config) {
      // Another size inside one codec is the decoder's business; another codec needs another process.
      const changed = this.#config !== undefined && config.codec !== this.#config.codec;
      this.#config = config;
      this.#unpark();
      if (changed) {
        this.#stopDecoders();
        this.#group.clear();
      }
    }
    if (!this.#remember(frame)) {
      // A hidden tile needs no key frame.
      if (this.#form) this.#starve();
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
    this.#pictures.advance(this.#options.playout.playheadUs(nowMs) + EARLY_US);
    return this.#pictures.current;
  }

  /** Ends the decoders. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#restarting?.();
      this.#resizing?.();
      this.#stopLingering();
      this.#unqueue();
      this.#unpark();
      this.#stopDecoders();
      this.#pictures.clear();
      this.#group.clear();
      await Promise.all(this.#ending);
    })();
    return this.#closing;
  }

  /** Adds the frame to the group. False when it is useless: no decoder runs, and none can start without a key frame. */
  #remember(frame: CodedFrame): boolean {
    if (frame.keyframe) this.#starving.end();
    this.#group.add(frame);
    return !this.#group.empty || this.#active !== undefined;
  }

  /** Starts the first decoder, as soon as one may be started. */
  #begin(): void {
    // A hidden tile must not take turns from those that are shown.
    if (!this.#form || this.#restarting || this.#queued) return;
    this.#active = this.#parked?.take();
    this.#parked = undefined;
    if (this.#active) {
      this.#active.begin(this.#group.frames);
      this.#prepareNext();
    } else if (this.#waitMs() <= 0) {
      this.#enqueue(true);
    }
  }

  /** Starts a decoder of the form that is wanted beside the active one, as soon as that can be. */
  #prepareNext(): void {
    const active = this.#active;
    if (!active || this.#next || this.#restarting || this.#resizing || this.#queued) return;
    if (!this.#form || sameForm(active.form, this.#form)) return;
    if (this.#group.empty) {
      this.#options.onKeyframeWanted();
      return;
    }
    const waitMs = Math.max(this.#waitMs(), this.#resizes.waitMs(this.#options.clock.monotonicMs()));
    if (waitMs > 0) {
      this.#resizing = this.#options.clock.after(waitMs, () => {
        this.#resizing = undefined;
        this.#prepareNext();
      });
      return;
    }
    this.#enqueue(false);
  }

  #enqueue(urgent: boolean): void {
    let begun = false;
    const takeBack = this.#options.starts.request({ urgent }, (done) => {
      begun = true;
      this.#queued = undefined;
      const decoder = this.#startWanted();
      if (decoder) this.#beginning.set(decoder, done);
      else done();
      // Only once it is `#active` or `#next`: it may fail while it is fed.
      decoder?.begin(this.#group.frames);
    });
    if (!begun) this.#queued = takeBack;
  }

  /** Replaces the running decoder by an idle one of the same form, which the tile will most likely have again. */
  #park(): void {
    const form = this.#active?.form;
    this.#rest();
    if (form) this.#parked = this.#options.parking.park(() => this.#start(form));
  }

  #rest(): void {
    this.#stopLingering();
    this.#unpark();
    this.#stopDecoders();
    this.#pictures.clear();
    this.#lastFrameMs = Number.NEGATIVE_INFINITY;
  }

  #unpark(): void {
    this.#retire(this.#parked?.take());
    this.#parked = undefined;
  }

  #stopLingering(): void {
    this.#lingering?.();
    this.#lingering = undefined;
  }

  #unqueue(): void {
    this.#queued?.();
    this.#queued = undefined;
  }

  /** Starts what is wanted now, which may differ from what was wanted when the start was requested. */
  #startWanted(): VideoDecoder | undefined {
    if (!this.#active) {
      this.#active = this.#start(this.#form);
      return this.#active;
    }
    if (this.#next || !this.#form || sameForm(this.#active.form, this.#form)) return undefined;
    this.#next = this.#start(this.#form);
    this.#resizes.note(this.#options.clock.monotonicMs());
    return this.#next;
  }

  /** Milliseconds until another decoder may be started. */
  #waitMs(): number {
    return this.#startedMs + MIN_START_MS - this.#options.clock.monotonicMs();
  }

  #start(form: PictureForm | undefined): VideoDecoder | undefined {
    const config = this.#config;
    if (!config || !form || this.#group.empty) return undefined;
    const { spawn, clock, log, maxPixels, label, processorMs, isHeldUp } = this.#options;
    this.#startedMs = clock.monotonicMs();
    return new VideoDecoder({
      config,
      form,
      maxPixels,
      spawn,
      clock,
      log,
      label,
      processorMs,
      isHeldUp,
      onFrame: (frame, from) => this.#onFrame(frame, from),
      onFailure: (reason, from, fault) => this.#onFailure(reason, from, fault),
    });
  }

  #onFrame(frame: DecodedFrame, decoder: VideoDecoder): void {
    const now = this.#options.clock.monotonicMs();
    this.#hasBegun(decoder);
    let again = false;
    if (decoder === this.#next) {
      const { newestUs } = this.#pictures;
      // Replayed frames are old; the decoder has caught up when nothing newer is on screen or queued.
      if (frame.captureUs < newestUs) {
        decoder.release(frame.picture);
        return;
      }
      again = frame.captureUs === newestUs;
      this.#retire(this.#active);
      this.#active = decoder;
      this.#next = undefined;
    } else if (decoder !== this.#active) {
      return;
    }
    // A picture that was shown before does not mean that its sender is alive.
    if (!again) this.#lastFrameMs = now;
    // Only frames near live say something about the network; a replayed group does not.
    if (!again && decoder.behindUs(frame) < NEAR_LIVE_US) {
      this.#options.playout.observe('picture', frame.captureUs, now);
    }
    this.#pictures.add(frame, decoder);
  }

  #onFailure(reason: string, decoder: VideoDecoder, fault: DecoderFault): void {
    if (decoder === this.#active) this.#stopDecoders();
    else if (decoder === this.#next) this.#stopNext();
    else if (this.#parked?.is(decoder)) return this.#unpark();
    else return;
    const { clock, log, label, restart } = this.#options;
    if (clock.monotonicMs() - this.#startedMs > restart.forgetAfterMs) this.#failures = 0;
    this.#failures += 1;
    this.#unqueue();
    // The frame that killed it is in the remembered group, so start again at the next key frame.
    this.#group.clear();
    log.warn('a decoder failed', { track: label, reason, failures: this.#failures });
    const delay = fault === 'too_expensive' ? undefined : retryDelay(restart, this.#failures);
    if (delay === undefined) {
      this.#refuse(fault, reason);
      return;
    }
    this.#restarting?.();
    this.#restarting = clock.after(delay, () => {
      this.#restarting = undefined;
      this.#options.onKeyframeWanted();
    });
  }

  /** Asks for a key frame, and gives the track up when none comes for too long. */
  #starve(): void {
    this.#options.onKeyframeWanted();
    if (this.#starving.hit() > GIVE_UP_MS) this.#refuse('no_keyframe', `${GIVE_UP_MS / 1000} s`);
  }

  #refuse(code: Refusal, reason: string): void {
    this.#refused = true;
    this.#stopDecoders();
    this.#options.onRefused(code, refusalSentence(code, reason));
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

  #hasBegun(decoder: VideoDecoder): void {
    this.#beginning.get(decoder)?.();
    this.#beginning.delete(decoder);
  }

  #retire(decoder: VideoDecoder | undefined): void {
    if (!decoder) return;
    this.#hasBegun(decoder);
    const ending = decoder.close().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }
}
