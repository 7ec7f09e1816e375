/** The program's one video encoder: raw pictures in, packets with their frame numbers out. Serves one run. */
import type { FfmpegProcess, SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import { encodeVideoArgs } from '../ffmpeg/live-args.ts';
import type { Logger } from '../logger.ts';
import { FlvReader } from '../media/flv-reader.ts';
import type { Clock } from '../util/clock.ts';
import type { Picture } from './picture.ts';

/** Form of the program's picture. */
export interface ProgramVideoFormat {
  readonly width: number;
  readonly height: number;
  readonly framerate: number;
  readonly kbit: number;
  readonly preset: string;
  readonly gopFrames: number;
}

/** Options of one run. */
export interface ProgramVideoEncoderOptions {
  readonly format: ProgramVideoFormat;
  readonly spawn: SpawnFfmpeg;
  readonly clock: Clock;
  readonly log: Logger;
  /** An AVCDecoderConfigurationRecord; comes before the first packet. */
  readonly onConfig: (description: Uint8Array) => void;
  readonly onPacket: (frame: number, keyframe: boolean, data: Uint8Array) => void;
  /** The process ended by itself; called once. */
  readonly onFailure: (reason: string) => void;
}

// One key frame of 1080p at the highest bit rate stays far below.
const MAX_TAG_BYTES = 8 * 1024 * 1024;
/** Pictures come all the time, so an encoder without progress for so long hangs, and holds every canvas. */
const HUNG_MS = 4000;

/** x264 with zero latency gives exactly one packet per picture in the same order, so frame numbers are a queue. */
export class ProgramVideoEncoder {
  readonly #process: FfmpegProcess;
  readonly #onFailure: (reason: string) => void;
  readonly #frames: number[] = [];
  #done = false;

  constructor(options: ProgramVideoEncoderOptions) {
    this.#onFailure = options.onFailure;
    const { log, clock } = options;
    this.#process = options.spawn(encodeVideoArgs(options.format), {
      label: 'program video',
      log,
      clock,
      progressTimeoutMs: HUNG_MS,
    });
    const reader = new FlvReader({
      maxTagBytes: MAX_TAG_BYTES,
      onTag: (tag) => {
        if (tag.kind === 'video-config') options.onConfig(tag.data);
        else if (tag.kind === 'video') {
          const frame = this.#frames.shift();
          if (frame !== undefined) options.onPacket(frame, tag.keyframe, tag.data);
        }
      },
    });
    this.#process.output.on('data', (chunk: Buffer) => {
      if (this.#done) return;
      try {
        reader.push(chunk);
      } catch (error) {
        this.#fail(`its output is unreadable: ${String(error)}`);
      }
    });
    void this.#process.exit.then((exit) => this.#fail(exit.stderrTail.at(-1) ?? `exit code ${exit.code}`));
  }

  /** Writes picture number `frame`; `onWritten` tells when its memory may be used again (also when the encoder is gone). */
  write(picture: Picture, frame: number, onWritten: () => void): void {
    if (this.#done) {
      onWritten();
      return;
    }
    this.#frames.push(frame);
    this.#process.input.write(picture.data, () => onWritten());
  }

  /** Resolves when the process is gone. */
  async close(): Promise<void> {
    this.#done = true;
    await this.#process.stop();
  }

  #fail(reason: string): void {
    if (this.#done) return;
    this.#done = true;
    this.#onFailure(reason);
    void this.#process.stop();
  }
}
