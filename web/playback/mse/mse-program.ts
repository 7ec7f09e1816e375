/**
 * The program where the browser has no decoders for us: a video element that is fed piece by piece, its picture on the canvas, its
 * sound through the page's audio context. A third of a second later than by decoders.
 */
import type { Frame } from '../../../src/protocol/frame.ts';
import type { ConfigMessage } from '../../../src/protocol/messages.ts';
import { PROGRAM_TRACK } from '../../transport/protocol.ts';
import type { ShownPicture } from '../program-player.ts';
import { FrameTimes } from './frame-times.ts';
import { liveStep } from './live-edge.ts';
import { mediaSourceClass, PROGRAM_TYPES } from './media-source.ts';
import { PictureFragments, SoundFragments } from './program-fragments.ts';
import { SourceFeed } from './source-feed.ts';

/** The first frame need not be the earliest one: pictures begin with the last key frame, and some of them last ten seconds. */
const LEAD_US = 30_000_000;
/** Frames that come before the browser is ready: some seconds of both. */
const MOST_EARLY = 1000;
/** Without a frame of the screen for so long the page is hidden, and what comes in keeps the element going. */
const HIDDEN_AFTER_MS = 200;
/** Times of a track go back by some key frames when it is repeated, and far only when the program itself began anew. */
const ANEW_US = 10_000_000;
const ASK_AGAIN_MS = 1000;
const PLAY_AGAIN_MS = 500;
const MOST_SEEKING_MS = 6000;

/** What it needs. */
export interface MseProgramOptions {
  /** The sound goes here. */
  readonly context: AudioContext;
  readonly canvas: HTMLCanvasElement;
  /** Frames are missing: the next one of use is a key frame. */
  keyframeWanted(): void;
  /** The first picture is on the canvas, or the picture's size changed. */
  resized(width: number, height: number): void;
  failed(message: string): void;
}

/** One element's worth: what is fed to it, and how far. */
interface Feeds {
  readonly originUs: number;
  readonly pictures: PictureFragments;
  readonly sounds: SoundFragments;
  readonly times: FrameTimes;
  readonly video: SourceFeed;
  readonly audio: SourceFeed;
}

/** Sound and picture in one, with the faces of both. Runs from its making until `close`. */
export class MseProgram {
  readonly #options: MseProgramOptions;
  readonly #element = document.createElement('video');
  readonly #source: MediaElementAudioSourceNode;
  readonly #gain: GainNode;
  readonly #context: CanvasRenderingContext2D | null;
  readonly #configs = new Map<number, ConfigMessage>();
  #feeds: Feeds | undefined;
  #mediaSource: MediaSource | undefined;
  #url = '';
  #early: Frame[] = [];
  readonly #newestUs = new Map<number, number>();
  #expectedSeq: number | undefined;
  #awaitsKeyframe = true;
  #askedMs = Number.NEGATIVE_INFINITY;
  #playedMs = Number.NEGATIVE_INFINITY;
  #moved = { currentS: 0, atMs: 0 };
  #tendedMs = 0;
  /** Whether a picture was shown, or a jump made, since the element began anew. */
  #begun = false;
  #presented = 0;
  #received = 0;
  #underruns = 0;
  #shownUs: number | undefined;
  #closed = false;

  /** @throws Error when the browser has no media source for the program. */
  constructor(options: MseProgramOptions) {
    this.#options = options;
    this.#context = options.canvas.getContext('2d', { alpha: false });
    this.#element.playsInline = true;
    this.#element.disableRemotePlayback = true;
    this.#source = options.context.createMediaElementSource(this.#element);
    this.#gain = new GainNode(options.context);
    this.#source.connect(this.#gain).connect(options.context.destination);
    this.#element.addEventListener('waiting', this.#onWaiting);
    this.#open();
    requestAnimationFrame(this.#present);
  }

  /** 0 (silent) to 1. */
  set volume(volume: number) {
    this.#gain.gain.setTargetAtTime(volume, this.#options.context.currentTime, 0.02);
  }

  /** Pictures shown so far. */
  get presented(): number {
    return this.#presented;
  }

  /** Coded pictures that arrived so far. */
  get received(): number {
    return this.#received;
  }

  get shown(): ShownPicture | undefined {
    return this.#shownUs === undefined ? undefined : { us: this.#shownUs, durationUs: 0, ageMs: undefined };
  }

  /** What is in stock, milliseconds, and how often it ran dry; undefined before anything plays. */
  get report(): { readonly levelMs: number; readonly underruns: number } | undefined {
    const playable = this.#playable;
    if (!playable || this.#presented === 0) return undefined;
    return { levelMs: Math.max(0, (playable.endS - this.#element.currentTime) * 1000), underruns: this.#underruns };
  }

  /** Program time being heard, microseconds; undefined while nothing plays. */
  playheadUs(): number | undefined {
    if (!this.#feeds || this.#element.paused || this.#presented === 0) return undefined;
    return this.#feeds.originUs + this.#element.currentTime * 1e6;
  }

  configure(config: ConfigMessage): void {
    this.#configs.set(config.track, config);
    if (config.track === PROGRAM_TRACK.video) this.#awaitsKeyframe = true;
    this.#tell(config);
  }

  push(frame: Frame): void {
    const { track, captureUs } = frame.header;
    if (track === PROGRAM_TRACK.video) this.#received += 1;
    if (captureUs < (this.#newestUs.get(track) ?? 0) - ANEW_US) this.#restart();
    this.#newestUs.set(track, Math.max(this.#newestUs.get(track) ?? 0, captureUs));
    const feeds = this.#feeds ?? this.#begin(captureUs - LEAD_US);
    if (!feeds) {
      // The key frame that the others need may be among them, so none is left out but all.
      if (this.#early.length >= MOST_EARLY) this.#early = [];
      this.#early.push(frame);
      return;
    }
    if (performance.now() - this.#tendedMs > HIDDEN_AFTER_MS) this.#tend(feeds);
    if (track === PROGRAM_TRACK.audio) {
      const parts = feeds.sounds.take(frame);
      if (parts) feeds.audio.append(parts);
    } else if (this.#follows(frame)) {
      const parts = feeds.pictures.take(frame);
      if (!parts || !feeds.video.append(parts)) this.#lose();
      else feeds.times.add(captureUs);
    }
  }

  /** The connection was cut: numbers start anew, the program's time goes on. */
  reset(): void {
    this.#expectedSeq = undefined;
    this.#awaitsKeyframe = true;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#element.removeEventListener('waiting', this.#onWaiting);
    this.#shut();
    this.#source.disconnect();
    this.#gain.disconnect();
  }

  /** Whether the decoder can go on with this picture. */
  #follows({ header }: Frame): boolean {
    const lost = this.#expectedSeq !== undefined && header.seq !== this.#expectedSeq;
    this.#expectedSeq = (header.seq + 1) % 2 ** 32;
    if (header.configId !== this.#configs.get(PROGRAM_TRACK.video)?.id) return false;
    if (lost || header.discontinuity) this.#awaitsKeyframe = true;
    if (this.#awaitsKeyframe && !header.keyframe) {
      this.#ask();
      return false;
    }
    this.#awaitsKeyframe = false;
    return true;
  }

  #lose(): void {
    this.#awaitsKeyframe = true;
    this.#ask();
  }

  #ask(): void {
    const now = performance.now();
    if (now - this.#askedMs < ASK_AGAIN_MS) return;
    this.#askedMs = now;
    this.#options.keyframeWanted();
  }

  #open(): void {
    const Source = mediaSourceClass();
    if (!Source) throw new Error('This browser has no way to play the room live.');
    const mediaSource = new Source();
    this.#mediaSource = mediaSource;
    this.#url = URL.createObjectURL(mediaSource);
    mediaSource.onsourceopen = () => {
      this.#revoke();
      for (const frame of this.#early.splice(0)) this.push(frame);
    };
    this.#element.src = this.#url;
  }

  #revoke(): void {
    URL.revokeObjectURL(this.#url);
  }

  /** Undefined while the element is not ready. */
  #begin(originUs: number): Feeds | undefined {
    const mediaSource = this.#mediaSource;
    if (mediaSource?.readyState !== 'open') return undefined;
    const feed = (type: string): SourceFeed => {
      return new SourceFeed(mediaSource.addSourceBuffer(type), (reason) => this.#onFailure(reason));
    };
    const [video, audio] = [feed(PROGRAM_TYPES.video), feed(PROGRAM_TYPES.audio)];
    // Also tells browsers that this is live, and that nothing is worth waiting for.
    mediaSource.duration = Number.POSITIVE_INFINITY;
    const pictures = new PictureFragments(originUs);
    const sounds = new SoundFragments(originUs);
    this.#feeds = { originUs, pictures, sounds, times: new FrameTimes(), video, audio };
    for (const config of this.#configs.values()) this.#tell(config);
    return this.#feeds;
  }

  #tell(config: ConfigMessage): void {
    if (config.track === PROGRAM_TRACK.video) this.#feeds?.pictures.configure(config);
    else this.#feeds?.sounds.configure(config);
  }

  #onFailure(reason: string): void {
    if (this.#closed) return;
    this.#options.failed(reason);
    this.#restart();
  }

  #restart(): void {
    this.#shut();
    this.#newestUs.clear();
    this.#open();
    this.#lose();
  }

  #shut(): void {
    this.#revoke();
    this.#early = [];
    this.#begun = false;
    this.#feeds?.video.close();
    this.#feeds?.audio.close();
    this.#feeds = undefined;
    if (this.#mediaSource) this.#mediaSource.onsourceopen = null;
    this.#mediaSource = undefined;
    this.#element.removeAttribute('src');
    this.#element.load();
  }

  /** What has both sound and picture, seconds of the element. */
  get #playable(): { readonly startS: number; readonly endS: number } | undefined {
    const [video, audio] = [this.#feeds?.video.newest, this.#feeds?.audio.newest];
    if (!video || !audio) return undefined;
    return { startS: Math.max(video.startS, audio.startS), endS: Math.min(video.endS, audio.endS) };
  }

  readonly #onWaiting = (): void => {
    if (this.#presented > 0) this.#underruns += 1;
  };

  readonly #present = (): void => {
    if (this.#closed) return;
    requestAnimationFrame(this.#present);
    const feeds = this.#feeds;
    if (!feeds || !this.#tend(feeds)) return;
    const { currentTime } = this.#element;
    // Two of its own, for its rounding.
    const shownUs = feeds.times.at(feeds.originUs + currentTime * 1e6 + 2);
    if (shownUs !== undefined && shownUs !== this.#shownUs && this.#element.readyState >= 2) this.#draw(shownUs);
  };

  /** Keeps the element near the newest, and tells what was played; false while there is nothing to play. */
  #tend({ video, audio }: Feeds): boolean {
    this.#tendedMs = performance.now();
    const playable = this.#playable;
    if (!playable) return false;
    this.#steer(playable);
    for (const feed of [video, audio]) feed.playedS = this.#element.currentTime;
    return true;
  }

  #steer(playable: { readonly startS: number; readonly endS: number }): void {
    const element = this.#element;
    const now = performance.now();
    if (element.paused && now - this.#playedMs > PLAY_AGAIN_MS) {
      this.#playedMs = now;
      // Refused until the person does something; then the next try is allowed.
      element.play().catch(() => undefined);
    }
    if (element.currentTime !== this.#moved.currentS) this.#moved = { currentS: element.currentTime, atMs: now };
    const stillMs = now - this.#moved.atMs;
    // A jump takes its time, but what it was to may be gone.
    if (element.seeking && stillMs < MOST_SEEKING_MS) return;
    const state = {
      currentS: element.currentTime,
      ...playable,
      stillMs,
      rate: element.playbackRate,
      fresh: !this.#begun,
    };
    const { rate, seekS } = liveStep(state);
    if (element.playbackRate !== rate) element.playbackRate = rate;
    if (seekS === undefined) return;
    element.currentTime = seekS;
    this.#begun = true;
    this.#moved = { currentS: seekS, atMs: now };
  }

  #draw(shownUs: number): void {
    const { canvas, resized } = this.#options;
    const { videoWidth, videoHeight } = this.#element;
    if (videoWidth === 0) return;
    if (canvas.width !== videoWidth || canvas.height !== videoHeight || this.#presented === 0) {
      canvas.width = videoWidth;
      canvas.height = videoHeight;
      resized(videoWidth, videoHeight);
    }
    this.#context?.drawImage(this.#element, 0, 0);
    this.#shownUs = shownUs;
    this.#begun = true;
    this.#presented += 1;
  }
}
