/** `<gridcast-player>`: watch a room, from the wait before it starts until its end. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { ApiClient, ApiError } from '../api-client.ts';
import { HlsPlayback } from '../controllers/hls-playback.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { stageTokens } from '../styles/tokens.ts';
import { icons } from './icons.ts';
import { playerStyles } from './player-styles.ts';

const SEEK_S = 10;
const VOLUME_STEP = 0.1;
// Further behind the live edge than this is a choice, and the button offers the way back.
const BEHIND_S = 6;
const REFRESH_MS = 500;

/** In another page: `<gridcast-player server="https://…" room="ROOM">`. Starts muted, as browsers demand. */
@customElement('gridcast-player')
export class GridcastPlayer extends LitElement {
  static override styles = [stageTokens, buttons, surfaces, playerStyles];

  @property() server = location.origin;
  @property() room = '';
  /** For private rooms. */
  @property() token = '';
  @state() private revision = 0;
  @query('video') private video!: HTMLVideoElement;
  #playback: HlsPlayback | undefined;
  #timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.#onKey);
    this.#timer = window.setInterval(this.#changed, REFRESH_MS);
    if (this.hasUpdated) this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.#onKey);
    window.clearInterval(this.#timer);
    this.#playback?.close();
    this.#playback = undefined;
  }

  override firstUpdated(): void {
    // As an attribute in a template it would not reach the property, and the browser would refuse to start.
    this.video.muted = true;
    this.#open();
  }

  override render(): TemplateResult {
    return html`<div class="player" data-revision=${this.revision}>
      <video
        playsinline
        disableremoteplayback
        tabindex="0"
        aria-label=${`Live picture of room ${this.room}`}
        @click=${this.#togglePlay}
        @volumechange=${this.#changed}
        @play=${this.#changed}
        @pause=${this.#changed}
      ></video>
      ${this.#overlay()} ${this.#controls()}
    </div>`;
  }

  #overlay(): TemplateResult | typeof nothing {
    const state = this.#playback?.state ?? 'checking';
    if (state === 'live') {
      if (!this.video.muted) return nothing;
      return html`<button class="button primary unmute" type="button" @click=${this.#toggleMute}>
        ${icons.volumeOff} Unmute
      </button>`;
    }
    const problem = this.#playback?.problem;
    const words = {
      checking: ['One moment', 'Looking for the stream…'],
      starting: ['Starting', 'The first pictures are on their way…'],
      waiting: ['Not live yet', 'Keep this page open: it starts by itself as soon as the first person joins the room.'],
      ended: ['The broadcast has ended', 'If it starts again, it plays here by itself.'],
      failed: [problem?.title ?? '', problem?.detail ?? ''],
    }[state];
    return html`<div class="overlay" role=${state === 'failed' ? 'alert' : 'status'}>
      ${state === 'failed' ? icons.warning : state === 'ended' ? icons.check : html`<span class="spinner"></span>`}
      <p class="heading">${words[0]}</p>
      <p>${words[1]}</p>
      ${
        state === 'failed' && problem?.retry
          ? html`<button class="button" type="button" @click=${() => this.#playback?.retry()}>${icons.retry} Try again</button>`
          : nothing
      }
    </div>`;
  }

  #controls(): TemplateResult {
    const video = this.hasUpdated ? this.video : undefined;
    const live = this.#playback?.state === 'live';
    const muted = video?.muted ?? true;
    const paused = video?.paused ?? true;
    return html`<div class="controls" role="toolbar" aria-label="Player controls" ?hidden=${!live}>
      <button class="control" type="button" aria-label=${paused ? 'Play' : 'Pause'} title="Play or pause (K)" @click=${this.#togglePlay}>
        ${paused ? icons.play : icons.pause}
      </button>
      <button class="control" type="button" aria-label=${muted ? 'Unmute' : 'Mute'} title="Sound (M)" @click=${this.#toggleMute}>
        ${muted ? icons.volumeOff : icons.volume}
      </button>
      <input
        class="volume"
        type="range"
        min="0"
        max="1"
        step="0.05"
        aria-label="Volume"
        .value=${String(muted ? 0 : (video?.volume ?? 1))}
        @input=${(event: InputEvent) => this.#setVolume(Number((event.target as HTMLInputElement).value))}
      />
      ${this.#liveButton()}
      <span class="gap"></span>
      <button class="control" type="button" aria-label="Fullscreen" title="Fullscreen (F)" @click=${this.#fullscreen}>
        ${icons.fullscreen}
      </button>
    </div>`;
  }

  #liveButton(): TemplateResult {
    const edge = this.#playback?.liveEdgeS;
    const latency = this.#playback?.latencyS;
    const behind = edge === undefined || !this.hasUpdated ? 0 : edge - this.video.currentTime;
    const atLive = behind < BEHIND_S && !this.video?.paused;
    return html`<button
        class="live ${atLive ? 'on' : ''}"
        type="button"
        title="Go to live (L)"
        @click=${() => this.#playback?.goLive()}
      >
        ${atLive ? 'LIVE' : 'Go to live'}
      </button>
      ${
        latency === undefined
          ? nothing
          : html`<span class="latency" title="From the camera to this screen, by this computer's clock">
              ${latency.toFixed(1)} s behind
            </span>`
      }`;
  }

  #open(): void {
    this.#playback = new HlsPlayback({
      video: this.video,
      url: new URL(`/hls/${encodeURIComponent(this.room)}/index.m3u8`, this.server).href,
      token: this.token,
      exists: () => this.#exists(),
      changed: this.#changed,
    });
  }

  async #exists(): Promise<boolean> {
    try {
      await new ApiClient(this.server, this.token).room(this.room);
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return false;
      throw error;
    }
  }

  #setVolume(volume: number): void {
    this.video.volume = Math.max(0, Math.min(1, volume));
    this.video.muted = this.video.volume === 0;
  }

  #seek(seconds: number): void {
    const { seekable, currentTime } = this.video;
    if (seekable.length === 0) return;
    const last = this.#playback?.liveEdgeS ?? seekable.end(seekable.length - 1);
    this.video.currentTime = Math.max(seekable.start(0), Math.min(last, currentTime + seconds));
  }

  readonly #changed = (): void => {
    this.revision += 1;
  };

  readonly #togglePlay = (): void => {
    if (this.#playback?.state !== 'live') return;
    if (this.video.paused) this.#playback.play();
    else this.video.pause();
  };

  readonly #toggleMute = (): void => {
    this.video.muted = !this.video.muted;
    if (!this.video.muted && this.video.volume === 0) this.video.volume = 1;
  };

  readonly #fullscreen = (): void => {
    const done = document.fullscreenElement ? document.exitFullscreen() : this.requestFullscreen();
    // Refused where the embedding page forbids it; there is nothing to add to that.
    done.catch(() => undefined);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const on = event.composedPath()[0];
    // Sliders and buttons have keys of their own.
    if (on instanceof HTMLInputElement || (on instanceof HTMLButtonElement && event.key === ' ')) return;
    const actions: Readonly<Record<string, () => void>> = {
      ' ': this.#togglePlay,
      k: this.#togglePlay,
      m: this.#toggleMute,
      f: this.#fullscreen,
      l: () => this.#playback?.goLive(),
      ArrowLeft: () => this.#seek(-SEEK_S),
      ArrowRight: () => this.#seek(SEEK_S),
      ArrowUp: () => this.#setVolume(this.video.volume + VOLUME_STEP),
      ArrowDown: () => this.#setVolume(this.video.volume - VOLUME_STEP),
    };
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
}
