/** The images of one session: thumbnails for players' seek bars, made on request, and the poster. */
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { mediaAnswer, type OriginAnswer, refusal, textAnswer } from './answers.ts';
import { Poster } from './poster.ts';
import type { PicturedSegment, PictureSource, ThumbnailMaker } from './thumbnail-maker.ts';

/** Options of a session's thumbnails. */
export interface ThumbnailsOptions {
  /** Undefined while the session has no log. */
  readonly source: () => PictureSource | undefined;
  readonly framerate: number;
  /** Newest segments that are listed: those of the playlist that reaches back. */
  readonly listedSegments: number;
}

/** Pictures in a list, at most. */
export const MAX_THUMBNAILS = 150;
const LIST_FILE = 'thumbnails.vtt';
const PICTURE_FILE = /^thumbnail-(\d{1,9})\.jpg$/;
const LIST_TYPE = 'text/vtt; charset=utf-8';
/** Seconds. */
const LIST_AGE = 5;
/** Pictures that are kept take no more: more than twice what those of a list take, 10 to 20 KB each. */
const MAX_KEPT_BYTES = 6 * 1024 * 1024;

/** Answers for one session. */
export class Thumbnails {
  readonly #options: ThumbnailsOptions;
  readonly #maker: ThumbnailMaker;
  readonly #log: Logger;
  readonly #poster: Poster;
  /** By segment, those asked for last at the end. */
  readonly #kept = new Map<number, Uint8Array>();
  readonly #making = new Map<number, Promise<Uint8Array | undefined>>();
  #keptBytes = 0;
  #list: { readonly of: readonly PicturedSegment[]; readonly answer: OriginAnswer } | undefined;

  constructor(options: ThumbnailsOptions, maker: ThumbnailMaker, log: Logger) {
    this.#options = options;
    this.#maker = maker;
    this.#log = log;
    this.#poster = new Poster(options, maker, log);
  }

  /** The newest picture of the session, some seconds old. */
  poster(): Promise<OriginAnswer> {
    return this.#poster.get();
  }

  /** The answer to a request for `file`; undefined when that is none of these. */
  get(file: string): Promise<OriginAnswer> | undefined {
    if (file === LIST_FILE) return Promise.resolve(this.#listing());
    const number = PICTURE_FILE.exec(file)?.[1];
    return number === undefined ? undefined : this.#picture(Number(number));
  }

  #listing(): OriginAnswer {
    const { source, framerate, listedSegments } = this.#options;
    const all = source()?.segments;
    if (!all || all.length === 0) return refusal(404, 'The session has just begun; ask again in a few seconds.');
    if (this.#list?.of !== all) {
      const text = renderThumbnailList(all.slice(-listedSegments), framerate);
      this.#list = { of: all, answer: textAnswer(LIST_TYPE, text, LIST_AGE) };
    }
    return this.#list.answer;
  }

  async #picture(segment: number): Promise<OriginAnswer> {
    const kept = this.#kept.get(segment);
    if (kept) {
      this.#kept.delete(segment);
      this.#kept.set(segment, kept);
      return mediaAnswer(kept, 'image/jpeg');
    }
    const making = this.#making.get(segment) ?? this.#make(segment);
    if (making === 'unlisted') return refusal(404, 'There is no such picture; see thumbnails.vtt.');
    if (making === 'busy') return refusal(503, 'Many pictures are asked for; ask again in a second.');
    const picture = await making;
    return picture ? mediaAnswer(picture, 'image/jpeg') : refusal(404, 'There is no such picture (any more).');
  }

  #make(segment: number): Promise<Uint8Array | undefined> | 'unlisted' | 'busy' {
    const { source, listedSegments } = this.#options;
    const log = source();
    const step = stepFor(Math.min(log?.segments.length ?? 0, listedSegments));
    // Players may have a list from before the step was doubled, and none that is denser.
    if (!log || segment % Math.max(1, step / 2) !== 0) return 'unlisted';
    const done = this.#maker.make(() => log.readStart(segment));
    if (!done) return 'busy';
    const making = done
      .then((picture) => {
        if (picture) this.#keep(segment, picture);
        return picture;
      })
      .catch((error: unknown) => {
        this.#log.warn('a thumbnail was not made', { segment, reason: messageOf(error) });
        return undefined;
      })
      .finally(() => this.#making.delete(segment));
    this.#making.set(segment, making);
    return making;
  }

  #keep(segment: number, picture: Uint8Array): void {
    this.#kept.set(segment, picture);
    this.#keptBytes += picture.byteLength;
    for (const [oldest, { byteLength }] of this.#kept) {
      if (this.#keptBytes <= MAX_KEPT_BYTES) return;
      this.#kept.delete(oldest);
      this.#keptBytes -= byteLength;
    }
  }
}

/** The list: a cue for each segment whose number is a multiple of the step, in seconds of the media's own timeline. */
export function renderThumbnailList(segments: readonly PicturedSegment[], framerate: number): string {
  const step = stepFor(segments.length);
  const shown = segments.filter(({ segment }) => segment % step === 0);
  const end = segments.at(-1)?.endFrame ?? 0;
  const cues = shown.map(({ segment, firstFrame }, index) => {
    const until = shown[index + 1]?.firstFrame ?? end;
    return `${timeOf(firstFrame / framerate)} --> ${timeOf(until / framerate)}\nthumbnail-${segment}.jpg\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

/** A power of two, so that a list has no pictures that a denser one before it had not. */
function stepFor(segments: number): number {
  let step = 1;
  while (segments > step * MAX_THUMBNAILS) step *= 2;
  return step;
}

function timeOf(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const rest = `${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
  return `${two(ms / 3_600_000)}:${rest}`;
}
