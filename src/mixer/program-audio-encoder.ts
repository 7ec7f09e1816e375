/** The program's AAC encoder for HLS and recordings: float blocks in, access units with their sample positions out. */
import type { FfmpegProcess, SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import { encodeAudioArgs } from '../ffmpeg/live-args.ts';
import type { Logger } from '../logger.ts';
import { FlvReader } from '../media/flv-reader.ts';
import type { Clock } from '../util/clock.ts';

/** Frames (samples per channel) of one AAC access unit (ISO/IEC 14496-3 section 4.5.1.1). */
export const AAC_FRAMES = 1024;

/** Options of one run. */
export interface ProgramAudioEncoderOptions {
  readonly kbit: number;
  /** Position of the first sample that will be written, at 48 kHz since the session began. */
  readonly firstSample: number;
  readonly spawn: SpawnFfmpeg;
  readonly clock: Clock;
  readonly log: Logger;
  /** An AudioSpecificConfig; comes before the first unit. */
  readonly onConfig: (description: Uint8Array) => void;
  readonly onPacket: (sample: number, data: Uint8Array) => void;
  /** The process ended by itself; called once. */
  readonly onFailure: (reason: string) => void;
}

const MAX_TAG_BYTES = 64 * 1024;
/** Sound comes all the time, so an encoder without progress for so long hangs. */
const HUNG_MS = 4000;
// Ten seconds of sound: an encoder this far behind is stuck.
const MAX_PENDING_BYTES = 48000 * 2 * 4 * 10;

/** In a process of its own, so that late pictures never hold back sound. */
export class ProgramAudioEncoder {
  readonly #process: FfmpegProcess;
  readonly #onFailure: (reason: string) => void;
  #units = 0;
  #done = false;

  constructor(options: ProgramAudioEncoderOptions) {
    this.#onFailure = options.onFailure;
    const { log, clock, kbit } = options;
    this.#process = options.spawn(encodeAudioArgs({ kbit }), {
      label: 'program audio',
      log,
      clock,
      progressTimeoutMs: HUNG_MS,
    });
    const reader = new FlvReader({
      maxTagBytes: MAX_TAG_BYTES,
      onTag: (tag) => {
        if (tag.kind === 'audio-config') options.onConfig(tag.data);
        else if (tag.kind === 'audio') {
          // The first unit is the encoder's priming: it decodes to what came before our first sample.
          const unit = this.#units;
          this.#units += 1;
          if (unit > 0) options.onPacket(options.firstSample + (unit - 1) * AAC_FRAMES, tag.data);
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

  /** Copies the samples (interleaved stereo floats). */
  write(samples: Float32Array): void {
    if (this.#done) return;
    if (this.#process.input.writableLength > MAX_PENDING_BYTES) {
      this.#fail('it does not take its input any more');
      return;
    }
    this.#process.input.write(Buffer.from(Float32Array.from(samples).buffer));
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
