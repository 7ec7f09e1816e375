/** Plays a room's HLS in a video element, from before it starts until after it ends. Knows nothing of the page around it. */
import { reconnectDelayMs } from '../transport/backoff.ts';
import { nowMs } from '../util/monotonic.ts';
import type { Problem } from '../util/problem.ts';
import { aheadS, caughtUp, rateAtEdge, toldDistanceS } from './hls-edge.ts';
import { type EngineEvents, type EngineFailure, HlsEngine, NativeEngine, type StreamEngine } from './hls-engine.ts';
import { timeAt, wallAt } from './hls-times.ts';
import { LiveJumps } from './live-jumps.ts';
import { CANNOT_PLAY, undecodable } from './playback-problems.ts';
import { type PlaybackPhase, phaseWithout } from './player-state.ts';
import { type Standstill, StallWatch } from './stall-watch.ts';
import { askForStream, type LiveNews, type StreamNews } from './stream-check.ts';

/** What it needs. */
export interface HlsPlaybackOptions {
  readonly video: HTMLVideoElement;
  /** Address of the multivariant playlist, with the token if there is one: what is live, with its qualities. */
  readonly url: string;
  /** Address of the playlist that reaches back to the beginning, in one quality; undefined: the viewer may not go back. */
  readonly backUrl: string | undefined;
  readonly hasToken: boolean;
  /** Whether to begin without being asked. */
  readonly autoplay: boolean;
  /** Whether there is such a room at all; rejects when that cannot be told. */
  exists(): Promise<boolean>;
  /** How far the server's clock is ahead of this computer's, milliseconds; undefined while not known. */
  offsetMs(): number | undefined;
  changed(): void;
  /** What is on the screen is about to go: the last moment to copy it. */
  leaving(): void;
}

const POLL_MS = 3000;

/** Begins at once; ends with `close`. */
export class HlsPlayback {
  readonly #options: HlsPlaybackOptions;
  readonly #stop = new AbortController();
  #phase: PlaybackPhase = 'checking';
  #problem: Problem | undefined;
  #engine: StreamEngine | undefined;
  #session: string | undefined;
  #playlistUrl: string | undefined;
  #choice = false;
  /** Which of the two playlists is played. */
  #back = false;
  #wanted: boolean;
  #paused = false;
  #chosen = false;
  #rate = 1;
  readonly #stall = new StallWatch();
  readonly #jumps = new LiveJumps();
  /** When the way to the server was cut, and how often it was tried since. */
  #cut: { readonly sinceMs: number; attempt: number } | undefined;
  /** What was on the screen when it broke off, for who had gone back. */
  #resumeMs: number | undefined;
  #timer = 0;

  constructor(options: HlsPlaybackOptions) {
    this.#options = options;
    this.#wanted = options.autoplay;
    const { video } = options;
    const on = (name: string, fn: () => void): void => video.addEventListener(name, fn, { signal: this.#stop.signal });
    on('playing', () => this.#onPlaying());
    on('seeking', () => this.#stall.seek(performance.now()));
    on('waiting', () => this.#onStall(true));
    on('timeupdate', () => this.#onStall(video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA));
    on('ended', () => this.#onEnded());
    void this.#check();
  }

  get phase(): PlaybackPhase {
    return this.#phase;
  }

  /** Why the phase is `failed`. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Feeds the video while there is something to play. */
  get engine(): StreamEngine | undefined {
    return this.#engine;
  }

  /** A media playlist of the session, known before it plays. */
  get playlistUrl(): string | undefined {
    return this.#engine?.playlistUrl ?? this.#playlistUrl;
  }

  /** Why the picture stands still; undefined while it moves. */
  get standstill(): Standstill | undefined {
    return this.#stall.why(performance.now(), this.#owedS);
  }

  /** The speed that the viewer has chosen; the engine may play a little faster to catch up. */
  get rate(): number {
    return this.#rate;
  }

  set rate(rate: number) {
    this.#rate = rate;
    this.#options.video.playbackRate = rate;
    if (this.#engine) this.#engine.catchUp = rate === 1;
    if (rate < 1) this.#chosen = true;
    this.#options.changed();
  }

  /** Seconds from the capture of the picture shown until now, by the server's clock; undefined when not known. */
  get latencyS(): number | undefined {
    const shownMs = this.#engine?.shownMs;
    const offsetMs = this.#options.offsetMs();
    if (shownMs === undefined || offsetMs === undefined || this.#phase !== 'playing') return undefined;
    return Math.max(0, (nowMs() + offsetMs - shownMs) / 1000);
  }

  /** Seconds from the picture shown to where live is. */
  get distanceS(): number {
    const edge = this.#engine?.liveEdgeS;
    return edge === undefined ? 0 : Math.max(0, edge - this.#options.video.currentTime);
  }

  /** Seconds that the viewer is told to be behind live. */
  get behindS(): number {
    const { latencyS, distanceS } = this;
    return toldDistanceS({ distanceS, ...(latencyS !== undefined && { latencyS }) });
  }

  /** When `timeS` of the video was taken, milliseconds since 1970. */
  wallAt(timeS: number): number | undefined {
    const engine = this.#engine;
    if (!engine) return undefined;
    const { shownMs } = engine;
    const wallMs = wallAt(engine.spans, timeS);
    if (wallMs !== undefined || shownMs === undefined) return wallMs;
    return shownMs + (timeS - this.#options.video.currentTime) * 1000;
  }

  /** Goes to a time of the video, but not beyond live; what lies before it is in the playlist that reaches back. */
  seek(timeS: number): void {
    const { video } = this.#options;
    const { seekable } = video;
    if (seekable.length === 0) return;
    if (timeS < seekable.start(0) && !this.#back && this.#options.backUrl !== undefined) {
      this.#switch(true, this.wallAt(timeS) ?? 0);
      return;
    }
    const edge = this.#engine?.liveEdgeS ?? seekable.end(seekable.length - 1);
    video.currentTime = Math.max(seekable.start(0), Math.min(edge, timeS));
    this.#chosen = timeS < edge;
    this.#options.changed();
  }

  /** Jumps to live and plays, at the speed that it happens. */
  goLive(): void {
    this.#resumeMs = undefined;
    if (this.#rate !== 1) this.rate = 1;
    if (this.#back && this.#choice) {
      this.#chosen = false;
      this.#paused = false;
      this.#switch(false, undefined);
      return;
    }
    const edge = this.#engine?.liveEdgeS;
    if (edge !== undefined) this.#options.video.currentTime = edge;
    this.#chosen = false;
    this.play();
  }

  /** Plays, also what has not begun yet. A browser that refuses the sound plays without; one that refuses all stays paused. */
  play(): void {
    this.#paused = false;
    if (!this.#wanted) {
      this.#wanted = true;
      if (this.#phase === 'ready') this.#start();
      return;
    }
    void this.#play();
  }

  /** The viewer wants to stop: being behind from now on is their choice. */
  pause(): void {
    this.#paused = true;
    this.#chosen = true;
    this.#options.video.pause();
  }

  /** To be called a few times a second: keeps who wants live near to it. */
  tick(): void {
    const { video } = this.#options;
    if (video.seeking && !video.paused) this.#onStall(true);
    if (this.#phase !== 'playing' || video.seeking) return;
    const { distanceS } = this;
    const viewer = { chosen: this.#chosen, paused: video.paused };
    const facts = { latencyS: this.latencyS, distanceS, aheadS: aheadS(video), owedS: this.#owedS, ...viewer };
    if (this.#jumps.due(facts, performance.now())) this.goLive();
    else if (this.#rate >= 1 && caughtUp(facts)) this.#chosen = false;
    const rate = rateAtEdge(this.#rate, distanceS);
    if (rate !== this.#rate) this.rate = rate;
  }

  /** Looks again at once after a failure. */
  retry(): void {
    this.#release();
    this.#problem = undefined;
    this.#set('checking');
    void this.#check();
  }

  close(): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    this.#release();
  }

  /** Seconds of media that are announced beyond those that lie ready. */
  get #owedS(): number {
    const { video } = this.#options;
    const { announcedS = video.currentTime } = this.#engine ?? {};
    return Math.max(0, announcedS - video.currentTime - aheadS(video));
  }

  readonly #serverMs = (): number => nowMs() + (this.#options.offsetMs() ?? 0);

  /** Address of what is live; with what may come yet, where the engine can wait for it. */
  get #url(): string {
    const url = new URL(this.#options.url);
    if (HlsEngine.supported) url.searchParams.set('promised', '1');
    return url.href;
  }

  async #check(): Promise<void> {
    const { signal } = this.#stop;
    const news = await askForStream({ ...this.#options, url: this.#url }, signal);
    if (!signal.aborted) this.#onNews(news);
  }

  #onNews(news: StreamNews): void {
    switch (news.kind) {
      case 'live':
        // The end of a session stays for ten minutes, for those who are behind.
        if (this.#phase === 'ended' && news.session === this.#session) this.#later(POLL_MS);
        else this.#onLive(news);
        break;
      case 'nothing':
      case 'missing': {
        const cutMs = this.#cut && performance.now() - this.#cut.sinceMs;
        const phase = phaseWithout(news.kind, this.#session !== undefined, cutMs);
        if (phase !== 'reconnecting') this.#cut = undefined;
        this.#set(phase);
        this.#later(POLL_MS);
        break;
      }
      case 'away':
        this.#onAway();
        break;
      case 'refused':
        this.#fail(news.problem);
    }
  }

  #onLive({ session, playlistUrl, choice }: LiveNews): void {
    this.#playlistUrl = playlistUrl;
    this.#choice = choice;
    if (session !== this.#session) this.#resumeMs = undefined;
    this.#session = session;
    // Only who gives something up by it starts without the way back.
    this.#back = !choice || this.#resumeMs !== undefined;
    this.#cut = undefined;
    if (this.#wanted) this.#start();
    else this.#set('ready');
  }

  #onAway(): void {
    this.#cut ??= { sinceMs: performance.now(), attempt: 0 };
    this.#cut.attempt += 1;
    this.#set('reconnecting');
    const { attempt, sinceMs } = this.#cut;
    this.#later(reconnectDelayMs(attempt, Math.random(), performance.now() - sinceMs));
  }

  #later(ms: number): void {
    window.clearTimeout(this.#timer);
    // Not all who wait ask in the same moment.
    this.#timer = window.setTimeout(() => void this.#check(), ms * (0.75 + Math.random() / 2));
  }

  /** Plays the other playlist, from a time of day on. */
  #switch(back: boolean, resumeMs: number | undefined): void {
    this.#back = back;
    this.#resumeMs = resumeMs;
    this.#start();
  }

  #start(): void {
    const { video } = this.#options;
    const url = (this.#back ? this.#options.backUrl : undefined) ?? this.#url;
    this.#release();
    this.#jumps.begin(performance.now());
    this.#set('starting');
    const events: EngineEvents = {
      ready: () => void this.#play(),
      updated: () => this.#options.changed(),
      trouble: () => this.#onTrouble(),
      alive: () => this.#onAlive(),
      failed: (failure) => this.#onFailure(failure),
    };
    if (HlsEngine.supported) this.#engine = new HlsEngine(video, url, events, this.#serverMs);
    else if (NativeEngine.supportedBy(video)) this.#engine = new NativeEngine(video, url, events);
    else this.#fail(CANNOT_PLAY);
  }

  async #play(): Promise<void> {
    if (this.#paused) return;
    const { video } = this.#options;
    try {
      await video.play();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'NotAllowedError') || video.muted) return;
      video.muted = true;
      await video.play().catch(() => undefined);
    }
  }

  #onPlaying(): void {
    this.#stall.note(false, performance.now());
    const { video } = this.#options;
    const back = this.#resumeMs === undefined ? undefined : timeAt(this.#engine?.spans ?? [], this.#resumeMs);
    this.#resumeMs = undefined;
    if (back !== undefined && back < video.currentTime) this.seek(back);
    // Loading sets it back.
    if (this.#rate !== 1) this.rate = this.#rate;
    this.#set('playing');
  }

  #onStall(stalled: boolean): void {
    // What was just sought comes in a moment.
    if (this.#options.video.seeking && !this.#stall.isLongSeek(performance.now())) return;
    if (!this.#stall.note(stalled, performance.now())) return;
    this.#judgeStall();
    this.#options.changed();
  }

  #onTrouble(): void {
    this.#stall.trouble(performance.now());
    this.#judgeStall();
  }

  #onAlive(): void {
    this.#stall.alive(performance.now());
    if (this.#phase === 'reconnecting') this.#judgeStall();
  }

  #judgeStall(): void {
    const cut = this.#stall.isCut(performance.now(), navigator.onLine);
    if (cut && this.#phase === 'playing') this.#set('reconnecting');
    else if (!cut && this.#phase === 'reconnecting' && this.#engine) this.#set('playing');
  }

  #onEnded(): void {
    this.#release();
    this.#set('ended');
    this.#later(POLL_MS);
  }

  #onFailure(failure: EngineFailure): void {
    if (failure.kind === 'undecodable') {
      this.#fail(undecodable(failure.reason));
      return;
    }
    const shownMs = this.#engine?.shownMs;
    if (this.#chosen) this.#resumeMs = shownMs;
    this.#release();
    // Gone, or unreachable for long: either way it is worth looking whether it comes back.
    this.#set(this.#session === undefined ? 'checking' : 'reconnecting');
    void this.#check();
  }

  #fail(problem: Problem): void {
    this.#release();
    this.#problem = problem;
    this.#set('failed');
  }

  #release(): void {
    window.clearTimeout(this.#timer);
    this.#stall.reset();
    const engine = this.#engine;
    this.#engine = undefined;
    if (!engine) return;
    this.#options.leaving();
    engine.close();
  }

  #set(phase: PlaybackPhase): void {
    this.#phase = phase;
    this.#options.changed();
  }
}
