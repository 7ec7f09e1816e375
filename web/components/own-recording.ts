/** `<gridcast-own-recording>`: one of the own recordings: what it is, its film, and links to it. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { problemOf } from '../api-client.ts';
import type { RecordingInfo } from '../api-types.ts';
import { FilmAddress } from '../controllers/film-address.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import type { RecordingClient } from '../recording-client.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { whenWords } from '../util/door-times.ts';
import { formatBytes, formatDuration } from '../util/format.ts';
import { loadPart } from '../util/load-part.ts';
import { wallMs } from '../util/monotonic.ts';
import { icons } from './icons.ts';
import './notice.ts';
import './own-recording-links.ts';
import './recording-title.ts';
import { ownRecordingStyles } from './own-recording-styles.ts';

/** Seconds: one address does for all of a film, with pauses. */
const FILM_S = 6 * 3600;
/** Who has seen it up to here has seen it. */
const NEAR_END_S = 2;

/** Shows one thing more at a time: the film, or its links. Sends `gridcast-changed`. */
@customElement('gridcast-own-recording')
export class GridcastOwnRecording extends LitElement {
  static override styles = [inherited, buttons, surfaces, ownRecordingStyles];

  @property({ attribute: false }) api!: RecordingClient;
  @property({ attribute: false }) recording!: RecordingInfo;
  @state() private open: 'film' | 'links' | undefined;
  @state() private busy = false;
  @state() private failure: unknown;
  @state() private position = 0;
  @query('.play') private playButton: HTMLElement | null | undefined;
  readonly #words = new WordsUser(this);
  /** Seconds: where it goes on when it is opened again. */
  #startS = 0;
  readonly #film = new FilmAddress(this, (kind) =>
    kind === 'file'
      ? this.api.fileLink(this.recording.id, 'recording.mp4', FILM_S)
      : this.api.hlsLink(this.recording.id),
  );

  override willUpdate(changed: PropertyValues<this>): void {
    // What was played as it grew has no film now, and no button that would close it.
    if (changed.has('api') || this.recording.state === 'failed') this.#close();
    if (this.open === 'film') this.#film.want(this.recording.state === 'ready' ? 'file' : 'playlist');
  }

  override render(): TemplateResult {
    const { title, startedAt, duration, size, state: stands, progress = 0 } = this.recording;
    const when = whenWords(Date.parse(startedAt), wallMs(), this.#words.words.dateLocale, 'medium');
    const facts = [
      when,
      formatDuration(duration),
      ...(size === undefined ? [] : [formatBytes(size, this.#words.words.locale)]),
    ];
    return html`<article aria-labelledby="title">
      <div class="about">
        <p class="title">
          <gridcast-recording-title .heading=${title} .save=${this.#rename}>
            <span id="title">${title}</span>
          </gridcast-recording-title>
          ${this.#badge()}
        </p>
        <p class="muted">${facts.join(' · ')}</p>
      </div>
      <div class="actions">${this.#actions()}</div>
      ${
        stands === 'archiving'
          ? html`<progress max="1" .value=${progress} aria-label=${this.#progress()}></progress>`
          : nothing
      }
      ${stands === 'failed' ? this.#noFilm() : nothing}
      ${this.#wrong()} ${this.open === 'film' ? this.#player() : nothing}
      ${
        this.open === 'links'
          ? html`<gridcast-own-recording-links
              .api=${this.api}
              .recording=${this.recording.id}
              .position=${this.position}
            ></gridcast-own-recording-links>`
          : nothing
      }
    </article>`;
  }

  /** Why there is none, and what can be done. */
  #noFilm(): TemplateResult | typeof nothing {
    const { duration, failure } = this.recording;
    const why = failure && {
      code: `archive.${failure.code}`,
      title: this.#words.say('ownRecordings.noFilm'),
      detail: failure.message,
      retry: false,
    };
    const said = [
      ...(why ? [this.#words.words.problem(why).detail] : []),
      ...(duration > 0 && failure?.code !== 'nothing_kept' ? [this.#words.say('ownRecordings.noFilmHelp')] : []),
    ];
    return said.length === 0 ? nothing : html`<p class="muted help">${said.join(' ')}</p>`;
  }

  /** That a film is ready shows by what can be done with it. */
  #badge(): TemplateResult | typeof nothing {
    switch (this.recording.state) {
      case 'recording':
        return html`<span class="badge live">${this.#words.say('ownRecordings.recording')}</span>`;
      case 'paused':
        return html`<span class="badge">${this.#words.say('ownRecordings.paused')}</span>`;
      case 'archiving':
        return html`<span class="badge warn">${this.#progress()}</span>`;
      case 'failed':
        return html`<span class="badge bad">${this.#words.say('ownRecordings.noFilm')}</span>`;
      case 'ready':
        return nothing;
    }
  }

  #progress(): string {
    return this.#words.say('ownRecordings.archiving', { percent: Math.round((this.recording.progress ?? 0) * 100) });
  }

  #actions(): TemplateResult | typeof nothing {
    const { title, state: stands, duration } = this.recording;
    if (stands === 'failed' || duration === 0) return nothing;
    const film = this.open === 'film';
    const play = html`<button
      class="button small play"
      type="button"
      aria-expanded=${film ? 'true' : 'false'}
      aria-label=${film ? this.#words.say('ownRecordings.closeFilm') : this.#words.say('ownRecordings.playName', { title })}
      @click=${() => void this.#play()}
    >
      ${film ? icons.close : icons.play} ${this.#words.say(film ? 'tools.close' : 'ownRecordings.play')}
    </button>`;
    if (stands !== 'ready') return play;
    return html`${play}
      <button
        class="button small"
        type="button"
        aria-label=${this.#words.say('ownRecordings.downloadName', { title })}
        aria-disabled=${this.busy ? 'true' : 'false'}
        @click=${() => void this.#download()}
      >
        ${icons.download} ${this.#words.say('ownRecordings.download')}
      </button>
      <button
        class="button small"
        type="button"
        aria-expanded=${this.open === 'links' ? 'true' : 'false'}
        aria-label=${this.#words.say('ownRecordings.shareName', { title })}
        @click=${() => {
          this.open = this.open === 'links' ? undefined : 'links';
        }}
      >
        ${icons.link} ${this.#words.say('ownRecordings.share')}
      </button>`;
  }

  #player(): TemplateResult {
    return html`<div
      class="film"
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Escape' || document.fullscreenElement) return;
        this.#close();
        this.playButton?.focus();
      }}
    >
      <gridcast-recording-player
        .src=${this.#film.url}
        .growing=${this.#film.kind === 'playlist'}
        .start=${this.#startS}
        .note=${this.#film.problem === undefined ? '' : this.#words.say('ownRecordings.notPlayed')}
        @gridcast-time=${({ detail }: CustomEvent<number>) => {
          this.position = detail;
        }}
        @gridcast-media-error=${() => this.#film.renew()}
      ></gridcast-recording-player>
    </div>`;
  }

  #wrong(): TemplateResult | typeof nothing {
    if (this.failure === undefined) return nothing;
    const title = this.#words.say('ownRecordings.wrong');
    return html`<gridcast-notice tone="error" heading=${title}>
      ${this.#words.words.problem(problemOf(title, this.failure)).detail}
    </gridcast-notice>`;
  }

  async #play(): Promise<void> {
    if (this.open === 'film') {
      this.#close();
      return;
    }
    this.failure = undefined;
    try {
      // The player is for those who play: most who come here start a room.
      await loadPart(() => import('./recording-player.ts'), import.meta.url);
      this.#startS = this.position < this.recording.duration - NEAR_END_S ? this.position : 0;
      this.open = 'film';
    } catch (error) {
      this.failure = error;
    }
  }

  #close(): void {
    this.open = undefined;
    this.#film.reset();
  }

  readonly #rename = async (title: string): Promise<void> => {
    await this.api.renameRecording(this.recording.id, title);
    this.recording = { ...this.recording, title };
    this.dispatchEvent(new CustomEvent('gridcast-changed', { bubbles: true, composed: true }));
  };

  async #download(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = undefined;
    try {
      // The answer is an attachment, so the page stays where it is.
      location.assign(await this.api.recordingLink(this.recording.id));
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  }
}
