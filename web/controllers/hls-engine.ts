/** A video element fed with a room's HLS: by hls.js, or by the browser where that cannot be. */
import Hls, { type ErrorData, type Fragment, type LevelDetails } from 'hls.js';
import { nowMs } from '../util/monotonic.ts';
import type { MarkedRange } from './hls-chapters.ts';
import { beganLate, catchUpRate } from './hls-edge.ts';
import { forgetOldPlaylists } from './hls-forgotten.ts';
import { PromisedQuality } from './hls-promised.ts';
import { riseWhenQuick } from './hls-quick.ts';
import { SlowPicture } from './hls-slow.ts';
import type { SegmentSpan } from './hls-thumbnails.ts';
import type { TimedSpan } from './hls-times.ts';
import { trimBackBuffer } from './hls-trim.ts';
import { PassRenewal } from './pass-renewal.ts';
import { StallMargin } from './stall-margin.ts';

/** Why an engine gives up. */
export type EngineFailure =
  /** The server does not answer, or the session is gone: worth looking again. */
  | { readonly kind: 'lost' }
  /** The browser cannot show it. */
  | { readonly kind: 'undecodable'; readonly reason: string };

/** What an engine tells. */
export interface EngineEvents {
  /** Once; the engine is of no use any more. */
  failed(failure: EngineFailure): void;
  /** A request found no answer; it is tried again. */
  trouble(): void;
  /** Bytes have come. */
  alive(): void;
  /** There is something to play. */
  ready(): void;
  /** The playlist has grown. */
  updated(): void;
}

/** One quality to choose. */
export interface Quality {
  /** What the engine knows it by. */
  readonly index: number;
  /** Pixels; 0 when not known. */
  readonly height: number;
}

/** Feeds a video until `close`. */
export interface StreamEngine {
  /** Where live is, seconds of the video's timeline; undefined when not known. */
  readonly liveEdgeS: number | undefined;
  /** When the picture on the screen was taken by the server's clock, milliseconds since 1970. */
  readonly shownMs: number | undefined;
  /** Where what is announced ends, seconds of the video's timeline; undefined when not known. */
  readonly announcedS: number | undefined;
  /** With their times, ascending. */
  readonly spans: readonly TimedSpan[];
  readonly segments: readonly SegmentSpan[];
  readonly ranges: readonly MarkedRange[];
  /** Address of the media playlist, beside which the list of thumbnails lies. */
  readonly playlistUrl: string | undefined;
  /** The best first; fewer than two are no choice. */
  readonly qualities: readonly Quality[];
  /** Index of the chosen one, -1: as the line allows. */
  quality: number;
  /** Whether catching up with the live edge is left to the engine; not while the viewer has chosen a speed. */
  catchUp: boolean;
  close(): void;
}

const RECOVER_APART_MS = 5000;

/** Media Source Extensions, through hls.js. */
export class HlsEngine implements StreamEngine {
  readonly #hls: Hls;
  readonly #events: EngineEvents;
  readonly #video: HTMLVideoElement;
  readonly #renewal: PassRenewal;
  readonly #promised: PromisedQuality;
  readonly #slow: SlowPicture;
  readonly #margin = new StallMargin();
  readonly #stop = new AbortController();
  catchUp = true;
  /** Where it began, seconds; never twice. */
  #beganS: number | undefined;
  #recoveredMs = Number.NEGATIVE_INFINITY;
  #spansOf: LevelDetails | undefined;
  #spans: readonly (TimedSpan & SegmentSpan)[] = [];

  /** @param serverMs the server's time, milliseconds since 1970, as far as it is known */
  constructor(video: HTMLVideoElement, url: string, events: EngineEvents, serverMs = nowMs) {
    this.#events = events;
    this.#video = video;
    const renewal = new PassRenewal({ load: () => textOf(url), nowMs: serverMs, after, random: Math.random });
    this.#renewal = renewal;
    const hls = new Hls({
      xhrSetup: (xhr, address) => {
        xhr.addEventListener('progress', () => {
          events.alive();
          this.#slow.look(performance.now());
        });
        xhr.open('GET', renewal.address(address));
      },
      enableWorker: false,
      lowLatencyMode: true,
      backBufferLength: Number.POSITIVE_INFINITY,
      // Its own way of catching up wants more than a second ahead, which the fast profile does not have.
      maxLiveSyncPlaybackRate: 1,
      // It would never take back what it adds for a standstill.
      liveSyncOnStallIncrease: 0,
      liveDurationInfinity: true,
      // Their times are read from the playlist; cues of the video would be of no use.
      enableDateRangeMetadataCues: false,
      enableID3MetadataCues: false,
      enableEmsgMetadataCues: false,
    });
    this.#hls = hls;
    this.#slow = new SlowPicture(hls);
    this.#promised = new PromisedQuality(hls, () => events.updated());
    hls.on(Hls.Events.ERROR, (_event, data) => this.#onError(data));
    hls.on(Hls.Events.MANIFEST_PARSED, () => events.ready());
    hls.on(Hls.Events.LEVEL_UPDATED, () => events.updated());
    hls.on(Hls.Events.SUBTITLE_TRACKS_UPDATED, () => events.updated());
    trimBackBuffer(hls, video);
    forgetOldPlaylists(hls);
    riseWhenQuick(hls, () => performance.now());
    video.addEventListener('timeupdate', () => this.#steer(), { signal: this.#stop.signal });
    hls.loadSource(url);
    hls.attachMedia(video);
  }

  /** Whether this browser can. */
  static get supported(): boolean {
    return Hls.isSupported();
  }

  get liveEdgeS(): number | undefined {
    return this.#hls.liveSyncPosition ?? undefined;
  }

  get shownMs(): number | undefined {
    return this.#hls.playingDate?.getTime();
  }

  get announcedS(): number | undefined {
    return this.#details?.edge;
  }

  get spans(): readonly TimedSpan[] {
    return this.#timeline;
  }

  get segments(): readonly SegmentSpan[] {
    return this.#timeline;
  }

  get ranges(): readonly MarkedRange[] {
    return Object.values(this.#details?.dateRanges ?? {}).flatMap((range) => (range ? [range] : []));
  }

  get playlistUrl(): string | undefined {
    return this.#details?.url;
  }

  get qualities(): readonly Quality[] {
    return this.#hls.levels
      .map(({ height }, index) => ({ index, height: height || 0 }))
      .filter(({ index }) => this.#promised.has(index))
      .toSorted((a, b) => b.height - a.height);
  }

  get quality(): number {
    return this.#promised.wanted;
  }

  set quality(index: number) {
    this.#promised.wanted = index;
  }

  close(): void {
    this.#stop.abort();
    this.#renewal.close();
    this.#hls.destroy();
    // The last picture stays on the screen otherwise, under whatever is said about it.
    this.#video.load();
  }

  get #details(): LevelDetails | undefined {
    return this.#hls.latestLevelDetails ?? undefined;
  }

  get #timeline(): readonly (TimedSpan & SegmentSpan)[] {
    const details = this.#details;
    if (details !== this.#spansOf) {
      this.#spansOf = details;
      this.#spans = (details?.fragments ?? []).map(spanOf);
    }
    return this.#spans;
  }

  #steer(): void {
    if (this.#margin.look(performance.now())) this.#keepMargin();
    const { liveEdgeS } = this;
    const video = this.#video;
    const { buffered, currentTime, playbackRate } = video;
    if (!this.catchUp || liveEdgeS === undefined || video.paused || video.seeking || buffered.length === 0) return;
    const aheadS = buffered.end(buffered.length - 1) - currentTime;
    const behindS = liveEdgeS - currentTime;
    this.#beganS ??= currentTime;
    if (beganLate(behindS, aheadS, currentTime - this.#beganS)) {
      this.#beganS = Number.NEGATIVE_INFINITY;
      video.currentTime = liveEdgeS;
      return;
    }
    const rate = catchUpRate(behindS, aheadS, playbackRate);
    if (rate !== playbackRate) video.playbackRate = rate;
  }

  #keepMargin(): void {
    const { partHoldBack = 0, holdBack = 0 } = this.#details ?? {};
    this.#hls.targetLatency = (partHoldBack || holdBack) + this.#margin.seconds;
  }

  #onError(data: ErrorData): void {
    if (data.details === Hls.ErrorDetails.BUFFER_STALLED_ERROR && this.#details?.live === true) {
      this.#margin.stalled(performance.now(), this.#details.targetduration);
      this.#keepMargin();
    }
    if (!data.fatal) {
      if (data.type === Hls.ErrorTypes.NETWORK_ERROR && !data.response?.code) this.#events.trouble();
    } else if (data.type !== Hls.ErrorTypes.MEDIA_ERROR) {
      this.#events.failed({ kind: 'lost' });
    } else if (performance.now() - this.#recoveredMs > RECOVER_APART_MS) {
      this.#recoveredMs = performance.now();
      this.#hls.recoverMediaError();
    } else {
      this.#events.failed({ kind: 'undecodable', reason: data.details });
    }
  }
}

async function textOf(url: string): Promise<string> {
  const response = await fetch(url, { cache: 'no-store' });
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return response.text();
}

function after(ms: number, fn: () => void): () => void {
  const timer = setTimeout(fn, ms);
  return () => clearTimeout(timer);
}

function spanOf({ start, duration, sn, programDateTime }: Fragment): TimedSpan & SegmentSpan {
  const segment = typeof sn === 'number' ? sn : -1;
  return { segment, startS: start, endS: start + duration, wallMs: programDateTime ?? undefined };
}

/** Safari knows when a video began; others do not. */
interface DatedVideo extends HTMLVideoElement {
  getStartDate?(): Date;
}

const NATIVE_TYPE = 'application/vnd.apple.mpegurl';
// As near as the browser's own player goes; a jump there also wakes its low-latency mode.
const NATIVE_EDGE_S = 2;

/** The browser's own player; it says little, so that chapters, thumbnails and qualities are left to it. */
export class NativeEngine implements StreamEngine {
  readonly spans: readonly TimedSpan[] = [];
  readonly segments: readonly SegmentSpan[] = [];
  readonly ranges: readonly MarkedRange[] = [];
  readonly playlistUrl: string | undefined = undefined;
  readonly announcedS: number | undefined = undefined;
  readonly qualities: readonly Quality[] = [];
  quality = -1;
  catchUp = true;
  readonly #video: DatedVideo;
  readonly #stop = new AbortController();

  constructor(video: HTMLVideoElement, url: string, events: EngineEvents) {
    this.#video = video;
    const { signal } = this.#stop;
    video.addEventListener('loadedmetadata', () => events.ready(), { signal });
    video.addEventListener('progress', () => events.updated(), { signal });
    video.addEventListener('error', () => events.failed(this.#failure), { signal });
    video.src = url;
  }

  /** Chrome says that it can, and fails: so only where hls.js cannot. */
  static supportedBy(video: HTMLVideoElement): boolean {
    return 'ManagedMediaSource' in window || video.canPlayType(NATIVE_TYPE) !== '';
  }

  get liveEdgeS(): number | undefined {
    const { seekable } = this.#video;
    return seekable.length > 0 ? Math.max(0, seekable.end(seekable.length - 1) - NATIVE_EDGE_S) : undefined;
  }

  get shownMs(): number | undefined {
    const startMs = this.#video.getStartDate?.().getTime() ?? Number.NaN;
    return Number.isNaN(startMs) ? undefined : startMs + this.#video.currentTime * 1000;
  }

  close(): void {
    this.#stop.abort();
    this.#video.removeAttribute('src');
    this.#video.load();
  }

  get #failure(): EngineFailure {
    const { error } = this.#video;
    return error?.code === MediaError.MEDIA_ERR_DECODE
      ? { kind: 'undecodable', reason: error.message }
      : { kind: 'lost' };
  }
}
