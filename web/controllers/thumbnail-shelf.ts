/** Keeps the list of a session's thumbnails fresh while somebody looks at it. */
import { parseThumbnails, type Thumbnail } from './hls-thumbnails.ts';

const FRESH_MS = 10_000;
/** A session without thumbnails gets none in the next moment. */
const ABSENT_MS = 60_000;

/** Asks for no more than one list at a time. */
export class ThumbnailShelf {
  readonly #changed: () => void;
  #listUrl = '';
  #askAgainMs = Number.NEGATIVE_INFINITY;
  #thumbnails: readonly Thumbnail[] = [];

  /** @param changed is called when there are others than before. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** In the order of the list; empty when the session has none. */
  get thumbnails(): readonly Thumbnail[] {
    return this.#thumbnails;
  }

  /** Somebody looks at the pictures of this session: asks for its list when the one at hand is not fresh. */
  look(playlistUrl: string): void {
    const listUrl = new URL('thumbnails.vtt', playlistUrl).href;
    const now = performance.now();
    if (listUrl === this.#listUrl && now < this.#askAgainMs) return;
    if (listUrl !== this.#listUrl) this.#thumbnails = [];
    this.#listUrl = listUrl;
    this.#askAgainMs = now + ABSENT_MS;
    void this.#ask(listUrl);
  }

  async #ask(listUrl: string): Promise<void> {
    try {
      const response = await fetch(listUrl);
      if (!response.ok) return;
      const thumbnails = parseThumbnails(await response.text(), listUrl);
      if (listUrl !== this.#listUrl) return;
      this.#askAgainMs = performance.now() + FRESH_MS;
      this.#thumbnails = thumbnails;
      this.#changed();
    } catch {
      // Pictures are nice to have.
    }
  }
}
