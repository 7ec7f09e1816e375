/** What can be found in a broadcast before one goes there: small pictures along the seek bar, and chapters. */
import { type Chapter, chapterAt, chaptersOf } from './hls-chapters.ts';
import type { HlsPlayback } from './hls-playback.ts';
import { SeekTracks } from './seek-tracks.ts';
import { ThumbnailShelf } from './thumbnail-shelf.ts';

/** For one picture. Nothing to close. */
export class SeekPreview {
  readonly #shelf: ThumbnailShelf;
  readonly #tracks: SeekTracks;
  #chapters: readonly Chapter[] = [];

  constructor(video: HTMLVideoElement, changed: () => void) {
    this.#shelf = new ThumbnailShelf(changed);
    this.#tracks = new SeekTracks(video);
  }

  get chapters(): readonly Chapter[] {
    return this.#chapters;
  }

  /** Address of the newest small picture. */
  get newest(): string | undefined {
    return this.#shelf.thumbnails.at(-1)?.url;
  }

  /** @param timeS of the media, seconds */
  chapterAt(timeS: number): Chapter | undefined {
    return chapterAt(this.#chapters, timeS);
  }

  /** Takes over the chapters that there are now; `early`: there is no other picture yet than a small one. */
  follow({ engine, playlistUrl }: HlsPlayback, early: boolean): void {
    if (early && playlistUrl) this.#shelf.look(playlistUrl);
    const chapters = chaptersOf(engine?.ranges ?? []);
    if (this.#tracks.setChapters(chapters)) this.#chapters = chapters;
  }

  /** Somebody looks along the seek bar. */
  look({ engine, playlistUrl }: HlsPlayback): void {
    if (!playlistUrl) return;
    this.#shelf.look(playlistUrl);
    this.#tracks.setThumbnails(this.#shelf.thumbnails, engine?.segments ?? []);
  }
}
