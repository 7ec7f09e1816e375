/** Plays a room's HLS in a video element, from before it starts until after it ends. Knows nothing of the page around it. */
import Hls, { type ErrorData } from 'hls.js';
import { problemToError } from '../api-client.ts';
import { nowMs } from '../util/monotonic.ts';
import type { Problem } from '../util/problem.ts';

/** `waiting`: nobody is live yet; `starting`: found, the first picture is to come; `ended`: it was live, and may be again. */
export type PlaybackState = 'checking' | 'waiting' | 'starting' | 'live' | 'ended' | 'failed';

/** What it needs. */
export interface HlsPlaybackOptions {
  readonly video: HTMLVideoElement;
  /** Of the multivariant playlist. */
  readonly url: string;
  /** For private rooms, else empty. */
  readonly token: string;
  /** Whether there is such a room at all; rejects when that cannot be told. */
  exists(): Promise<boolean>;
  changed(): void;
}

const POLL_MS = 3000;
const RECOVER_APART_MS = 5000;

/** Begins at once; ends with `close`. */
export class HlsPlayback {
  readonly #options: HlsPlaybackOptions;
  readonly #stop = new AbortController();
  #state: PlaybackState = 'checking';
  #problem: Problem | undefined;
  #hls: Hls | undefined;
  #wasLive = false;
  #recoveredMs = Number.NEGATIVE_INFINITY;
  #timer = 0;

  constructor(options: HlsPlaybackOptions) {
    this.#options = options;
    const { video } = options;
    const { signal } = this.#stop;
    video.addEventListener('playing', () => this.#onPlaying(), { signal });
    video.addEventListener('ended', () => this.#set('ended'), { signal });
    video.addEventListener('error', () => this.#onNativeError(), { signal });
    void this.#check();
  }

  get state(): PlaybackState {
    return this.#state;
  }

  /** Why the state is `failed`. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Seconds from the capture of the picture shown until now, by this computer's clock; undefined when not known. */
  get latencyS(): number | undefined {
    const shown = this.#hls?.playingDate?.getTime();
    if (shown === undefined || this.#state !== 'live') return undefined;
    const latency = (nowMs() - shown) / 1000;
    // A computer whose clock is wrong would show nonsense.
    return latency >= 0 && latency < 6 * 3600 ? latency : undefined;
  }

  /** Seconds of the video's timeline where live is. */
  get liveEdgeS(): number | undefined {
    if (this.#hls) return this.#hls.liveSyncPosition ?? undefined;
    const { seekable } = this.#options.video;
    return seekable.length > 0 ? seekable.end(seekable.length - 1) : undefined;
  }

  /** Jumps to live and plays. */
  goLive(): void {
    const edge = this.liveEdgeS;
    if (edge !== undefined) this.#options.video.currentTime = edge;
    this.play();
  }

  /** Plays; a browser that refuses leaves the video paused, which its controls show. */
  play(): void {
    this.#options.video.play().catch(() => undefined);
  }

  /** Looks again at once after a failure. */
  retry(): void {
    window.clearTimeout(this.#timer);
    this.#release();
    this.#problem = undefined;
    this.#set('checking');
    void this.#check();
  }

  close(): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    window.clearTimeout(this.#timer);
    this.#release();
  }

  async #check(): Promise<void> {
    const { signal } = this.#stop;
    try {
      const response = await fetch(this.#options.url, { headers: this.#headers, cache: 'no-store', signal });
      const problem = response.ok ? undefined : problemToError(await readJson(response), response.status);
      if (signal.aborted) return;
      if (!problem) this.#start();
      else if (problem.status === 404 && !(await this.#exists())) {
        if (!signal.aborted)
          this.#fail({ title: 'There is no such room', detail: 'Check the link, or ask for a new one.', retry: true });
      } else if (problem.unauthorized) {
        this.#fail({
          title: 'This room is private',
          detail: 'Ask the host for a watch link with a token.',
          retry: true,
        });
      } else this.#waitAndCheck();
    } catch {
      if (!signal.aborted) this.#waitAndCheck();
    }
  }

  async #exists(): Promise<boolean> {
    // Other sites may play, but not ask for rooms.
    return this.#options.exists().catch(() => true);
  }

  #waitAndCheck(): void {
    if (this.#stop.signal.aborted) return;
    this.#set(this.#wasLive ? 'ended' : 'waiting');
    this.#timer = window.setTimeout(() => void this.#check(), POLL_MS);
  }

  #start(): void {
    const { video, url } = this.#options;
    this.#set('starting');
    if (Hls.isSupported()) {
      const { token } = this.#options;
      const hls = new Hls({
        lowLatencyMode: true,
        enableWorker: false,
        backBufferLength: 60,
        xhrSetup: (xhr) => {
          if (token !== '') xhr.setRequestHeader('authorization', `Bearer ${token}`);
        },
      });
      this.#hls = hls;
      hls.on(Hls.Events.ERROR, (_event, data) => this.#onHlsError(hls, data));
      hls.on(Hls.Events.MANIFEST_PARSED, () => this.play());
      hls.loadSource(url);
      hls.attachMedia(video);
    } else if ('ManagedMediaSource' in window || video.canPlayType('application/vnd.apple.mpegurl') !== '') {
      video.src = url;
      this.play();
    } else {
      this.#fail({
        title: 'This browser cannot play the stream',
        detail: 'It lacks Media Source Extensions. Use a current Chrome, Edge, Firefox or Safari.',
        retry: false,
      });
    }
  }

  #onPlaying(): void {
    this.#wasLive = true;
    this.#set('live');
  }

  #onHlsError(hls: Hls, data: ErrorData): void {
    if (!data.fatal || hls !== this.#hls) return;
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR && performance.now() - this.#recoveredMs > RECOVER_APART_MS) {
      this.#recoveredMs = performance.now();
      hls.recoverMediaError();
    } else if (data.type === Hls.ErrorTypes.MEDIA_ERROR) {
      this.#fail({
        title: 'The stream cannot be played',
        detail: `The browser's decoder gave up (${data.details}). Try again, or use another browser.`,
        retry: true,
      });
    } else {
      // Gone, or unreachable for long: either way it is worth looking whether it comes back.
      this.#release();
      this.#waitAndCheck();
    }
  }

  #onNativeError(): void {
    if (this.#hls || this.#options.video.error === null) return;
    this.#release();
    this.#waitAndCheck();
  }

  #fail(problem: Problem): void {
    this.#release();
    this.#problem = problem;
    this.#set('failed');
  }

  #release(): void {
    const hls = this.#hls;
    this.#hls = undefined;
    hls?.destroy();
    const { video } = this.#options;
    if (!hls && video.hasAttribute('src')) {
      video.removeAttribute('src');
      video.load();
    }
  }

  #set(state: PlaybackState): void {
    this.#state = state;
    this.#options.changed();
  }

  get #headers(): Record<string, string> {
    const { token } = this.#options;
    return token === '' ? {} : { authorization: `Bearer ${token}` };
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return (await response.json()) as unknown;
  } catch {
    return undefined;
  }
}
