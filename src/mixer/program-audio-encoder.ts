/** The program's AAC encoder for HLS and recordings: float blocks in, access units with their sample positions out. */
import { encodeAudioArgs } from '../ffmpeg/encode-args.ts';
import { type EncoderOptions, FlvEncoder } from './flv-encoder.ts';

/** Frames (samples per channel) of one AAC access unit (ISO/IEC 14496-3 section 4.5.1.1). */
export const AAC_FRAMES = 1024;

/** Options of one run. */
export interface ProgramAudioEncoderOptions extends EncoderOptions {
  readonly kbit: number;
  /** Position of the first sample that will be written, at 48 kHz since the session began. */
  readonly firstSample: number;
  /** An AudioSpecificConfig; comes before the first unit. */
  readonly onConfig: (description: Uint8Array) => void;
  readonly onPacket: (sample: number, data: Uint8Array) => void;
}

const MAX_TAG_BYTES = 64 * 1024;
/** Ten seconds of sound. */
const MAX_PENDING_BYTES = 48000 * 2 * 4 * 10;

/** In a process of its own, so that late pictures never hold back sound. */
export class ProgramAudioEncoder {
  readonly #encoder: FlvEncoder;
  #units = 0;

  constructor(options: ProgramAudioEncoderOptions) {
    this.#encoder = new FlvEncoder({
      ...options,
      label: 'program audio',
      args: encodeAudioArgs({ kbit: options.kbit }),
      maxTagBytes: MAX_TAG_BYTES,
      maxPendingBytes: MAX_PENDING_BYTES,
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
  }

  /** Copies the samples (interleaved stereo floats). */
  write(samples: Float32Array): void {
    this.#encoder.write(Buffer.from(Float32Array.from(samples).buffer));
  }

  /** Resolves when the process is gone. */
  close(): Promise<void> {
    return this.#encoder.close();
  }
}
