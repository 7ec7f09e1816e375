/** The poster of a live session: a recent picture, always at the same address, made on request. */
import { createHash } from 'node:crypto';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { type OriginAnswer, posterAnswer, refusal } from './answers.ts';
import type { PicturedSegment, PictureSource, ThumbnailMaker } from './thumbnail-maker.ts';

/** Options of a poster. */
export interface PosterOptions {
  /** Undefined while the session has no log. */
  readonly source: () => PictureSource | undefined;
  readonly framerate: number;
}

/** Pixels, or as many as the program has if those are fewer; the height follows. */
export const POSTER_WIDTH = 640;
/** Seconds of the program for which one picture does; caches keep it as long. */
export const POSTER_AGE = 5;

interface Shown {
  readonly endFrame: number;
  readonly answer: OriginAnswer;
}

/** One for a session. */
export class Poster {
  readonly #options: PosterOptions;
  readonly #maker: Pick<ThumbnailMaker, 'make'>;
  readonly #log: Logger;
  #shown: Shown | undefined;
  #making: Promise<void> | undefined;

  constructor(options: PosterOptions, maker: Pick<ThumbnailMaker, 'make'>, log: Logger) {
    this.#options = options;
    this.#maker = maker;
    this.#log = log;
  }

  /** The newest picture, or the one before where that cannot be made. */
  async get(): Promise<OriginAnswer> {
    const { source, framerate } = this.#options;
    const log = source();
    const newest = log?.segments.at(-1);
    if (!log || !newest) return refusal(404, 'The session has just begun; ask again in a few seconds.');
    if (this.#shown && newest.endFrame - this.#shown.endFrame < POSTER_AGE * framerate) return this.#shown.answer;
    const making = this.#making ?? this.#make(log, newest);
    await making;
    if (this.#shown) return this.#shown.answer;
    return making
      ? refusal(404, 'There is no picture of this session yet; ask again in a few seconds.')
      : refusal(503, 'Many pictures are asked for; ask again in a second.');
  }

  /** Undefined when too many wait to be made. */
  #make(log: PictureSource, { segment, endFrame }: PicturedSegment): Promise<void> | undefined {
    const done = this.#maker.make(() => log.readStart(segment), POSTER_WIDTH);
    this.#making = done
      ?.then((picture) => {
        if (picture) this.#shown = { endFrame, answer: posterAnswer(picture, tagOf(picture), POSTER_AGE) };
      })
      .catch((error: unknown) => {
        this.#log.warn('a poster was not made', { segment, reason: messageOf(error) });
      })
      .finally(() => {
        this.#making = undefined;
      });
    return this.#making;
  }
}

function tagOf(picture: Uint8Array): string {
  return `"${createHash('sha256').update(picture).digest('base64url').slice(0, 22)}"`;
}
