/** The program's encoders: started once per session, restarted alone when they die, never for a join or leave. */
import type { SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import type { Logger } from '../logger.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { type RetryPolicy, retryDelay } from '../util/retry.ts';
import { EncoderRelay } from './encoder-relay.ts';
import type { ProgramOptions } from './link-messages.ts';
import { LowEncoder } from './low-encoder.ts';
import { CHANNELS } from './opus-codec.ts';
import type { Picture } from './picture.ts';
import { ProgramAudioEncoder } from './program-audio-encoder.ts';
import { isCoded, orderedForm, type ProgramForm, sameForm } from './program-form.ts';

/** Where coded media goes. A higher `run` is another encoder, whose packets do not continue the last one's. */
export interface ProgramSinks {
  /** `form`: of the pictures that follow. */
  readonly onVideoConfig: (run: number, description: Uint8Array, form: ProgramForm) => void;
  readonly onAudioConfig: (run: number, description: Uint8Array) => void;
  readonly onVideo: (frame: number, keyframe: boolean, data: Uint8Array, run: number) => void;
  readonly onAudio: (sample: number, data: Uint8Array, run: number) => void;
  /** The same for the small rendition, while it is wanted; its runs are counted for themselves. */
  readonly onLowConfig?: (run: number, description: Uint8Array, form: ProgramForm) => void;
  readonly onLow?: (frame: number, keyframe: boolean, data: Uint8Array, run: number) => void;
  /** The restart budget is used up: the whole mixer has to go. */
  readonly onLost: (reason: string) => void;
}

/** Options of the encoders. */
export interface ProgramOutputOptions {
  readonly program: ProgramOptions;
  /** Default: as `program` orders it, by x264. */
  readonly form?: ProgramForm;
  readonly spawn: SpawnFfmpeg;
  readonly clock: Clock;
  readonly log: Logger;
  readonly restart: RetryPolicy;
  readonly sinks: ProgramSinks;
}

/** Samples of one 20 ms block. */
const BLOCK_SAMPLES = 960;
/** The small rendition goes on for so long when nobody wants it any more: those who come and go start no processes. */
const LOW_LINGER_MS = 5000;

/** `writePicture` and `writeSound` go nowhere while an encoder restarts; frame numbers go on. */
export class ProgramOutput {
  readonly #options: ProgramOutputOptions;
  readonly #video: EncoderRelay;
  #low: LowEncoder | undefined;
  #lowRuns = 0;
  #lowEnd: Disposer | undefined;
  #audio: ProgramAudioEncoder | undefined;
  #audioRun = 0;
  #audioFailures = 0;
  #audioStartedMs = 0;
  #audioNotBeforeMs = Number.NEGATIVE_INFINITY;
  #audioLost = false;
  /** The block that continues what the AAC encoder has. */
  #nextBlock = -1;
  /** The form that was ordered last. */
  #form: ProgramForm;
  #frame = -1;
  /** Encoders on their way out. */
  readonly #ending = new Set<Promise<void>>();
  #closed = false;

  constructor(options: ProgramOutputOptions) {
    this.#options = options;
    const { program, spawn, clock, log, restart, sinks } = options;
    this.#form = options.form ?? orderedForm(program);
    this.#video = new EncoderRelay({
      label: 'program video',
      form: this.#form,
      spawn,
      clock,
      log,
      restart,
      onConfig: sinks.onVideoConfig,
      onPacket: sinks.onVideo,
      onLost: sinks.onLost,
    });
  }

  /** FFmpeg's name of the picture's encoder. */
  get encoder(): string {
    return this.#video.encoder;
  }

  /** Pictures that have gone into the encoder and not come out: more than one or two of them say that it is too slow. */
  get waiting(): number {
    return this.#video.waiting;
  }

  /** The form that the canvas of a frame has to have; `isCoded` says whether there has to be one. */
  formAt(frame: number): ProgramForm {
    return this.#video.formAt(frame);
  }

  /**
   * The program has this form from `fromFrame` on (see `nextChange`), a frame that was not written yet. Its encoder starts
   * beside the one that runs, so that no frame is missing.
   */
  setForm(form: ProgramForm, fromFrame: number): void {
    if (this.#closed || sameForm(form, this.#form)) return;
    this.#form = form;
    if (sameForm(form, this.#video.formAt(this.#frame))) {
      this.#video.keepForm();
      this.#low?.keepForm();
      return;
    }
    this.#video.setForm(form, fromFrame);
    this.#low?.setForm(form, fromFrame);
  }

  /** Whether anybody wants the small rendition. */
  setLowWanted(wanted: boolean): void {
    this.#lowEnd?.();
    this.#lowEnd = undefined;
    if (this.#closed) return;
    if (wanted) this.#low ??= this.#startLow();
    else if (this.#low) this.#lowEnd = this.#options.clock.after(LOW_LINGER_MS, () => this.#endLow());
  }

  /** The canvas of a frame, of the form's size; frames that are not coded are left out. */
  writePicture(picture: Picture, frame: number, onWritten: () => void): void {
    this.#frame = frame;
    if (this.#closed || !isCoded(this.formAt(frame), frame)) {
      onWritten();
      return;
    }
    this.#low?.write(picture, frame);
    this.#video.write(picture, frame, onWritten);
  }

  /** The AAC encoder starts with the first block it is given; it counts samples from there, so that another one follows behind a gap. */
  writeSound(samples: Float32Array, block: number): void {
    if (this.#audio && block !== this.#nextBlock) this.#endAudio(this.#audio);
    this.#nextBlock = block + samples.length / (BLOCK_SAMPLES * CHANNELS);
    if (!this.#audio && this.#mayStartAudio) this.#audio = this.#startAudio(block * BLOCK_SAMPLES);
    this.#audio?.write(samples);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#endLow();
    await Promise.all([this.#video.close(), this.#audio?.close(), ...this.#ending]);
  }

  get #mayStartAudio(): boolean {
    return !this.#closed && !this.#audioLost && this.#options.clock.monotonicMs() >= this.#audioNotBeforeMs;
  }

  #startLow(): LowEncoder {
    const { spawn, clock, log, sinks } = this.#options;
    const base = this.#lowRuns;
    const low = new LowEncoder({
      form: this.#video.formAt(this.#frame + 1),
      spawn,
      clock,
      log,
      onConfig: (run, description, form) => {
        this.#lowRuns = base + run;
        sinks.onLowConfig?.(base + run, description, form);
      },
      onPacket: (frame, keyframe, data, run) => sinks.onLow?.(frame, keyframe, data, base + run),
    });
    // A change that is announced concerns it too.
    const { changesAt } = this.#video;
    if (changesAt !== undefined) low.setForm(this.#form, changesAt);
    return low;
  }

  #endLow(): void {
    this.#lowEnd?.();
    this.#lowEnd = undefined;
    const low = this.#low;
    this.#low = undefined;
    if (low) this.#remember(low.close());
  }

  #startAudio(firstSample: number): ProgramAudioEncoder {
    const { program, spawn, clock, log, sinks } = this.#options;
    this.#audioRun += 1;
    const run = this.#audioRun;
    this.#audioStartedMs = clock.monotonicMs();
    const encoder = new ProgramAudioEncoder({
      kbit: program.audioKbit,
      firstSample,
      spawn,
      clock,
      log,
      onConfig: (description) => sinks.onAudioConfig(run, description),
      onPacket: (sample, data) => sinks.onAudio(sample, data, run),
      onFailure: (reason) => {
        this.#endAudio(encoder);
        this.#audioFailed(reason);
      },
    });
    return encoder;
  }

  #endAudio(encoder: ProgramAudioEncoder): void {
    this.#audio = undefined;
    this.#remember(encoder.close());
  }

  /** The next block starts the next one: at once the first time, then after the policy's pause. */
  #audioFailed(reason: string): void {
    const { restart, clock, log, sinks } = this.#options;
    const now = clock.monotonicMs();
    if (now - this.#audioStartedMs > restart.forgetAfterMs) this.#audioFailures = 0;
    this.#audioFailures += 1;
    log.error('an encoder of the program failed', { which: 'program audio', reason, failures: this.#audioFailures });
    if (retryDelay(restart, this.#audioFailures) !== undefined) {
      const pause = this.#audioFailures === 1 ? 0 : retryDelay(restart, this.#audioFailures - 1);
      this.#audioNotBeforeMs = now + (pause ?? 0);
      return;
    }
    this.#audioLost = true;
    sinks.onLost(reason);
  }

  #remember(ending: Promise<void>): void {
    const done: Promise<void> = ending.finally(() => this.#ending.delete(done));
    this.#ending.add(done);
  }
}
