/** `<gridcast-player>`: watch a room, from the wait before it starts until its end. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { HlsPlayback } from '../controllers/hls-playback.ts';
import { PlayerServer } from '../controllers/player-server.ts';
import { type PlayerState, playerState } from '../controllers/player-state.ts';
import { SeekPreview } from '../controllers/seek-preview.ts';
import type { Catalogue } from '../i18n/message.ts';
import type { Words } from '../i18n/words.ts';
import { WordsProvider } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { stageTokens } from '../styles/tokens.ts';
import { playerBarStyles } from './player-bar-styles.ts';
import { playerBar, playerTop } from './player-bar.ts';
import { playerCard } from './player-card.ts';
import { speakWords } from './player-chrome.ts';
import { icons } from './icons.ts';
import { wishOf } from './player-keys.ts';
import { playerPanelStyles } from './player-panel-styles.ts';
import { type PanelFacts, type PanelName, playerPanel } from './player-panels.ts';
import { playerStyles } from './player-styles.ts';
import { grantWish, isOurs } from './player-wishes.ts';

const REFRESH_MS = 250;

/** What `gridcast-state` tells. */
export interface PlayerNews {
  readonly state: PlayerState;
  /** Code of what is wrong, when it has failed. */
  readonly problem?: string;
}

/**
 * In another page: `<gridcast-player server="https://…" room="ROOM">`. Sends `gridcast-state` with `detail.state` whenever that
 * changes. The slot `chat` stands beside the picture.
 */
@customElement('gridcast-player')
export class GridcastPlayer extends LitElement {
  static override styles = [stageTokens, buttons, surfaces, playerStyles, playerBarStyles, playerPanelStyles];

  @property() server = location.origin;
  @property() room = '';
  /** For private rooms. */
  @property() token = '';
  /** Stands over the picture with the controls. Without it the room's title stands where there is no picture. */
  @property() heading = '';
  /** Picture for the time before the start. */
  @property() poster = '';
  /** Where the recording can be watched; offered when the broadcast has ended. */
  @property() recording = '';
  /** Begin without sound. Without it the player begins with sound where the browser allows. */
  @property({ type: Boolean }) muted = false;
  /** `off`: wait for a click. */
  @property() autoplay: 'on' | 'off' = 'on';
  /** `off`: nothing but the picture, and what has to be said. */
  @property() controls: 'on' | 'off' = 'on';
  /** `off`: only the last minute can be gone back to; the playlists are smaller. */
  @property() dvr: 'on' | 'off' = 'on';
  /** Sentences in another language; undefined: English. */
  @property({ attribute: false }) catalogue: Catalogue | undefined;
  @state() private panel: PanelName | undefined;
  @state() private preview = '';
  @state() private chat = false;
  @query('video') private video!: HTMLVideoElement;
  @query('media-controller') private controller!: HTMLElement;
  @query('canvas') private canvas!: HTMLCanvasElement;
  readonly #words = new WordsProvider(this);
  #spoken: Words | undefined;
  #time = new Intl.DateTimeFormat('en', { timeStyle: 'medium' });
  #playback: HlsPlayback | undefined;
  #server: PlayerServer | undefined;
  #seek: SeekPreview | undefined;
  #state: PlayerState = 'checking';
  #timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.#onKey);
    this.#timer = window.setInterval(this.#tick, REFRESH_MS);
    if (this.hasUpdated) this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.#onKey);
    window.clearInterval(this.#timer);
    this.#close();
  }

  protected override scheduleUpdate(): void | Promise<unknown> {
    return this.#words.draw(() => super.scheduleUpdate());
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('catalogue')) this.#words.speak(this.catalogue);
    const { words } = this.#words;
    if (words === this.#spoken) return;
    this.#spoken = words;
    speakWords(words);
    this.#time = new Intl.DateTimeFormat(words.dateLocale, { timeStyle: 'medium' });
  }

  override firstUpdated(): void {
    this.#seek = new SeekPreview(this.video, () => this.#changed());
    // It may have been taken away while its language was on its way.
    if (this.isConnected) this.#open();
  }

  override updated(changed: PropertyValues<this>): void {
    const other = ['server', 'room', 'token', 'dvr'].some((name) => changed.has(name as keyof GridcastPlayer));
    if (other && this.#playback && [...changed.values()].some((before) => before !== undefined)) this.#open();
  }

  /** What is shown now. */
  get state(): PlayerState {
    return this.#state;
  }

  /** Seconds from the capture of the picture shown until now; undefined while not known. */
  get latency(): number | undefined {
    return this.#playback?.latencyS;
  }

  override render(): TemplateResult {
    const { words } = this.#words;
    const heading = this.heading || (this.#server?.title ?? '');
    const controls = this.controls !== 'off' && ['live', 'behind', 'paused', 'reconnecting'].includes(this.#state);
    return html`<div class="player ${this.chat ? 'with-chat' : ''}" data-state=${this.#state}>
      <div
        class="frame"
        @mediaplayrequest=${{ handleEvent: this.#onPlay, capture: true }}
        @mediapauserequest=${{ handleEvent: this.#onPause, capture: true }}
        @mediaseekrequest=${{ handleEvent: this.#onSeek, capture: true }}
        @pointerdown=${this.#onPointer}
      >
        <media-controller
          id="stage"
          part="stage"
          lang=${words.locale}
          nohotkeys
          nomutedpref
          novolumepref
          nosubtitleslangpref
          noautoseektolive
          defaultstreamtype="live"
          autohide=${this.panel === undefined ? '3' : '-1'}
        >
          <video
            slot="media"
            playsinline
            disableremoteplayback
            tabindex="0"
            aria-label=${words.say('player.picture', { room: heading || this.room || words.say('player.thisRoom') })}
            @volumechange=${this.#changed}
            @play=${this.#changed}
            @pause=${this.#changed}
          ></video>
          ${this.#backdrop()}
          ${controls ? playerTop(words, this.heading, this.#server?.viewers, this.#server?.isRecorded ?? false) : nothing}
          ${this.#unmute(controls)} ${this.#card(heading)}
          ${controls ? playerBar(this.#barFacts) : nothing}
          ${controls ? playerPanel(this.panel, this.#panelFacts) : nothing}
        </media-controller>
      </div>
      <div class="chat" part="chat"><slot name="chat" @slotchange=${this.#onChat}></slot></div>
    </div>`;
  }

  #backdrop(): TemplateResult {
    const shown = ['live', 'behind', 'paused'].includes(this.#state);
    const early = this.#state === 'ready' || this.#state === 'starting';
    const poster = (early ? this.#seek?.newest : undefined) ?? this.poster;
    return html`<div class="backdrop" slot="gestures-chrome" noautohide ?hidden=${shown}>
        <canvas width="480" height="270" ></canvas>
        ${poster === '' ? nothing : html`<img src=${poster} alt="" />`}
      </div>
      <media-gesture-receiver slot="gestures-chrome" ?hidden=${!shown}></media-gesture-receiver>`;
  }

  #unmute(controls: boolean): TemplateResult | typeof nothing {
    const silent = this.hasUpdated && this.video.muted && (this.#state === 'live' || this.#state === 'behind');
    // One who turned the sound off with the controls knows how to turn it on.
    if (!silent || (controls && this.#server?.soundWasOn)) return nothing;
    return html`<button class="button unmute" slot="top-chrome" noautohide type="button" @click=${this.#toggleMute}>
      ${icons.volumeOff} ${this.#words.say('player.unmuteBig')}
    </button>`;
  }

  #card(heading: string): TemplateResult | typeof nothing {
    return playerCard({
      state: this.#state,
      words: this.#words.words,
      heading,
      problem: this.#playback?.problem,
      recording: this.recording || (this.#server?.recording ?? ''),
      standstill: this.#playback?.standstill,
      onPlay: () => this.#playback?.play(),
      onRetry: () => this.#playback?.retry(),
    });
  }

  get #barFacts(): Parameters<typeof playerBar>[0] {
    const distanceS = this.#playback?.behindS ?? 0;
    const timeS = this.video.currentTime;
    return {
      words: this.#words.words,
      atLive: this.#state === 'live',
      latencyS: this.latency,
      distanceS,
      clock: this.#timeOfDay(timeS),
      chapter: this.#seek?.chapterAt(timeS)?.title ?? '',
      hasChapters: (this.#seek?.chapters.length ?? 0) > 0,
      viewers: this.#server?.viewers,
      open: this.panel,
      preview: this.preview,
      describe: this.#timeOfDay,
      onPreview: this.#onPreview,
      onPanel: (name) => this.#togglePanel(name),
      onGoLive: () => this.#playback?.goLive(),
    };
  }

  get #panelFacts(): PanelFacts {
    const engine = this.#playback?.engine;
    return {
      words: this.#words.words,
      rate: this.#playback?.rate ?? 1,
      qualities: engine?.qualities ?? [],
      quality: engine?.quality ?? -1,
      chapters: this.#seek?.chapters ?? [],
      chapter: this.#seek?.chapterAt(this.video.currentTime),
      timeOfDay: this.#timeOfDay,
      onRate: (rate) => this.#setRate(rate),
      onQuality: (index) => {
        if (engine) engine.quality = index;
        this.requestUpdate();
      },
      onChapter: ({ startS }) => this.#playback?.seek(startS),
      onClose: () => this.#togglePanel(undefined),
    };
  }

  #open(): void {
    this.#close();
    if (this.room === '') return;
    // As an attribute in a template it would not reach the property, and the browser would refuse to start.
    this.video.muted = this.muted;
    const server = new PlayerServer(this.server, this.room, this.token, this.#changed);
    this.#server = server;
    const url = new URL(`/hls/${encodeURIComponent(this.room)}/index.m3u8`, this.server);
    if (this.token !== '') url.searchParams.set('token', this.token);
    const backUrl = new URL(url);
    backUrl.searchParams.set('dvr', '1');
    this.#playback = new HlsPlayback({
      video: this.video,
      url: url.href,
      backUrl: this.dvr === 'off' ? undefined : backUrl.href,
      hasToken: this.token !== '',
      autoplay: this.autoplay !== 'off',
      exists: () => server.exists(),
      offsetMs: () => server.offsetMs,
      changed: this.#changed,
      leaving: () => this.#copyPicture(),
    });
    this.#changed();
  }

  #close(): void {
    this.#playback?.close();
    this.#playback = undefined;
    this.#server?.close();
    this.#server = undefined;
  }

  /** The last picture stays behind what is said about it. */
  #copyPicture(): void {
    const { video, canvas } = this;
    if (video.videoWidth === 0) return;
    try {
      canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
    } catch {
      // A picture that cannot be copied is only missed.
    }
  }

  readonly #tick = (): void => {
    this.#playback?.tick();
    this.#changed();
  };

  readonly #changed = (): void => {
    const playback = this.#playback;
    if (!this.hasUpdated || !playback) return;
    const before = this.#state;
    this.#state = playerState(playback.phase, this.video.paused, playback.behindS);
    this.#server?.follow(this.#state, this.video.muted);
    this.#seek?.follow(playback, this.#state === 'ready' || this.#state === 'starting');
    if (before !== this.#state) {
      if (this.#state === 'reconnecting') this.#copyPicture();
      const problem = this.#state === 'failed' ? playback.problem?.code : undefined;
      const detail: PlayerNews = { state: this.#state, ...(problem !== undefined && { problem }) };
      this.dispatchEvent(new CustomEvent('gridcast-state', { detail }));
    }
    this.requestUpdate();
  };

  readonly #timeOfDay = (timeS: number): string => {
    const wallMs = this.#playback?.wallAt(timeS);
    return wallMs === undefined ? '' : this.#time.format(wallMs);
  };

  readonly #onPreview = (event: Event): void => {
    const timeS: unknown = event instanceof CustomEvent ? event.detail : null;
    this.preview = typeof timeS === 'number' ? this.#timeOfDay(timeS) : '';
    if (typeof timeS === 'number' && this.#playback) this.#seek?.look(this.#playback);
  };

  #togglePanel(name: PanelName | undefined): void {
    const from = this.panel;
    this.panel = name === from ? undefined : name;
    const target = this.panel === undefined ? `.control.${from}` : '.panel .control';
    void this.updateComplete.then(() => {
      const wanted = this.renderRoot.querySelector<HTMLElement>(target);
      // On a telephone the list of keys has no button.
      (wanted?.checkVisibility() ? wanted : this.video).focus();
    });
  }

  #setRate(rate: number): void {
    if (this.#playback) this.#playback.rate = rate;
  }

  readonly #onChat = (event: Event): void => {
    this.chat = event.target instanceof HTMLSlotElement && event.target.assignedElements().length > 0;
  };

  // Playback has the say: the controls only ask.
  readonly #onPlay = (event: Event): void => {
    event.stopPropagation();
    this.#playback?.play();
  };

  readonly #onPause = (event: Event): void => {
    event.stopPropagation();
    this.#playback?.pause();
  };

  readonly #onSeek = (event: Event): void => {
    event.stopPropagation();
    if (event instanceof CustomEvent && typeof event.detail === 'number') this.#playback?.seek(event.detail);
  };

  readonly #onPointer = (event: Event): void => {
    const inside = event.composedPath().some((on) => on instanceof Element && on.matches('.panel, .control'));
    if (!inside) this.panel = undefined;
  };

  readonly #toggleMute = (): void => {
    const { video } = this;
    video.muted = !video.muted;
    if (!video.muted && video.volume === 0) video.volume = 1;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.panel !== undefined) {
      this.#togglePanel(this.panel);
      return;
    }
    const wish = wishOf(event);
    if (!wish || !this.#playback || !isOurs(event.key, event.composedPath()[0])) return;
    event.preventDefault();
    grantWish(wish, {
      video: this.video,
      playback: this.#playback,
      mute: this.#toggleMute,
      press: (button) => this.controller.querySelector<HTMLElement>(button)?.click(),
      help: () => this.#togglePanel('keys'),
    });
  };
}
