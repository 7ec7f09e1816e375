/**
 * One video track in the mixer: keeps a decoder of the tile's size running, swaps it for one of another size without a
 * blank frame, restarts it within a budget, and says which picture is due.
 */
import type { SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import type { Logger } from '../logger.ts';
import type { VideoConfig } from '../media/codec.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { type RetryPolicy, retryDelay } from '../util/retry.ts';
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

/** What a source needs from around it. */
export interface VideoSourceOptions extends Pick<VideoDecoderOptions, 'processorMs' | 'isHeldUp'> {
  readonly label: string;
  readonly playout: PlayoutClock;
  readonly spawn: SpawnFfmpeg;
  /** Shared by the sources of a mixer. */
  readonly starts: StartQueue;
  /** As `starts`. */
  readonly parking: Parking;
  readonly clock: Clock;
  readonly log: Logger;
  readonly maxPixels: number;
  readonly restart: RetryPolicy;
  /** How long a suspended source goes on decoding, milliseconds; default 10 000. */
  readonly lingerMs?: number;
  readonly onKeyframeWanted: () => void;
  /** The track shows nothing any more; a sentence for its sender. */
  readonly onRefused: (code: Refusal, message: string) => void;
}

/** Starts of decoders are so far apart: whoever changes codecs or layouts without end must not keep the machine busy. */
const MIN_START_MS = 500;
/** Who is hidden by one layout is often shown by the next: decoded for so long nevertheless, they are back at once. */
const LINGER_MS = 10_000;
/** After so long without a key frame that could start a decoder again, the track is given up. */
const GIVE_UP_MS = 15_000;
/** Frames that are further apart tell nothing: the sender had paused. */
const STARVING_PAUSE_MS = 2000;
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
  readonly #group = new FrameGroup();
  readonly #pictures = new PictureQueue();
  #lastFrameMs = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #startedMs = Number.NEGATIVE_INFINITY;
  #restarting: Disposer | undefined;
  /** A change of size that waits because decoders were started a moment ago. */
  #resizing: Disposer | undefined;
  readonly #resizes = new ResizeBudget();
  /** The end of a decoder that is not needed any more, unless it is needed again. */
  #lingering: Disposer | undefined;
  /** For the next time the tile is shown. */
  #parked: ParkedDecoder | undefined;
  /** A start that waits for its turn among all sources. */
  #queued: Disposer | undefined;
  /** Decoders that have given nothing yet, with what lets the next source start one. */
  readonly #beginning = new Map<VideoDecoder, () => void>();
  /** When the first and the newest frame came that was of no use without a key frame before it. */
  #starvingSinceMs = 0;
  #starvedMs = Number.NEGATIVE_INFINITY;
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
    this.#stopLingering();
    this.#stopNext();
    if (this.#active) this.#prepareNext();
    // Shown again: the remembered group brings the picture at once.
    else if (!this.#group.empty) this.#begin();
  }

  /**
   * Decodes nothing until the next `resize`; keeps the newest group to start from.
   * @param lingers goes on decoding for a while; false when the machine has no time for it
   */
  suspend(lingers: boolean): void {
    this.#form = undefined;
    this.#unqueue();
    this.#stopNext();
    const { clock, lingerMs = LINGER_MS } = this.#options;
    if (!lingers) this.#rest();
    else if (!this.#parked) this.#lingering ??= clock.after(lingerMs, () => this.#park());
  }

  /** The picture that was due last. */
  get current(): Picture | undefined {
    return this.#pictures.current;
  }

  /** When it was captured, microseconds. */
  get captureUs(): number | undefined {
    return this.#pictures.captureUs;
  }

  /** Takes a coded frame; frames before the first key frame are useless and dropped. */
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
      // A tile that is not shown needs nothing.
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

  /** Whether the frame is of any use: without a key frame before it nothing can be started from it. */
  #remember(frame: CodedFrame): boolean {
    if (frame.keyframe) this.#starvedMs = Number.NEGATIVE_INFINITY;
    this.#group.add(frame);
    return !this.#group.empty || this.#active !== undefined;
  }

  /** Starts the first decoder, as soon as one may be started. */
  #begin(): void {
    // A tile that is not shown would take the turn of those that are, again and again.
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
    const takeBack = this.#options.starts.request(urgent, (done) => {
      begun = true;
      this.#queued = undefined;
      const decoder = this.#startWanted();
      if (decoder) this.#beginning.set(decoder, done);
      else done();
      // Not before it is known: it may fail while it is fed.
      decoder?.begin(this.#group.frames);
    });
    if (!begun) this.#queued = takeBack;
  }

  /** Its tile will most likely have the same size again. */
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

  /** What was wanted when the request was made may have changed since. */
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
      // Replayed frames are old; it has caught up when nothing newer is on screen or waiting.
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
    // What is shown already says nothing of its sender, who may have stood still for long.
    if (!again) this.#lastFrameMs = now;
    // A replayed group says nothing about the network; only frames near live do.
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
    // Whatever killed it is in the remembered group: start again at the next key frame.
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

  /** Without a key frame nothing can begin anew; whoever never sends one has to know. */
  #starve(): void {
    this.#options.onKeyframeWanted();
    const now = this.#options.clock.monotonicMs();
    if (now - this.#starvedMs > STARVING_PAUSE_MS) this.#starvingSinceMs = now;
    this.#starvedMs = now;
    if (now - this.#starvingSinceMs > GIVE_UP_MS) this.#refuse('no_keyframe', `${GIVE_UP_MS / 1000} s`);
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
