/** `<gridcast-recording-player>`: a film from its beginning to its end, also one that still grows. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import 'media-chrome/dist/media-loading-indicator.js';
import { GrowingFilm } from '../controllers/growing-film.ts';
import { type PlaceInTime, RecordingTracks, type SeekPicture } from '../controllers/recording-tracks.ts';
import type { Words } from '../i18n/words.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { stageTokens } from '../styles/tokens.ts';
import { formatDuration } from '../util/format.ts';
import type { TextCue } from '../util/vtt.ts';
import { icons } from './icons.ts';
import { playerBarStyles } from './player-bar-styles.ts';
import { speakWords } from './player-chrome.ts';
import { playAndSound, seekLine, windowButtons } from './player-controls.ts';
import { playerStyles } from './player-styles.ts';
import { recordingPlayerStyles } from './recording-player-styles.ts';

const RATES = [1, 1.25, 1.5, 2, 0.5, 0.75] as const;

/**
 * Sends `gridcast-time` with seconds while it plays and after a jump, and `gridcast-media-error` once for each `src` that cannot
 * be (or is no longer) played: a new `src` goes on where the last one was.
 */
@customElement('gridcast-recording-player')
export class GridcastRecordingPlayer extends LitElement {
  static override styles = [stageTokens, buttons, surfaces, playerStyles, playerBarStyles, recordingPlayerStyles];

  /** Address of a film, or of a playlist when it grows; empty while there is none. */
  @property() src = '';
  /** `src` is a playlist. */
  @property({ type: Boolean }) growing = false;
  @property() poster = '';
  @property() heading = '';
  /** Seconds at which it begins; one beyond its end is its beginning. */
  @property({ type: Number }) start = 0;
  /** Said while there is no `src`; empty: a spinner. */
  @property() note = '';
  @property({ attribute: false }) chapters: readonly PlaceInTime[] = [];
  @property({ attribute: false }) pictures: readonly SeekPicture[] = [];
  @property({ attribute: false }) captions: readonly TextCue[] = [];
  @state() private timeS = 0;
  @state() private durationS = 0;
  @state() private rate = 1;
  @state() private preview = '';
  @state() private failed = false;
  @query('video') private video!: HTMLVideoElement;
  readonly #words = new WordsUser(this);
  #spoken: Words | undefined;
  #tracks: RecordingTracks | undefined;
  #film: GrowingFilm | undefined;
  #resumeS = 0;
  #playing = false;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unload();
  }

  override willUpdate(): void {
    const { words } = this.#words;
    if (words !== this.#spoken) speakWords(words);
    this.#spoken = words;
  }

  override firstUpdated(): void {
    this.#tracks = new RecordingTracks(this.video);
    this.video.textTracks.addEventListener('change', () => this.requestUpdate());
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('src') || changed.has('growing')) this.#load();
    else if (changed.has('start')) this.seek(this.start);
    const before = this.#tracks?.captions;
    this.#tracks?.set(this.chapters, this.pictures, this.captions, this.#words.say('player.captions'));
    if (this.#tracks?.captions !== before) this.requestUpdate();
  }

  /** Seconds. */
  get currentTime(): number {
    return this.timeS;
  }

  /** Goes there, and plays on if it did. */
  seek(timeS: number): void {
    if (this.src === '') return;
    this.video.currentTime = Math.max(0, timeS);
  }

  /** Plays from there. */
  playFrom(timeS: number): void {
    this.seek(timeS);
    // A browser that wants a click first leaves it paused.
    void this.video.play().catch(() => undefined);
  }

  override render(): TemplateResult {
    const chapter = this.chapters.findLast(({ startS }) => startS <= this.timeS)?.title ?? '';
    return html`<div class="player">
      <div class="frame">
        <media-controller
          id="stage"
          part="stage"
          lang=${this.#words.words.locale}
          nomutedpref
          novolumepref
          nosubtitleslangpref
          defaultstreamtype="on-demand"
          keyboardforwardseekoffset="10"
          keyboardbackwardseekoffset="10"
        >
          <video
            slot="media"
            playsinline
            disableremoteplayback
            preload="metadata"
            tabindex="0"
            poster=${this.poster === '' ? nothing : this.poster}
            aria-label=${this.heading}
            @timeupdate=${this.#onTime}
            @seeking=${this.#onTime}
            @durationchange=${this.#onTime}
            @ratechange=${this.#onRate}
            @error=${this.#onError}
          ></video>
          ${this.#card()}
          ${
            this.heading === ''
              ? nothing
              : html`<div class="top" slot="top-chrome"><p class="heading" dir="auto">${this.heading}</p></div>`
          }
          <media-loading-indicator slot="centered-chrome" noautohide></media-loading-indicator>
          ${this.#bar(chapter)}
        </media-controller>
      </div>
    </div>`;
  }

  #card(): TemplateResult | typeof nothing {
    if (this.src !== '' && !this.failed) return nothing;
    return html`<div class="backdrop" slot="gestures-chrome" noautohide></div>
      <div class="message" slot="centered-chrome" noautohide role="status">
        ${
          this.note === ''
            ? html`<span class="spinner"></span><p class="detail">${this.#words.say('film.loading')}</p>`
            : html`<div class="sign">${icons.film}</div>
                <p class="detail">${this.note}</p>`
        }
      </div>`;
  }

  #bar(chapter: string): TemplateResult {
    const clock = `${formatDuration(this.timeS)} / ${formatDuration(this.durationS)}`;
    return html`<div class="bar" role="group" aria-label=${this.#words.say('player.controls')} ?hidden=${this.src === ''}>
      ${seekLine({ describe: formatDuration, preview: this.preview, onPreview: this.#onPreview })}
      <div class="row">
        ${playAndSound()}
        <span class="clock">${clock}</span>
        ${chapter === '' ? nothing : html`<span class="chapter">${chapter}</span>`}
        <span class="gap"></span>
        <button class="control rate" type="button" title=${this.#words.say('player.speed')} @click=${this.#nextRate}>
          <span class="visually-hidden">${this.#words.say('player.speed')}</span>${this.rate}×
        </button>
        ${this.#captionsButton()}
        ${windowButtons()}
      </div>
    </div>`;
  }

  #captionsButton(): TemplateResult | typeof nothing {
    const captions = this.#tracks?.captions ?? 'none';
    if (captions === 'none') return nothing;
    const label = this.#words.say(captions === 'on' ? 'player.captionsOff' : 'player.captionsOn');
    return html`<button class="control" type="button" aria-label=${label} title=${label} @click=${() => this.#tracks?.toggleCaptions()}>
      ${captions === 'on' ? icons.captionsOn : icons.captions}
    </button>`;
  }

  #load(): void {
    if (this.timeS > 0) this.#resumeS = this.timeS;
    this.#playing = this.#playing || !this.video.paused;
    this.#unload();
    this.failed = false;
    const { src, video } = this;
    if (src === '') return;
    video.addEventListener('loadedmetadata', this.#onLoaded, { once: true });
    if (this.growing) this.#film = new GrowingFilm(video, src, () => this.#onError());
    else video.src = src;
  }

  #unload(): void {
    this.#film?.close();
    this.#film = undefined;
    this.video.removeEventListener('loadedmetadata', this.#onLoaded);
    if (!this.video.hasAttribute('src')) return;
    this.video.removeAttribute('src');
    this.video.load();
  }

  readonly #onLoaded = (): void => {
    const fromS = this.#resumeS > 0 || this.start >= this.video.duration ? this.#resumeS : this.start;
    if (fromS > 0) this.video.currentTime = fromS;
    if (this.#playing) void this.video.play().catch(() => undefined);
    this.#playing = false;
  };

  readonly #onTime = (): void => {
    const { currentTime, duration } = this.video;
    this.durationS = Number.isFinite(duration) ? duration : this.durationS;
    if (currentTime === this.timeS || this.video.readyState === 0) return;
    this.timeS = currentTime;
    this.dispatchEvent(new CustomEvent('gridcast-time', { detail: currentTime }));
  };

  readonly #nextRate = (): void => {
    const at = RATES.findIndex((rate) => rate === this.rate);
    this.video.playbackRate = RATES[(at + 1) % RATES.length] ?? 1;
  };

  readonly #onRate = (): void => {
    this.rate = this.video.playbackRate;
  };

  readonly #onError = (): void => {
    if (this.failed || this.src === '') return;
    this.failed = true;
    this.#playing = !this.video.paused;
    this.dispatchEvent(new CustomEvent('gridcast-media-error'));
  };

  readonly #onPreview = (event: Event): void => {
    const timeS: unknown = event instanceof CustomEvent ? event.detail : null;
    this.preview = typeof timeS === 'number' ? formatDuration(timeS) : '';
  };
}
