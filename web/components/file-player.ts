/** `<gridcast-file-player>`: the film or sound file that this person plays for the room. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { WordsUser } from '../i18n/words-controller.ts';
import { type Film, MOST_FILM_VOLUME } from '../media/film.ts';
import { buttons, fields } from '../styles/controls.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { formatDuration } from '../util/format.ts';
import { filePlayerStyles } from './file-player-styles.ts';
import { icons } from './icons.ts';
import './room-sources-preview.ts';

const REFRESH_MS = 250;
/** Below this length in seconds the arrow keys move by tenths. */
const SHORT_S = 20;

/** Sends `gridcast-remove` when the person has had enough of it. */
@customElement('gridcast-file-player')
export class GridcastFilePlayer extends LitElement {
  static override styles = [inherited, buttons, fields, panelParts, filePlayerStyles];

  @property({ attribute: false }) film!: Film;
  /** Renewed by the owner whenever the film changed; its position is asked for four times a second. */
  @property({ type: Number }) revision = 0;
  readonly #words = new WordsUser(this);
  #timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = window.setInterval(() => this.requestUpdate(), REFRESH_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.#timer);
  }

  override render(): TemplateResult {
    const { name, status, loop, heardHere } = this.film.state;
    const { picture, sound } = this.film;
    const playing = status === 'playing';
    return html`<section class="player" aria-label=${this.#words.say('file.title', { name })}>
      ${
        picture
          ? html`<gridcast-source-preview
              .track=${picture}
              label=${this.#words.say('file.preview')}
            ></gridcast-source-preview>`
          : html`<div class="sound-only">${icons.film}</div>`
      }
      <div class="name">
        <h2 title=${name}>${name}</h2>
        <span role="status">${this.#words.say(`file.${status}`)}</span>
      </div>
      ${this.#tool('remove', this.#words.say('file.remove'), icons.close, this.#remove)}
      <div class="bar">
        ${this.#tool(
          'play',
          this.#words.say(playing ? 'file.pause' : 'file.play'),
          playing ? icons.pause : icons.play,
          this.#toggle,
        )}
        ${this.#seekBar()}
        ${this.#tool('loop', this.#words.say('file.loop'), icons.loop, this.#toggleLoop, loop)}
        ${sound ? this.#volume() : nothing}
        ${
          sound
            ? this.#tool(
                'here',
                this.#words.say('file.here'),
                heardHere ? icons.volume : icons.volumeOff,
                this.#toggleHere,
                heardHere,
              )
            : nothing
        }
      </div>
    </section>`;
  }

  #seekBar(): TemplateResult {
    const { durationS } = this.film.state;
    const position = formatDuration(this.film.positionS);
    if (durationS === undefined) {
      const why = this.#words.say('file.endlessWhy');
      return html`<span class="seek hint" title=${why}>${this.#words.say('file.endless')}</span><span class="time">${position}</span>`;
    }
    const duration = formatDuration(durationS);
    return html`<input
        class="seek"
        type="range"
        min="0"
        max=${durationS}
        step=${durationS < SHORT_S ? 0.1 : 1}
        aria-label=${this.#words.say('file.position')}
        aria-valuetext=${this.#words.say('file.time', { position, duration })}
        .value=${String(this.film.positionS)}
        @input=${(event: InputEvent) => {
          this.film.seek(Number((event.target as HTMLInputElement).value));
        }}
      />
      <span class="time" aria-hidden="true">${position} / ${duration}</span>`;
  }

  #volume(): TemplateResult {
    const { volume } = this.film.state;
    return html`<label class="volume" title=${this.#words.say('file.volume')}>
      ${icons.people}
      <input
        type="range"
        min="0"
        max=${MOST_FILM_VOLUME}
        step="0.05"
        aria-label=${this.#words.say('file.volume')}
        aria-valuetext=${this.#words.say('file.percent', { value: Math.round(volume * 100) })}
        .value=${String(volume)}
        @input=${(event: InputEvent) => {
          this.film.volume = Number((event.target as HTMLInputElement).value);
        }}
      />
    </label>`;
  }

  /** @param pressed for switches alone. */
  #tool(name: string, label: string, icon: TemplateResult, act: () => void, pressed?: boolean): TemplateResult {
    return html`<button
      class="tool ${name}"
      type="button"
      aria-label=${label}
      aria-pressed=${pressed === undefined ? nothing : pressed ? 'true' : 'false'}
      title=${label}
      @click=${act}
    >
      ${icon}
    </button>`;
  }

  readonly #toggle = (): void => {
    if (this.film.state.status === 'playing') this.film.pause();
    else void this.film.play();
  };

  readonly #toggleLoop = (): void => {
    this.film.loop = !this.film.state.loop;
  };

  readonly #toggleHere = (): void => {
    this.film.heardHere = !this.film.state.heardHere;
  };

  readonly #remove = (): void => {
    this.dispatchEvent(new CustomEvent('gridcast-remove'));
  };
}
