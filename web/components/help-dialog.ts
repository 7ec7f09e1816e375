/** `<gridcast-help-dialog>`: which key does what. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { FullScreen } from '../controllers/full-screen.ts';
import { PictureInPicture } from '../controllers/picture-in-picture.ts';
import type { MessageKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { dialogs } from '../styles/dialog.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { icons } from './icons.ts';

type Key = Extract<MessageKey, `help.${string}`>;

const ROWS: readonly (readonly [keys: string, meaning: Key])[] = [
  ['M', 'help.microphone'],
  ['', 'help.talk'],
  ['V', 'help.camera'],
  ['S', 'help.screen'],
  ...(FullScreen.supported ? [['F', 'help.fullscreen'] as const] : []),
  ...(PictureInPicture.supported ? [['P', 'help.pip'] as const] : []),
  ['Alt+P', 'help.people'],
  ['Alt+C', 'help.chat'],
  ['Alt+H', 'help.hand'],
  ['Alt+L', 'help.layout'],
  ['Alt+K', 'help.marker'],
  ['?', 'help.help'],
];

/** `open` shows it. Sends `gridcast-keys` with `detail.on` when single keys are switched on or off. */
@customElement('gridcast-help-dialog')
export class GridcastHelpDialog extends LitElement {
  static override styles = [
    inherited,
    dialogs,
    panelParts,
    css`
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.55rem 1.2rem;
        align-items: center;
      }
      /* Of its own text, however large somebody reads it. */
      dialog {
        container-type: inline-size;
      }
      @container (max-width: 16em) {
        dl {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      kbd {
        display: inline-grid;
        min-width: 2.2rem;
        min-height: 2.2rem;
        padding: 0 0.6rem;
        place-items: center;
        border: 1px solid var(--gc-line-strong);
        border-bottom-width: 3px;
        border-radius: 8px;
        background: var(--gc-raised);
        font: inherit;
        font-size: 0.9rem;
        font-weight: 650;
      }
      .keys {
        margin-top: 1rem;
        padding-top: 0.6rem;
        border-top: 1px solid var(--gc-line);
      }
      .switch {
        min-height: 44px;
        font-weight: 600;
      }
    `,
  ];

  /** Whether single keys work now. */
  @property({ type: Boolean }) keys = true;
  @query('dialog') private dialog!: HTMLDialogElement;
  readonly #words = new WordsUser(this);

  /** Shows it above everything else. */
  open(): void {
    if (!this.dialog.open) this.dialog.showModal();
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="heading">
      <form class="top" method="dialog">
        <h2 id="heading">${this.#words.say('help.title')}</h2>
        <button class="tool large" aria-label=${this.#words.say('tools.close')}>${icons.close}</button>
      </form>
      <dl>
        ${ROWS.map(
          ([keys, meaning]) => html`<dt><kbd>${keys || this.#words.say('help.space')}</kbd></dt>
            <dd>${this.#words.say(meaning)}</dd>`,
        )}
      </dl>
      <div class="keys">
        <label class="switch">
          ${this.#words.say('settings.keys')}
          <input type="checkbox" role="switch" aria-describedby="why" .checked=${this.keys} @change=${this.#change} />
        </label>
        <p class="hint" id="why">${this.#words.say('help.note')} ${this.#words.say('settings.keysHint')}</p>
      </div>
    </dialog>`;
  }

  readonly #change = (event: Event): void => {
    const on = (event.target as HTMLInputElement).checked;
    this.dispatchEvent(new CustomEvent('gridcast-keys', { detail: { on } }));
  };
}
