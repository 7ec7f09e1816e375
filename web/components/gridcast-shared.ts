/** `<gridcast-shared>`: one recording, for whoever has a link to it. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { RecordingExtras } from '../controllers/recording-extras.ts';
import type { RecordedChapter } from '../controllers/recording-timeline.ts';
import { askForShared, type SharedNews } from '../controllers/shared-page.ts';
import type { Catalogue } from '../i18n/message.ts';
import { WordsProvider } from '../i18n/words-controller.ts';
import type { SharedRecording } from '../recording-types.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { tokens } from '../styles/tokens.ts';
import { formatDuration } from '../util/format.ts';
import { icons } from './icons.ts';
import './moment-link.ts';
import './notice.ts';
import './recording-aside.ts';
import type { GridcastRecordingPlayer } from './recording-player.ts';
import './recording-player.ts';
import { sharedStyles } from './shared-styles.ts';

/** The file of `media` that stands for each name of an archive. */
const FILES: Readonly<Record<string, string>> = {
  'poster.jpg': 'poster',
  'speakers.vtt': 'captions',
  'sprite.vtt': 'sprite',
};

/** In another page of the same site: `<gridcast-shared token="…">`. */
@customElement('gridcast-shared')
export class GridcastShared extends LitElement {
  static override styles = [tokens, buttons, surfaces, sharedStyles];

  @property() server = location.origin;
  /** Token in the link. */
  @property() token = '';
  /** Seconds at which the film begins. */
  @property({ type: Number }) start = 0;
  /** Sentences in another language; undefined: English. */
  @property({ attribute: false }) catalogue: Catalogue | undefined;
  @state() private news: SharedNews | undefined;
  @state() private position = 0;
  @state() private broken = false;
  @query('gridcast-recording-player') private player!: GridcastRecordingPlayer;
  readonly #words = new WordsProvider(this);
  readonly #extras = new RecordingExtras(this);
  #chapters: readonly RecordedChapter[] = [];
  #run: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#run?.abort();
  }

  protected override scheduleUpdate(): void | Promise<unknown> {
    return this.#words.draw(() => super.scheduleUpdate());
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('catalogue')) this.#words.speak(this.catalogue);
    if (changed.has('token') || changed.has('server')) this.#ask();
  }

  override render(): TemplateResult {
    return html`<div class="page">${this.#content()}</div>`;
  }

  #content(): TemplateResult {
    const { news } = this;
    const say = this.#words.say.bind(this.#words);
    switch (news?.kind) {
      case undefined:
        return html`<p class="wait" role="status"><span class="spinner"></span> ${say('shared.opening')}</p>`;
      case 'open':
        return this.#film(news.recording);
      case 'gone':
        return this.#sorry(icons.clock, say('shared.gone'), say('shared.goneDetail'));
      case 'unknown':
        return this.#sorry(icons.warning, say('shared.unknown'), say('shared.unknownDetail'));
      case 'away':
        return this.#sorry(icons.warning, say('shared.away'), this.#words.words.problem(news.reason).detail, true);
    }
  }

  #sorry(icon: TemplateResult, title: string, detail: string, again = false): TemplateResult {
    return html`<div class="card sorry" role="status">
      <span class="sign">${icon}</span>
      <h1>${title}</h1>
      <p class="muted">${detail}</p>
      ${
        again
          ? html`<button class="button" type="button" @click=${() => this.#ask()}>
              ${icons.retry} ${this.#words.say('shared.retry')}
            </button>`
          : nothing
      }
    </div>`;
  }

  #film(recording: SharedRecording): TemplateResult {
    const { title, startedAt, duration, media, expires, download = true } = recording;
    const dates = new Intl.DateTimeFormat(this.#words.words.dateLocale, { dateStyle: 'full', timeStyle: 'short' });
    const film = new URL(media.mp4, this.server);
    const saved = new URL(film);
    saved.searchParams.set('download', '1');
    return html`
      <div class="stage ${this.#chapters.length > 0 ? 'wide' : ''}">
        <gridcast-recording-player
          .src=${this.broken ? '' : film.href}
          .note=${this.broken ? this.#words.say('shared.broken') : ''}
          .poster=${this.#extras.poster}
          .heading=${title}
          .start=${this.start}
          .chapters=${this.#chapters}
          .pictures=${this.#extras.pictures}
          .captions=${this.#extras.captions}
          @gridcast-time=${this.#onTime}
          @gridcast-media-error=${this.#onBroken}
        ></gridcast-recording-player>
        ${
          this.#chapters.length === 0
            ? nothing
            : html`<gridcast-recording-aside
                known
                chaptersOnly
                .position=${this.position}
                .chapters=${this.#chapters}
                @gridcast-seek=${this.#onSeek}
              ></gridcast-recording-aside>`
        }
      </div>
      <header>
        <div>
          <h1>${title}</h1>
          <p class="muted">
            ${this.#words.say('shared.recorded', { date: dates.format(new Date(startedAt)) })} ·
            ${this.#words.say('shared.length', { length: formatDuration(duration) })}
          </p>
          ${
            expires === undefined
              ? nothing
              : html`<p class="muted small">${this.#words.say('shared.until', { date: dates.format(new Date(expires)) })}</p>`
          }
        </div>
        <div class="actions">
          <gridcast-moment-link
            .address=${new URL(`/shared/${this.token}`, this.server).href}
            .position=${this.position}
          ></gridcast-moment-link>
          ${
            download
              ? html`<a class="button primary" href=${saved.href} download>${icons.download} ${this.#words.say('shared.download')}</a>`
              : nothing
          }
        </div>
      </header>
    `;
  }

  #ask(): void {
    this.#run?.abort();
    this.#run = new AbortController();
    this.news = undefined;
    this.broken = false;
    this.#extras.reset();
    void this.#open(this.#run.signal);
  }

  async #open(signal: AbortSignal): Promise<void> {
    try {
      this.news = await askForShared(this.server, this.token, signal);
    } catch {
      return;
    }
    if (this.news.kind !== 'open') return;
    const { media, chapters = [], title } = this.news.recording;
    this.#chapters = chapters.map((chapter) => ({ title: chapter.title, startS: chapter.t, marker: false }));
    document.title = `${title} · Gridcast`;
    this.#extras.load((name, stop) => this.#file(name, media, stop));
  }

  /** What the link shows besides the film; pictures of the seek bar lie beside their list. */
  async #file(name: string, media: SharedRecording['media'], signal: AbortSignal): Promise<Blob | undefined> {
    const key = FILES[name];
    const beside = media['sprite'];
    const address =
      key === undefined
        ? /^sprite[\w-]*\.jpg$/.test(name) && beside !== undefined
          ? new URL(name, new URL(beside, this.server)).href
          : undefined
        : media[key];
    if (address === undefined) return undefined;
    const response = await fetch(new URL(address, this.server), { signal });
    return response.ok ? response.blob() : undefined;
  }

  readonly #onTime = (event: CustomEvent<number>): void => {
    this.position = event.detail;
  };

  readonly #onSeek = (event: CustomEvent<number>): void => {
    this.player.playFrom(event.detail);
  };

  // Perhaps the link has just ended; if so, the page says that.
  readonly #onBroken = (): void => {
    this.broken = true;
    const signal = this.#run?.signal;
    if (!signal) return;
    askForShared(this.server, this.token, signal).then(
      (news) => {
        if (news.kind !== 'open') this.news = news;
      },
      () => undefined,
    );
  };
}
