/**
 * What is put into pages that watch a room: players that are not our page, and eyes that read from the shown pictures when they were
 * made. `globalThis.viewer` is its face; see tests/helpers/viewer-page.ts.
 */
import Hls from 'hls.js';
import shaka from 'shaka-player';
import { readTimeStrip } from '../../../src/mixer/time-strip.ts';
import { HlsEngine } from '../../../web/controllers/hls-engine.ts';
import type { SeenPicture, Watched } from '../../helpers/viewer-page.ts';

/** Of a program whose strip is one row; pictures that are smaller are stretched to it. */
const WIDTH = 1280;
const STRIP_HEIGHT = 8;

/** Looks at each picture that a video shows. */
class Eyes {
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

function show(): HTMLVideoElement {
  const video = document.createElement('video');
  video.style.width = '100%';
  document.body.replaceChildren(video);
  return video;
}

/** Our player's engine, in its own settings, without the page around it. */
function playHlsJs(url: string): { readonly eyes: Eyes; readonly engine: HlsEngine } {
  const video = show();
  const { trigger } = Hls.prototype;
  // The engine keeps what hls.js mends by itself to itself.
  Hls.prototype.trigger = function (event, data) {
    if (event === Hls.Events.ERROR && data && 'details' in data && 'fatal' in data)
      eyes.note(`${data.fatal ? 'fatal ' : ''}${data.details}`);
    return trigger.call(this, event, data);
  };
  const engine = new HlsEngine(video, url, {
    failed: ({ kind }) => eyes.note(`failed ${kind}`),
    trouble: () => eyes.note('trouble'),
    ready: () => void video.play(),
    updated: () => {},
  });
  const eyes = new Eyes(video, () => (engine.shownMs === undefined ? undefined : Date.now() - engine.shownMs));
  return { eyes, engine };
}

async function playShaka(url: string): Promise<Eyes> {
  const video = show();
  shaka.polyfill.installAll();
  const player = new shaka.Player();
  const eyes = new Eyes(video, () => {
    const date = player.getPlayheadTimeAsDate();
    return date ? Date.now() - date.getTime() : undefined;
  });
  player.addEventListener('error', () => eyes.note('fatal'));
  await player.attach(video);
  player.configure({ streaming: { lowLatencyMode: true } });
  await player.load(url);
  await video.play();
  return eyes;
}

let eyes: Eyes | undefined;
let engine: HlsEngine | undefined;

Object.assign(globalThis, {
  viewer: {
    playHlsJs(url: string): void {
      ({ eyes, engine } = playHlsJs(url));
    },
    async playShaka(url: string): Promise<void> {
      eyes = await playShaka(url);
    },
    /** Of a page that plays by itself; `ageS`: seconds, by what that page says. */
    watch(video: HTMLVideoElement, ageS: () => number | undefined): void {
      eyes = new Eyes(video, () => {
        const seconds = ageS();
        return seconds === undefined ? undefined : seconds * 1000;
      });
    },
    take: (): Watched | undefined => eyes?.take(),
    newestMs: (): number => eyes?.newestMs ?? 0,
    /** The qualities of the room, the best first. */
    qualities: () => engine?.qualities ?? [],
    choose(index: number): void {
      if (engine) engine.quality = index;
    },
  },
});
