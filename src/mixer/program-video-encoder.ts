/** One run of a picture encoder: raw pictures in, packets with their frame numbers out. */
import { encodeVideoArgs } from '../ffmpeg/encode-args.ts';
import type { Patience } from '../util/patience.ts';
import { type EncoderOptions, FlvEncoder } from './flv-encoder.ts';
import type { Picture } from './picture.ts';
import type { ProgramForm } from './program-form.ts';

/** What a run makes of which pictures. `frameStep` is 1 and the encoder x264 where they are left out. */
export interface ProgramVideoFormat extends Omit<ProgramForm, 'frameStep' | 'encoder'> {
  readonly frameStep?: number;
  readonly encoder?: ProgramForm['encoder'];
  /** Size of the pictures that are written, when the encoder is to scale them. */
  readonly source?: { readonly width: number; readonly height: number };
}

/** Options of one run. */
export interface ProgramVideoEncoderOptions extends EncoderOptions {
  readonly format: ProgramVideoFormat;
  /** The frame that will be written first: key frames are at multiples of the format's distance; default 0. */
  readonly firstFrame?: number;
  /** Default `program video`. */
  readonly label?: string;
  /** An AVCDecoderConfigurationRecord; comes before the first packet. */
  readonly onConfig: (description: Uint8Array) => void;
  readonly onPacket: (frame: number, keyframe: boolean, data: Uint8Array) => void;
}

// One key frame of 1080p at the highest bit rate stays far below.
const MAX_TAG_BYTES = 8 * 1024 * 1024;

/** Without lookahead and B-frames there is exactly one packet for each picture, in the same order: numbers are a queue. */
export class ProgramVideoEncoder {
  readonly #encoder: FlvEncoder;
  readonly #frames: number[] = [];
  readonly #bytes: number;

  constructor(options: ProgramVideoEncoderOptions) {
    const { format, firstFrame = 0, label = 'program video' } = options;
    const { width, height } = format.source ?? format;
    this.#bytes = (width * height * 3) / 2;
    this.#encoder = new FlvEncoder({
      ...options,
      label,
      args: encodeVideoArgs({ ...format, firstFrame }),
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

  /** Pictures that were written and have not come out yet. */
  get waiting(): number {
    return this.#frames.length;
  }

  /**
   * Writes picture number `frame`; `onWritten` tells when its memory may be used again (also when the encoder is gone).
   * @throws RangeError when the picture has another size than was agreed: what follows would be torn.
   */
  write(picture: Picture, frame: number, onWritten: () => void): void {
    if (picture.data.byteLength !== this.#bytes) {
      throw new RangeError(`A picture of ${picture.width}x${picture.height} is not what this encoder was started for`);
    }
    if (this.#encoder.write(picture.data, onWritten)) this.#frames.push(frame);
  }

  /** Resolves when all packets are out, at the latest when `patience` is used up. */
  finish(patience: Patience): Promise<void> {
    return this.#encoder.finish(patience);
  }

  /** Resolves when the process is gone. */
  close(): Promise<void> {
    return this.#encoder.close();
  }
}
