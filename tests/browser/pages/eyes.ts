/** Eyes that read from the shown pictures when they were made. Small, because it is put into our own page, which it must not hold up. */
import { readTimeStrip } from '../../../src/mixer/time-strip.ts';
import type { SeenPicture, Watched } from '../../helpers/viewer-page.ts';

/** Of a program whose strip is one row; pictures that are smaller are stretched to it. */
const WIDTH = 1280;
const STRIP_HEIGHT = 8;

/** Looks at each picture that a video shows. */
export class Eyes {
  readonly #video: HTMLVideoElement;
  readonly #ageByDate: () => number | undefined;
  readonly #context: CanvasRenderingContext2D;
  #pictures: SeenPicture[] = [];
  #events: { atMs: number; what: string }[] = [];
  #dropped = 0;
  #newestMs = 0;

  constructor(video: HTMLVideoElement, ageByDate: () => number | undefined) {
    this.#video = video;
    this.#ageByDate = ageByDate;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [WIDTH, STRIP_HEIGHT];
    const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
    if (!context) throw new Error('There is no canvas');
    this.#context = context;
    for (const name of ['waiting', 'stalled', 'playing', 'pause', 'seeking', 'error', 'ended'])
      video.addEventListener(name, () => this.note(name));
    video.addEventListener('ratechange', () => this.note(`rate ${video.playbackRate}`));
    video.addEventListener('resize', () => this.note(`size ${video.videoWidth}x${video.videoHeight}`));
    this.#dropped = this.#droppedNow;
    video.requestVideoFrameCallback(this.#look);
  }

  note(what: string): void {
    this.#events.push({ atMs: Date.now(), what });
  }

  /** Milliseconds since 1970 of the newest picture shown; 0 before the first. */
  get newestMs(): number {
    return this.#newestMs;
  }

  /** What was seen since the last call. */
  take(): Watched {
    const dropped = this.#droppedNow;
    const watched = { pictures: this.#pictures, events: this.#events, dropped: dropped - this.#dropped };
    this.#pictures = [];
    this.#events = [];
    this.#dropped = dropped;
    return watched;
  }

  get #droppedNow(): number {
    return this.#video.getVideoPlaybackQuality().droppedVideoFrames;
  }

  readonly #look = (_now: number, { expectedDisplayTime }: VideoFrameCallbackMetadata): void => {
    const video = this.#video;
    video.requestVideoFrameCallback(this.#look);
    const nowMs = Date.now();
    const shownMs = nowMs + expectedDisplayTime - performance.now();
    const byDateMs = this.#ageByDate();
    const { videoWidth } = video;
    this.#context.drawImage(video, 0, 0, videoWidth, (STRIP_HEIGHT * videoWidth) / WIDTH, 0, 0, WIDTH, STRIP_HEIGHT);
    const { data } = this.#context.getImageData(0, 0, WIDTH, STRIP_HEIGHT);
    const green = new Uint8Array(WIDTH * STRIP_HEIGHT).map((_, at) => data[at * 4 + 1] ?? 0);
    const strip = readTimeStrip(green, WIDTH);
    if (!strip) return;
    this.#newestMs = strip.wallMs;
    this.#pictures.push({ shownMs, madeMs: strip.wallMs, byDateMs });
  };
}

/** `globalThis.viewer` of a page whose video these eyes look at. */
export function offer(eyes: () => Eyes | undefined): object {
  return { take: (): Watched | undefined => eyes()?.take(), newestMs: (): number => eyes()?.newestMs ?? 0 };
}
