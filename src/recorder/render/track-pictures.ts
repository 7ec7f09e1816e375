/** The pictures of one track's file in the order they were captured, asked for moment by moment: never more than a few at a time. */
import { FfmpegError } from '../../errors.ts';
import type { FfmpegProcess, SpawnFfmpeg } from '../../ffmpeg/ffmpeg-process.ts';
import { tileFilters } from '../../ffmpeg/live-args.ts';
import type { Logger } from '../../logger.ts';
import { NutReader } from '../../media/nut-reader.ts';
import { FramePool } from '../../mixer/frame-pool.ts';
import { type Picture, pictureBytes } from '../../mixer/picture.ts';
import type { Clock } from '../../util/clock.ts';

/** A picture and when it was captured, seconds of the recording. */
export interface TimedPicture {
  readonly picture: Picture;
  readonly at: number;
}

/** What to read. */
export interface TrackPicturesOptions {
  readonly spawn: SpawnFfmpeg;
  /** A path. */
  readonly file: string;
  /** Every picture is exactly so large, even numbers. */
  readonly width: number;
  readonly height: number;
  readonly fit: 'contain' | 'cover';
  /** Seconds of the recording: what is asked for is never earlier. */
  readonly from: number;
  readonly maxPixels: number;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A picture this little ahead of its time is shown, as in the live program. */
const EARLY_SECONDS = 0.005;
const MAX_ALLOC_BYTES = 128 * 1024 * 1024;
const POOLED = 4;
/** There is nothing to finish in good order. */
const GRACE_MS = 300;

/** Owns an FFmpeg that waits while nobody asks. */
export class TrackPictures {
  readonly #process: FfmpegProcess;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #reader: NutReader;
  readonly #pool: FramePool;
  readonly #log: Logger;
  readonly #file: string;
  readonly #coming: TimedPicture[] = [];
  #current: TimedPicture | undefined;
  #ended = false;

  constructor(options: TrackPicturesOptions) {
    const { spawn, width, height, clock, log } = options;
    this.#log = log;
    this.#file = options.file;
    this.#pool = new FramePool(pictureBytes(width, height), POOLED);
    this.#reader = new NutReader({
      maxPacketBytes: this.#pool.bytes,
      allocate: (_stream, bytes) => (bytes === this.#pool.bytes ? this.#pool.take() : new Uint8Array(bytes)),
      onPacket: ({ pts, stream: { timebase }, data }) => {
        if (data.byteLength !== this.#pool.bytes) return;
        const at = (pts * timebase.num) / timebase.den;
        this.#coming.push({ picture: { width, height, data: data as Buffer }, at });
      },
    });
    this.#process = spawn(pictureArgs(options), { label: 'render picture', log, clock, graceMs: GRACE_MS });
    this.#process.input.end();
    this.#chunks = this.#process.output[Symbol.asyncIterator]();
  }

  /**
   * The newest picture that was captured at `at` or before, seconds of the recording; undefined before the first. Times asked for
   * do not fall; the picture holds until the next call.
   * @throws FfmpegError when the decoder was killed; a broken file ends early instead.
   */
  async at(at: number): Promise<TimedPicture | undefined> {
    for (;;) {
      const next = this.#coming[0];
      if (next && next.at <= at + EARLY_SECONDS) {
        if (this.#current) this.#pool.give(this.#current.picture.data);
        this.#current = this.#coming.shift();
      } else if (next || this.#ended) {
        return this.#current;
      } else {
        await this.#read();
      }
    }
  }

  /** Resolves when the process is gone. */
  async close(): Promise<void> {
    this.#ended = true;
    this.#process.output.destroy();
    await this.#process.stop();
  }

  async #read(): Promise<void> {
    try {
      const { done, value } = await this.#chunks.next();
      if (!done) {
        this.#reader.push(value);
        return;
      }
    } catch (error) {
      if (!this.#ended)
        this.#log.warn('a track cannot be read to its end', { file: this.#file, reason: String(error) });
    }
    if (this.#ended) return;
    this.#ended = true;
    const exit = await this.#process.stop();
    // Its owner did not ask for it: another attempt may have more luck.
    if (exit.signal !== null && exit.signal !== 'SIGINT' && exit.signal !== 'SIGTERM') {
      throw new FfmpegError(`A decoder was ended by ${exit.signal}`);
    }
  }
}

/** From the key frame before `from` on, at their own times; nothing but this file is opened, and nothing but these codecs decoded. */
function pictureArgs({ file, from, maxPixels, ...form }: TrackPicturesOptions): string[] {
  return [
    ...['-hide_banner', '-v', 'error', '-nostdin', '-max_alloc', String(MAX_ALLOC_BYTES), '-copyts'],
    ...['-protocol_whitelist', 'file', '-format_whitelist', 'matroska,mov', '-codec_whitelist', 'h264,vp8'],
    ...['-max_pixels', String(maxPixels), '-threads', '1', '-max_error_rate', '1'],
    // By the file's own times; else it would count from where the track begins.
    ...(from > 0 ? ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', from.toFixed(6)] : []),
    ...['-i', `file:${file}`],
    ...['-map', '0:v:0', '-vf', tileFilters(form), '-fps_mode', 'passthrough', '-enc_time_base', '1/1000'],
    ...['-threads', '1', '-c:v', 'rawvideo', '-pix_fmt', 'yuv420p', '-write_index', '0', '-f', 'nut', 'pipe:1'],
  ];
}
