/** The program's one video encoder: raw pictures in, packets with their frame numbers out. Serves one run. */
import { encodeVideoArgs } from '../ffmpeg/encode-args.ts';
import { type EncoderOptions, FlvEncoder } from './flv-encoder.ts';
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
export interface ProgramVideoEncoderOptions extends EncoderOptions {
  readonly format: ProgramVideoFormat;
  /** An AVCDecoderConfigurationRecord; comes before the first packet. */
  readonly onConfig: (description: Uint8Array) => void;
  readonly onPacket: (frame: number, keyframe: boolean, data: Uint8Array) => void;
}

// One key frame of 1080p at the highest bit rate stays far below.
const MAX_TAG_BYTES = 8 * 1024 * 1024;

/** x264 with zero latency gives exactly one packet per picture in the same order, so frame numbers are a queue. */
export class ProgramVideoEncoder {
  readonly #encoder: FlvEncoder;
  readonly #frames: number[] = [];

  constructor(options: ProgramVideoEncoderOptions) {
    this.#encoder = new FlvEncoder({
      ...options,
      label: 'program video',
      args: encodeVideoArgs(options.format),
      maxTagBytes: MAX_TAG_BYTES,
      // The canvases are few: they are what bounds the pipe.
      maxPendingBytes: Number.POSITIVE_INFINITY,
      onTag: (tag) => {
        if (tag.kind === 'video-config') options.onConfig(tag.data);
        else if (tag.kind === 'video') {
          const frame = this.#frames.shift();
          if (frame !== undefined) options.onPacket(frame, tag.keyframe, tag.data);
        }
      },
    });
  }

  /** Writes picture number `frame`; `onWritten` tells when its memory may be used again (also when the encoder is gone). */
  write(picture: Picture, frame: number, onWritten: () => void): void {
    if (this.#encoder.write(picture.data, onWritten)) this.#frames.push(frame);
  }

  /** Resolves when the process is gone. */
  close(): Promise<void> {
    return this.#encoder.close();
  }
}
