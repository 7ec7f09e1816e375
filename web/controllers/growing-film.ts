/** Plays a recording that still grows: by hls.js, or by the browser where that cannot be. */
import type Hls from 'hls.js';

/** Begins at the beginning; ends with `close`. */
export class GrowingFilm {
  readonly #video: HTMLVideoElement;
  readonly #failed: () => void;
  #hls: Hls | undefined;
  #closed = false;
  #recovered = false;

  /** @param failed is called at most once; it is of no use any more then. */
  constructor(video: HTMLVideoElement, url: string, failed: () => void) {
    this.#video = video;
    this.#failed = failed;
    this.#open(url).catch(() => this.#fail());
  }

  close(): void {
    this.#closed = true;
    this.#hls?.destroy();
    this.#hls = undefined;
  }

  async #open(url: string): Promise<void> {
    // Six hundred kilobytes, for those alone who look at what is not finished yet.
    const { default: Engine } = await import('hls.js');
    if (this.#closed) return;
    if (!Engine.isSupported()) {
      this.#video.src = url;
      return;
    }
    const hls = new Engine({ enableWorker: false, startPosition: 0, backBufferLength: 60 });
    this.#hls = hls;
    hls.on(Engine.Events.ERROR, (_event, { fatal, type }) => {
      if (!fatal) return;
      if (type !== Engine.ErrorTypes.MEDIA_ERROR || this.#recovered) {
        this.#fail();
        return;
      }
      this.#recovered = true;
      hls.recoverMediaError();
    });
    hls.loadSource(url);
    hls.attachMedia(this.#video);
  }

  #fail(): void {
    if (this.#closed) return;
    this.close();
    this.#failed();
  }
}
