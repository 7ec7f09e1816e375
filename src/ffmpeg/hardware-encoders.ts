/** Which encoder a program gets: the one that is wished for if it passes the test on this machine, else x264. */
import type { Logger } from '../logger.ts';
import type { Clock } from '../util/clock.ts';
import { listedNames } from './capabilities.ts';
import { findEncoderFault, type TestedFormat } from './encoder-trial.ts';
import { createSpawner } from './ffmpeg-process.ts';
import { run } from './run.ts';
import { FFMPEG_ENCODERS, type HardwareEncoderName, type VideoEncoderName } from './video-encoders.ts';

/** A wish; `auto`: the first device that passes, else x264. */
export type EncoderWish = 'auto' | VideoEncoderName;

/** A device's encoder that is not used. */
export interface RejectedEncoder {
  readonly encoder: HardwareEncoderName;
  /** End of the sentence "It is not used, for …". */
  readonly reason: string;
}

/** What is used, and what was tested before and is not. */
export interface EncoderChoice {
  readonly encoder: VideoEncoderName;
  readonly rejected: readonly RejectedEncoder[];
}

/** Options of a chooser. */
export interface EncoderChooserOptions {
  readonly ffmpegPath: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Default: this machine's, as Node names it. */
  readonly platform?: NodeJS.Platform;
  /** Milliseconds for the test of one encoder; default 8000. */
  readonly timeoutMs?: number;
}

const LIST_TIMEOUT_MS = 10_000;
/** Rooms may order programs of many sizes; results of the oldest are forgotten. */
const MAX_RESULTS = 64;

/** Tests are made once for each size, one at a time: devices allow few streams at once. */
export class EncoderChooser {
  readonly #options: EncoderChooserOptions;
  readonly #results = new Map<string, Promise<string | undefined>>();
  #listed: Promise<ReadonlySet<string>> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: EncoderChooserOptions) {
    this.#options = options;
  }

  /** Never rejects. At once for x264; some tenths of a second for each device that is tested for the first time. */
  async choose(wish: EncoderWish, format: TestedFormat): Promise<EncoderChoice> {
    if (wish === 'x264') return { encoder: 'x264', rejected: [] };
    const rejected: RejectedEncoder[] = [];
    for (const encoder of wish === 'auto' ? this.candidates() : [wish]) {
      const reason = await this.test(encoder, format);
      if (reason === undefined) return { encoder, rejected };
      rejected.push({ encoder, reason });
    }
    this.#options.log.warn('no hardware encoder can be used; x264 is', { wish, rejected });
    return { encoder: 'x264', rejected };
  }

  /** Why an encoder cannot make such a program here; undefined when it can. */
  test(encoder: HardwareEncoderName, format: TestedFormat): Promise<string | undefined> {
    const key = `${encoder} ${format.width}x${format.height}@${format.framerate} ${format.kbit}`;
    const known = this.#results.get(key);
    if (known) return known;
    const result = this.#last.then(() => this.#test(encoder, format));
    this.#last = result;
    this.#results.set(key, result);
    const [oldest] = this.#results.keys();
    if (oldest !== undefined && this.#results.size > MAX_RESULTS) this.#results.delete(oldest);
    return result;
  }

  /** Those that machines of this kind may have, the most capable first. */
  candidates(): readonly HardwareEncoderName[] {
    const platform = this.#options.platform ?? process.platform;
    return platform === 'darwin' ? ['videotoolbox'] : ['nvenc', 'vaapi', 'qsv'];
  }

  async #test(encoder: HardwareEncoderName, format: TestedFormat): Promise<string | undefined> {
    const { ffmpegPath, clock, timeoutMs } = this.#options;
    this.#listed ??= listEncoders(ffmpegPath, clock);
    if (!(await this.#listed).has(FFMPEG_ENCODERS[encoder])) return 'this FFmpeg was built without it';
    const spawn = createSpawner(ffmpegPath);
    const limit = timeoutMs === undefined ? {} : { timeoutMs };
    return findEncoderFault({ encoder, format, spawn, clock, ...limit });
  }
}

async function listEncoders(ffmpegPath: string, clock: Clock): Promise<ReadonlySet<string>> {
  const { stdout } = await run(ffmpegPath, ['-hide_banner', '-encoders'], { clock, timeoutMs: LIST_TIMEOUT_MS });
  return listedNames(stdout);
}
