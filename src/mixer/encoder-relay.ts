/**
 * Picture encoders one after the other, as a relay: the next one starts beside the one that runs and takes over at an exact
 * frame, and one that dies is followed by another. Packets come out in the order of their frames.
 */
import type { SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import { FFMPEG_ENCODERS } from '../ffmpeg/video-encoders.ts';
import type { Logger } from '../logger.ts';
import type { Clock } from '../util/clock.ts';
import type { Patience } from '../util/patience.ts';
import { type RetryPolicy, retryDelay } from '../util/retry.ts';
import type { Picture } from './picture.ts';
import type { ProgramForm } from './program-form.ts';
import { ProgramVideoEncoder } from './program-video-encoder.ts';
import { RunOrder } from './run-order.ts';

/** A form, and the size of the pictures that are written when the encoder scales them. */
export interface RelayForm extends ProgramForm {
  readonly source?: { readonly width: number; readonly height: number };
}

/** Options of a relay. A higher `run` is another encoder, whose packets do not continue the last one's. */
export interface EncoderRelayOptions {
  readonly label: string;
  readonly form: RelayForm;
  readonly spawn: SpawnFfmpeg;
  readonly clock: Clock;
  readonly log: Logger;
  /** The first failure is followed by another try at once, later ones after these delays. */
  readonly restart: RetryPolicy;
  /** Whether a process only lacks a processor; default: what the system says. */
  readonly isHeldUp?: (pid: number) => boolean;
  readonly onConfig: (run: number, description: Uint8Array, form: ProgramForm) => void;
  readonly onPacket: (frame: number, keyframe: boolean, data: Uint8Array, run: number) => void;
  /** The restart budget is used up; nothing more comes out. */
  readonly onLost: (reason: string) => void;
}

interface Run {
  readonly form: RelayForm;
  readonly startedMs: number;
  readonly encoder: ProgramVideoEncoder;
  /** Given when its first packet goes out, so that numbers rise in the order of packets. */
  number: number;
  /** When it was given its first picture. */
  fedMs: number | undefined;
  /** A packet has come out. */
  works: boolean;
  /** Nothing more will come out. */
  over: boolean;
}

/** An announced change; its run is there once it has started. */
interface Change {
  readonly form: RelayForm;
  readonly fromFrame: number;
  run: Run | undefined;
}

/**
 * What an encoder may take for its last packets before the next one's go out without them. One that waits for a processor is given
 * longer, but less than the four seconds after which the program leaves pictures out: it has canvases that the next one lacks.
 */
const FINISH: Patience = { ms: 1000, mostMs: 3000 };
/** Seconds before its first picture at which the next encoder starts: its process is ready then, and not yet idle for long. */
const START_AHEAD_SECONDS = 1;
/** Where starts take longer. An encoder that is idle for four seconds is taken for one that hangs. */
const MAX_START_AHEAD_SECONDS = 3;
/** An encoder whose first packet comes so much after its first picture was not ready in time. */
const LATE_MS = 500;
/** A device that failed so often in a session is not asked again. */
const MAX_HARDWARE_FAILURES = 2;

/** `write` goes nowhere while an encoder waits for its restart; frame numbers go on. */
export class EncoderRelay {
  readonly #options: EncoderRelayOptions;
  readonly #order = new RunOrder<Run>();
  #form: RelayForm;
  /** Takes the pictures. */
  #current: Run | undefined;
  #next: Change | undefined;
  #lastFrame = -1;
  #lastNumber = 0;
  #startAheadSeconds = START_AHEAD_SECONDS;
  #failures = 0;
  #hardwareFailures = 0;
  /** No start before. */
  #notBeforeMs = Number.NEGATIVE_INFINITY;
  #ended = false;
  readonly #ending = new Set<Promise<void>>();

  constructor(options: EncoderRelayOptions) {
    this.#options = options;
    this.#form = options.form;
  }

  /** FFmpeg's name of the encoder in use. */
  get encoder(): string {
    return FFMPEG_ENCODERS[this.#playable(this.#form).encoder];
  }

  /** Pictures that have gone in and not come out. */
  get waiting(): number {
    return this.#current?.encoder.waiting ?? 0;
  }

  /** Whether the encoder that gets the pictures has given one. */
  get works(): boolean {
    return this.#current?.works ?? false;
  }

  /** The frame at which an announced change takes place; undefined when there is none. */
  get changesAt(): number | undefined {
    return this.#next?.fromFrame;
  }

  /** So long before its first picture an encoder has to be started, as far as is known from those before. */
  get startAheadSeconds(): number {
    return this.#startAheadSeconds;
  }

  /** The form that picture `frame` has to have. */
  formAt(frame: number): RelayForm {
    return this.#next && frame >= this.#next.fromFrame ? this.#next.form : this.#form;
  }

  /** Pictures from `fromFrame` on have this form. A change that was announced and has not begun is replaced. */
  setForm(form: RelayForm, fromFrame: number): void {
    if (this.#ended) return;
    this.keepForm();
    this.#next = { form, fromFrame, run: undefined };
    this.#startAhead();
  }

  /** Takes back a change that was announced and has not begun. */
  keepForm(): void {
    if (this.#next?.run) this.#abandon(this.#next.run);
    this.#next = undefined;
  }

  /** Writes picture number `frame`, larger than the last; `onWritten` tells when its memory may be used again. */
  write(picture: Picture, frame: number, onWritten: () => void): void {
    this.#lastFrame = frame;
    if (this.#next && frame >= this.#next.fromFrame) this.#takeOver(this.#next, frame);
    else this.#startAhead();
    if (!this.#current && this.#mayStart) this.#current = this.#start(this.#form, frame);
    if (!this.#current) {
      onWritten();
      return;
    }
    this.#current.fedMs ??= this.#options.clock.monotonicMs();
    this.#current.encoder.write(picture, frame, onWritten);
  }

  /** Resolves when every process is gone. */
  async close(): Promise<void> {
    this.#ended = true;
    for (const run of this.#order.runs) this.#abandon(run);
    await Promise.all(this.#ending);
  }

  get #mayStart(): boolean {
    return !this.#ended && this.#options.clock.monotonicMs() >= this.#notBeforeMs;
  }

  #startAhead(): void {
    const next = this.#next;
    if (!next || next.run || !this.#mayStart) return;
    const ahead = (next.fromFrame - this.#lastFrame) / next.form.framerate;
    if (this.#lastFrame >= 0 && ahead <= this.#startAheadSeconds) next.run = this.#start(next.form, firstPicture(next));
  }

  #takeOver(next: Change, frame: number): void {
    const before = this.#current;
    // It counts its pictures from the first one that was to be. Where that was left out, its key frames would come at other frames.
    if (next.run && (frame - firstPicture(next)) % next.form.gopFrames !== 0) this.#abandon(next.run);
    this.#next = undefined;
    this.#form = next.form;
    this.#current = next.run;
    if (before) this.#finish(before);
  }

  #start(form: RelayForm, firstFrame: number): Run {
    const { spawn, clock, log, label, isHeldUp, onConfig, onPacket } = this.#options;
    const format = this.#playable(form);
    const out = (data: Uint8Array, emit: () => void): void => {
      this.#order.give(run, data.byteLength, emit);
      this.#hurry();
    };
    const encoder = new ProgramVideoEncoder({
      label,
      format,
      firstFrame,
      spawn,
      clock,
      log,
      isHeldUp,
      onConfig: (description) => out(description, () => onConfig(this.#numberOf(run), description, format)),
      onPacket: (frame, keyframe, data) => {
        this.#learn(run);
        out(data, () => onPacket(frame, keyframe, data, this.#numberOf(run)));
      },
      onFailure: (reason) => this.#onFailure(run, reason),
    });
    const startedMs = clock.monotonicMs();
    const run: Run = { form: format, startedMs, encoder, number: 0, fedMs: undefined, works: false, over: false };
    // One that starts again comes before the one that is to follow it.
    this.#order.add(run, this.#next?.run);
    this.#hurry();
    return run;
  }

  /** Too much waits for the oldest: it is not waited for any longer. */
  #hurry(): void {
    const order = this.#order;
    for (let run = order.oldest; run && order.isTooLong; run = order.oldest) this.#abandon(run);
  }

  /** The next one starts as much earlier as this one was late. */
  #learn(run: Run): void {
    if (run.works || run.fedMs === undefined) return;
    run.works = true;
    const now = this.#options.clock.monotonicMs();
    if (now - run.fedMs < LATE_MS) return;
    const seconds = Math.min(MAX_START_AHEAD_SECONDS, (now - run.startedMs) / 1000);
    this.#startAheadSeconds = Math.max(this.#startAheadSeconds, seconds);
  }

  #numberOf(run: Run): number {
    if (run.number === 0) {
      this.#lastNumber += 1;
      run.number = this.#lastNumber;
    }
    return run.number;
  }

  /** A device that does not work gives way to x264. */
  #playable(form: RelayForm): RelayForm {
    return this.#hardwareFailures < MAX_HARDWARE_FAILURES ? form : { ...form, encoder: 'x264' };
  }

  #finish(run: Run): void {
    const finished = run.encoder.finish(FINISH).then(() => this.#abandon(run));
    this.#remember(finished);
  }

  /** Nothing more of this run goes out. */
  #abandon(run: Run): void {
    if (this.#current === run) this.#current = undefined;
    if (this.#next?.run === run) this.#next.run = undefined;
    if (!run.over) this.#remember(run.encoder.close());
    run.over = true;
    this.#order.remove(run);
  }

  #onFailure(run: Run, reason: string): void {
    const { restart, clock, log, label, onLost } = this.#options;
    this.#abandon(run);
    if (this.#ended) return;
    const now = clock.monotonicMs();
    if (now - run.startedMs > restart.forgetAfterMs) this.#failures = 0;
    this.#failures += 1;
    const { encoder } = run.form;
    log.error('an encoder of the program failed', { which: label, encoder, reason, failures: this.#failures });
    this.#countHardwareFailure(run);
    if (retryDelay(restart, this.#failures) !== undefined) {
      const pause = this.#failures === 1 ? 0 : retryDelay(restart, this.#failures - 1);
      this.#notBeforeMs = now + (pause ?? 0);
      return;
    }
    this.#ended = true;
    onLost(reason);
  }

  #countHardwareFailure(run: Run): void {
    if (run.form.encoder === 'x264') return;
    this.#hardwareFailures += 1;
    if (this.#hardwareFailures !== MAX_HARDWARE_FAILURES) return;
    const { log, label } = this.#options;
    log.warn('the hardware encoder failed twice; x264 is used until the session ends', {
      which: label,
      encoder: run.form.encoder,
    });
  }

  #remember(ending: Promise<void>): void {
    const gone: Promise<void> = ending.finally(() => this.#ending.delete(gone));
    this.#ending.add(gone);
  }
}

/** The first frame of a change for which there is a picture. */
function firstPicture({ form, fromFrame }: Change): number {
  return Math.ceil(fromFrame / form.frameStep) * form.frameStep;
}
