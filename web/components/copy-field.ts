/** `<gridcast-copy-field>`: a link one can read, select and copy. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { icons } from './icons.ts';

const THANKS_MS = 2500;

/** Says "Copied" for a moment; where the clipboard is forbidden it selects the text instead. */
@customElement('gridcast-copy-field')
export class GridcastCopyField extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    css`
      :host {
        display: block;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }
      input[type='text'] {
        flex: 1 1 7rem;
        width: 7rem;
        min-width: 0;
        font-size: 0.92rem;
        text-overflow: ellipsis;
      }
      .button {
        flex: none;
        min-width: 6.6rem;
        padding-inline: 0.8rem;
      }
    `,
  ];

  @property() label = '';
  @property() value = '';
  @property() hint = '';
  @state() private said: 'copied' | 'byHand' | undefined;
  @query('input') private input!: HTMLInputElement;
  readonly #words = new WordsUser(this);
  #timer = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.#timer);
  }

  override render(): TemplateResult {
    const said = this.said === undefined ? '' : this.#words.say(`copy.${this.said}`);
    const copy = this.#words.say('copy.copy');
    return html`<div class="field">
      <label for="value">${this.label}</label>
      <div class="row">
        <input id="value" type="text" readonly .value=${this.value} @focus=${() => this.input.select()} />
        <button class="button" type="button" aria-label=${`${copy}: ${this.label}`} @click=${this.#copy}>
          ${this.said === 'copied' ? icons.check : icons.copy} ${said || copy}
        </button>
      </div>
      ${this.hint === '' ? '' : html`<p class="hint">${this.hint}</p>`}
      <span class="visually-hidden" role="status">${said}</span>
    </div>`;
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.value);
      this.said = 'copied';
    } catch {
      this.input.focus();
      this.said = 'byHand';
    }
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.said = undefined;
    }, THANKS_MS);
  }
}
