/**
 * Runs the program's video encoders as a relay: the next one starts beside the running one and takes over at an exact frame, and
 * one that dies is replaced. Packets come out in the order of their frames.
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

/** A form; `source` is the size of the pictures written, in pixels, where the encoder scales them. */
export interface RelayForm extends ProgramForm {
  readonly source?: { readonly width: number; readonly height: number };
}

/** Options of a relay. A higher `run` means another encoder, whose packets do not depend on those of the one before. */
export interface EncoderRelayOptions {
  readonly label: string;
  readonly form: RelayForm;
  readonly spawn: SpawnFfmpeg;
  readonly clock: Clock;
  readonly log: Logger;
  /** The first failure is followed by a restart at once, later ones by a restart after these delays. */
  readonly restart: RetryPolicy;
  /** Whether a process is merely starved of processor time; default: as the system says. */
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
  /** Assigned when its first packet goes out, so that numbers rise in the order of packets; 0 before. */
  number: number;
  /** When its first picture was written to it. */
  fedMs: number | undefined;
  /** A packet has come out. */
  works: boolean;
  /** Nothing more will come out. */
  over: boolean;
}

/** An announced change of form; `run` is set once its encoder has been started. */
interface Change {
  readonly form: RelayForm;
  readonly fromFrame: number;
  run: Run | undefined;
}

/**
 * How long the next encoder's packets wait for the last ones of an encoder that is finishing. One starved of processor time is given
 * longer, but less than the four seconds after which the program drops pictures: it holds canvases that the next one needs.
 */
const FINISH: Patience = { ms: 1000, mostMs: 3000 };
/** The next encoder starts this many seconds before its first picture: enough to be ready, and not idle for long. */
const START_AHEAD_SECONDS = 1;
/** The most where starts take longer: an encoder that is idle for four seconds is taken for one that hangs. */
const MAX_START_AHEAD_SECONDS = 3;
/** An encoder whose first packet comes this long after its first picture was not ready in time. */
const LATE_MS = 500;
/** After this many failures in a session hardware encoders are not used any more. */
const MAX_HARDWARE_FAILURES = 2;

/** While an encoder waits for its restart, `write` drops pictures; frame numbers continue. */
export class EncoderRelay {
  readonly #options: EncoderRelayOptions;
  readonly #order = new RunOrder<Run>();
  #form: RelayForm;
  /** The run that pictures are written to. */
  #current: Run | undefined;
  #next: Change | undefined;
  #lastFrame = -1;
  #lastNumber = 0;
  #startAheadSeconds = START_AHEAD_SECONDS;
  #failures = 0;
  #hardwareFailures = 0;
  /** Monotonic time before which no encoder may be started. */
  #notBeforeMs = Number.NEGATIVE_INFINITY;
  #ended = false;
  readonly #ending = new Set<Promise<void>>();

  constructor(options: EncoderRelayOptions) {
    this.#options = options;
    this.#form = options.form;
  }

  /** FFmpeg's name for the encoder in use. */
  get encoder(): string {
    return FFMPEG_ENCODERS[this.#playable(this.#form).encoder];
  }

  /** Pictures written whose packets have not come out. */
  get waiting(): number {
    return this.#current?.encoder.waiting ?? 0;
  }

  /** Whether the encoder that pictures are written to has output a packet. */
  get works(): boolean {
    return this.#current?.works ?? false;
  }

  /** The frame at which the announced change takes place; undefined when none is announced. */
  get changesAt(): number | undefined {
    return this.#next?.fromFrame;
  }

  /** How long before its first picture an encoder has to be started, seconds, learned from earlier starts. */
  get startAheadSeconds(): number {
    return this.#startAheadSeconds;
  }

  /** The form that picture `frame` has to have. */
  formAt(frame: number): RelayForm {
    return this.#next && frame >= this.#next.fromFrame ? this.#next.form : this.#form;
  }

  /** Announces that pictures from `fromFrame` on have this form; replaces an announced change that has not begun. */
  setForm(form: RelayForm, fromFrame: number): void {
    if (this.#ended) return;
    this.keepForm();
    this.#next = { form, fromFrame, run: undefined };
    this.#startAhead();
  }

  /** Withdraws an announced change that has not begun. */
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
    // It places key frames by counting from its intended first picture: had that been dropped, they would come at other frames.
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

  /** Abandons the oldest run while too much waits for it. */
  #hurry(): void {
    const order = this.#order;
    for (let run = order.oldest; run && order.isTooLong; run = order.oldest) this.#abandon(run);
  }

  /** Lets later encoders start earlier when this one was late. */
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

  /** The form with x264 once hardware encoders have failed too often. */
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

/** The first frame of a change that has a picture: not every frame has, at a reduced rate. */
function firstPicture({ form, fromFrame }: Change): number {
  return Math.ceil(fromFrame / form.frameStep) * form.frameStep;
}
