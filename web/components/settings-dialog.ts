/** `<gridcast-settings-dialog>`: devices and appearance, changed without leaving the room. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { LocalMedia } from '../controllers/local-media.ts';
import type { Speakers } from '../controllers/speakers.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons } from '../styles/controls.ts';
import { dialogs } from '../styles/dialog.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import type { Theme, ThemeChoice } from '../util/theme.ts';
import './device-pickers.ts';
import { icons } from './icons.ts';
import './language-picker.ts';

const THEMES = [
  ['auto', 'settings.themeAuto'],
  ['dark', 'settings.themeDark'],
  ['light', 'settings.themeLight'],
] as const;

/** `open` shows it. Sends `gridcast-theme` with a ThemeChoice, which rises to `<gridcast-room>`. */
@customElement('gridcast-settings-dialog')
export class GridcastSettingsDialog extends LitElement {
  static override styles = [
    inherited,
    buttons,
    dialogs,
    panelParts,
    css`
      .body {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }
      .choice {
        flex-wrap: wrap;
        min-height: 44px;
        border: 0;
        margin: 0;
        padding: 0.8rem 0 0;
        border-top: 1px solid var(--gc-line);
      }
      .choice .legend {
        font-weight: 600;
      }
      .choice label {
        padding-block: 0.6rem;
      }
    `,
  ];

  @property({ attribute: false }) media!: LocalMedia;
  @property({ attribute: false }) speakers!: Speakers;
  /** The microphone's, -dBov 0–127. */
  @property({ attribute: false }) level: () => number = () => 127;
  @property() theme: Theme = 'auto';
  /** Renewed by the owner whenever `media` or `speakers` changed. */
  @property({ type: Number }) revision = 0;
  @state() private shown = false;
  @query('dialog') private dialog!: HTMLDialogElement;
  readonly #words = new WordsUser(this);

  /** Shows it above everything else. */
  open(): void {
    if (this.dialog.open) return;
    this.shown = true;
    this.dialog.showModal();
  }

  override render(): TemplateResult {
    return html`<dialog
      aria-labelledby="heading"
      @close=${() => {
        this.shown = false;
      }}
    >
      <form class="top" method="dialog">
        <h2 id="heading">${this.#words.say('tools.settings')}</h2>
        <button class="tool large" aria-label=${this.#words.say('tools.close')}>${icons.close}</button>
      </form>
      ${this.shown ? this.#body() : ''}
    </dialog>`;
  }

  /** Only while it is seen: the meter would go on drawing. */
  #body(): TemplateResult {
    return html`<div class="body">
      <gridcast-device-pickers
        .media=${this.media}
        .speakers=${this.speakers}
        .revision=${this.revision}
        .level=${this.level}
      ></gridcast-device-pickers>
      <div class="choice" role="radiogroup" aria-labelledby="theme">
        <span class="legend" id="theme">${this.#words.say('settings.theme')}</span>
        <div>
          ${THEMES.map(
            ([theme, words]) => html`<label>
              <input
                class="visually-hidden"
                type="radio"
                name="theme"
                .checked=${theme === this.theme}
                @change=${() => this.#choose(theme)}
              />
              ${this.#words.say(words)}
            </label>`,
          )}
        </div>
      </div>
      ${this.#words.choice ? html`<gridcast-language-picker class="choice" named></gridcast-language-picker>` : nothing}
    </div>`;
  }

  #choose(theme: Theme): void {
    const detail: ThemeChoice = { theme };
    this.dispatchEvent(new CustomEvent('gridcast-theme', { detail, bubbles: true, composed: true }));
  }
}
