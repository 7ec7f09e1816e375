/** The program's encoders: started once per session, restarted alone when they die, never for a join or leave. */
import type { SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import type { Logger } from '../logger.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { type RetryPolicy, retryDelay } from '../util/retry.ts';
import type { ProgramOptions } from './link-messages.ts';
import type { Picture } from './picture.ts';
import { ProgramAudioEncoder } from './program-audio-encoder.ts';
import { ProgramVideoEncoder } from './program-video-encoder.ts';

/** Where coded media goes. A higher `run` is another encoder, whose packets do not continue the last one's. */
export interface ProgramSinks {
  readonly onVideoConfig: (run: number, description: Uint8Array) => void;
  readonly onAudioConfig: (run: number, description: Uint8Array) => void;
  readonly onVideo: (frame: number, keyframe: boolean, data: Uint8Array, run: number) => void;
  readonly onAudio: (sample: number, data: Uint8Array, run: number) => void;
  /** The restart budget is used up: the whole mixer has to go. */
  readonly onLost: (reason: string) => void;
}

/** Options of the pair of encoders. */
export interface ProgramOutputOptions {
  readonly program: ProgramOptions;
  readonly spawn: SpawnFfmpeg;
  readonly clock: Clock;
  readonly log: Logger;
  readonly restart: RetryPolicy;
  readonly sinks: ProgramSinks;
}

/** Samples of one 20 ms block. */
const BLOCK_SAMPLES = 960;

/** `writePicture` and `writeSound` go nowhere while an encoder restarts; frame numbers go on. */
export class ProgramOutput {
  readonly #options: ProgramOutputOptions;
  #video: ProgramVideoEncoder | undefined;
  #audio: ProgramAudioEncoder | undefined;
  #videoRun = 0;
  #audioRun = 0;
  readonly #failures = { video: 0, audio: 0 };
  readonly #startedMs = { video: 0, audio: 0 };
  /** Failed encoders on their way out. */
  readonly #ending = new Set<Promise<void>>();
  #videoTimer: Disposer | undefined;
  #audioTimer: Disposer | undefined;
  #closed = false;

  constructor(options: ProgramOutputOptions) {
    this.#options = options;
    this.#startVideo();
  }

  writePicture(picture: Picture, frame: number, onWritten: () => void): void {
    if (this.#video) this.#video.write(picture, frame, onWritten);
    else onWritten();
  }

  /** The AAC encoder starts with the first block it is given. */
  writeSound(samples: Float32Array, block: number): void {
    if (!this.#audio && !this.#audioTimer && !this.#closed) this.#startAudio(block * BLOCK_SAMPLES);
    this.#audio?.write(samples);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#videoTimer?.();
    this.#audioTimer?.();
    await Promise.all([this.#video?.close(), this.#audio?.close(), ...this.#ending]);
  }

  #startVideo(): void {
    if (this.#closed) return;
    const { program, spawn, clock, log, sinks } = this.#options;
    this.#videoRun += 1;
    const run = this.#videoRun;
    this.#startedMs.video = clock.monotonicMs();
    const encoder = new ProgramVideoEncoder({
      format: { ...program, kbit: program.videoKbit },
      spawn,
      clock,
      log,
      onConfig: (description) => sinks.onVideoConfig(run, description),
      onPacket: (frame, keyframe, data) => sinks.onVideo(frame, keyframe, data, run),
      onFailure: (reason) => {
        this.#video = undefined;
        this.#retire(encoder);
        this.#videoTimer = this.#again('video', reason, () => this.#startVideo());
      },
    });
    this.#video = encoder;
  }

  #startAudio(firstSample: number): void {
    const { program, spawn, clock, log, sinks } = this.#options;
    this.#audioRun += 1;
    const run = this.#audioRun;
    this.#startedMs.audio = clock.monotonicMs();
    const encoder = new ProgramAudioEncoder({
      kbit: program.audioKbit,
      firstSample,
      spawn,
      clock,
      log,
      onConfig: (description) => sinks.onAudioConfig(run, description),
      onPacket: (sample, data) => sinks.onAudio(sample, data, run),
      onFailure: (reason) => {
        this.#audio = undefined;
        this.#retire(encoder);
        // `writeSound` starts the next one once the timer is gone.
        this.#audioTimer = this.#again('audio', reason, () => {
          this.#audioTimer = undefined;
        });
      },
    });
    this.#audio = encoder;
  }

  /** Calls `start` after the policy's pause; undefined when there is no further try. */
  #again(which: 'video' | 'audio', reason: string, start: () => void): Disposer | undefined {
    const { restart, clock, log, sinks } = this.#options;
    if (clock.monotonicMs() - this.#startedMs[which] > restart.forgetAfterMs) this.#failures[which] = 0;
    this.#failures[which] += 1;
    log.error('a program encoder failed', { which, reason, failures: this.#failures[which] });
    const delay = retryDelay(restart, this.#failures[which]);
    if (delay !== undefined) return clock.after(delay, start);
    sinks.onLost(reason);
    return undefined;
  }

  #retire(encoder: ProgramVideoEncoder | ProgramAudioEncoder): void {
    const ending = encoder.close().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }
}
