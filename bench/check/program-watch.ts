/** A viewer who looks at every picture of a program, as it is decoded, in its full size. */
import { createSpawner } from '../../src/ffmpeg/ffmpeg-process.ts';
import { nullLogger } from '../../src/logger.ts';
import type { H264Config } from '../../src/media/codec.ts';
import type { Packet } from '../../src/media/packet.ts';
import type { Picture } from '../../src/mixer/picture.ts';
import { VideoDecoder } from '../../src/mixer/video-decoder.ts';
import { systemClock } from '../../src/util/clock.ts';
import type { Size } from './pattern.ts';

/** Told of each decoded picture; the picture is valid during the call only. */
export type OnPicture = (picture: Picture, frame: number) => void;

/** The program that is watched. */
export interface ProgramWatchOptions extends Size {
  readonly ffmpeg: string;
  readonly framerate: number;
}

/** Closed by its owner; everybody who still waits is told. */
export class ProgramWatch {
  readonly #options: ProgramWatchOptions;
  readonly #onPicture = new Set<OnPicture>();
  readonly #giveUp = new Set<(reason: Error) => void>();
  #decoder: VideoDecoder | undefined;
  #config: H264Config | undefined;

  constructor(options: ProgramWatchOptions) {
    this.#options = options;
  }

  /** The next packet of the program. */
  push({ data, pts, keyframe, config }: Packet<H264Config>): void {
    if (config !== this.#config) {
      if (!keyframe) return;
      this.#config = config;
      void this.#decoder?.close();
      this.#decoder = this.#start(config);
    }
    this.#decoder?.feed({ captureUs: Math.round((pts * 1e6) / this.#options.framerate), keyframe, data });
  }

  /** Calls `look` with every picture from now on. @returns ends it */
  each(look: OnPicture): () => void {
    this.#onPicture.add(look);
    return () => this.#onPicture.delete(look);
  }

  /**
   * Resolves with the frame number of the first picture for which `look` says true.
   * @param complaint what to say when there is none in time.
   * @throws Error with the complaint, or when the program cannot be decoded or ends.
   */
  until(
    look: (picture: Picture, frame: number) => boolean,
    timeoutMs: number,
    complaint: () => string,
  ): Promise<number> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        cancel();
        stop();
        this.#giveUp.delete(fail);
      };
      const fail = (reason: Error): void => {
        end();
        reject(reason);
      };
      const cancel = systemClock.after(timeoutMs, () => fail(new Error(complaint())));
      const stop = this.each((picture, frame) => {
        if (!look(picture, frame)) return;
        end();
        resolve(frame);
      });
      this.#giveUp.add(fail);
    });
  }

  async close(): Promise<void> {
    this.#end(new Error('The program is over'));
    this.#onPicture.clear();
    await this.#decoder?.close();
  }

  #start(config: H264Config): VideoDecoder {
    const { width, height, ffmpeg, framerate } = this.#options;
    return new VideoDecoder({
      form: { width, height, fit: 'contain' },
      config,
      maxPixels: 4 * width * height,
      spawn: createSpawner(ffmpeg),
      clock: systemClock,
      log: nullLogger,
      label: 'program watch',
      onFrame: ({ picture, captureUs }, decoder) => {
        const frame = Math.round((captureUs * framerate) / 1e6);
        for (const look of [...this.#onPicture]) look(picture, frame);
        decoder.release(picture);
      },
      onFailure: (reason) => this.#end(new Error(`The program cannot be decoded: ${reason}`)),
    });
  }

  #end(reason: Error): void {
    for (const giveUp of [...this.#giveUp]) giveUp(reason);
  }
}
