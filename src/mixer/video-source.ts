/**
 * One video track in the mixer: keeps a decoder of the tile's size running, replaces it by one of another size without a
 * blank frame, restarts it within a budget, and says which picture is due.
 */
import type { SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import type { Logger } from '../logger.ts';
import type { VideoConfig } from '../media/codec.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import type { RetryPolicy } from '../util/retry.ts';
import { Streak } from '../util/streak.ts';
import { DecoderBudget } from './decoder-budget.ts';
import { DecoderPair } from './decoder-pair.ts';
import { FrameGroup } from './frame-group.ts';
import type { ParkedDecoder, Parking } from './parking.ts';
import type { Picture } from './picture.ts';
import { PictureQueue } from './picture-queue.ts';
import type { PlayoutClock } from './playout-clock.ts';
import { type Refusal, refusalSentence } from './refusal-words.ts';
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
  readonly #pair = new DecoderPair();
  readonly #budget: DecoderBudget;
  #config: VideoConfig | undefined;
  /** Undefined while the tile is hidden. */
  #form: PictureForm | undefined;
  readonly #group = new FrameGroup();
  readonly #pictures = new PictureQueue();
  #lastFrameMs = Number.NEGATIVE_INFINITY;
  #restarting: Disposer | undefined;
  /** A change of size that is put off because decoders were started a moment ago. */
  #resizing: Disposer | undefined;
  /** Will end the decoder of a hidden tile, unless the tile is shown again before. */
  #lingering: Disposer | undefined;
  /** An idle decoder for the next time the tile is shown. */
  #parked: ParkedDecoder | undefined;
  /** A start that waits for its turn among all sources. */
  #queued: Disposer | undefined;
  /** Frames that are useless for lack of a key frame. */
  readonly #starving: Streak;
  #refused = false;
  #closing: Promise<void> | undefined;

  constructor(options: VideoSourceOptions) {
    this.#options = options;
    this.#budget = new DecoderBudget(options.restart);
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
    this.#pair.stopNext();
    if (this.#pair.active) this.#prepareNext();
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
    this.#pair.stopNext();
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
        this.#pair.stop();
        this.#group.clear();
      }
    }
    if (!this.#remember(frame)) {
      // A hidden tile needs no key frame.
      if (this.#form) this.#starve();
      return;
    }
    if (!this.#pair.active) {
      this.#begin();
      return;
    }
    this.#pair.feed(frame);
    if (!this.#pair.next) this.#prepareNext();
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
      this.#pictures.clear();
      this.#group.clear();
      await this.#pair.close();
    })();
    return this.#closing;
  }

  /** Adds the frame to the group. False when it is useless: no decoder runs, and none can start without a key frame. */
  #remember(frame: CodedFrame): boolean {
    if (frame.keyframe) this.#starving.end();
    this.#group.add(frame);
    return !this.#group.empty || this.#pair.active !== undefined;
  }

  /** Starts the first decoder, as soon as one may be started. */
  #begin(): void {
    // A hidden tile must not take turns from those that are shown.
    if (!this.#form || this.#restarting || this.#queued) return;
    const idle = this.#parked?.take();
    this.#parked = undefined;
    if (idle) {
      this.#pair.add(idle);
      idle.begin(this.#group.frames);
      this.#prepareNext();
    } else if (this.#budget.waitMs(this.#now) <= 0) {
      this.#enqueue(true);
    }
  }

  /** Starts a decoder of the form that is wanted beside the active one, as soon as that can be. */
  #prepareNext(): void {
    const { active, next } = this.#pair;
    if (!active || next || this.#restarting || this.#resizing || this.#queued) return;
    if (!this.#form || sameForm(active.form, this.#form)) return;
    if (this.#group.empty) {
      this.#options.onKeyframeWanted();
      return;
    }
    const waitMs = this.#budget.resizeWaitMs(this.#now);
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
      if (!decoder) {
        done();
        return;
      }
      // Fed only once it is one of the pair: it may fail while it is fed.
      this.#pair.add(decoder, done);
      decoder.begin(this.#group.frames);
    });
    if (!begun) this.#queued = takeBack;
  }

  /** Replaces the running decoder by an idle one of the same form, which the tile will most likely have again. */
  #park(): void {
    const form = this.#pair.active?.form;
    this.#rest();
    if (form) this.#parked = this.#options.parking.park(() => this.#start(form));
  }

  #rest(): void {
    this.#stopLingering();
    this.#unpark();
    this.#pair.stop();
    this.#pictures.clear();
    this.#lastFrameMs = Number.NEGATIVE_INFINITY;
  }

  #unpark(): void {
    this.#pair.end(this.#parked?.take());
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
    const { active, next } = this.#pair;
    if (!active) return this.#start(this.#form);
    if (next || !this.#form || sameForm(active.form, this.#form)) return undefined;
    this.#budget.resized(this.#now);
    return this.#start(this.#form);
  }

  #start(form: PictureForm | undefined): VideoDecoder | undefined {
    const config = this.#config;
    if (!config || !form || this.#group.empty) return undefined;
    const { spawn, clock, log, maxPixels, label, processorMs, isHeldUp } = this.#options;
    this.#budget.started(this.#now);
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
    const now = this.#now;
    this.#pair.begun(decoder);
    let again = false;
    if (decoder === this.#pair.next) {
      const { newestUs } = this.#pictures;
      // Replayed frames are old; the decoder has caught up when nothing newer is on screen or queued.
      if (frame.captureUs < newestUs) {
        decoder.release(frame.picture);
        return;
      }
      again = frame.captureUs === newestUs;
      this.#pair.takeOver();
    } else if (decoder !== this.#pair.active) {
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
    if (decoder === this.#pair.active) this.#pair.stop();
    else if (decoder === this.#pair.next) this.#pair.stopNext();
    else if (this.#parked?.is(decoder)) return this.#unpark();
    else return;
    const { clock, log, label } = this.#options;
    const delay = this.#budget.failed(this.#now);
    this.#unqueue();
    // The frame that killed it is in the remembered group, so start again at the next key frame.
    this.#group.clear();
    log.warn('a decoder failed', { track: label, reason, failures: this.#budget.failures });
    if (delay === undefined || fault === 'too_expensive') {
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
    this.#pair.stop();
    this.#options.onRefused(code, refusalSentence(code, reason));
  }

  get #now(): number {
    return this.#options.clock.monotonicMs();
  }
}
