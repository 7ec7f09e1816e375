/** `<gridcast-language-picker>`: the languages that there are, each by its own name. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { LANGUAGES } from '../i18n/languages.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { fields } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { icons } from './icons.ts';

/** Changes the language of the page it is on, at once. Where that is not the person's to choose, there is nothing to see. */
@customElement('gridcast-language-picker')
export class GridcastLanguagePicker extends LitElement {
  static override styles = [
    inherited,
    fields,
    css`
      :host {
        display: inline-block;
        min-width: 0;
      }
      label {
        display: flex;
        flex: 1;
        align-items: center;
        gap: 0.5rem;
        color: var(--gc-muted);
      }
      label svg {
        flex: none;
      }
      .word {
        flex: 1;
        color: var(--gc-text);
        font-weight: 600;
      }
      select {
        /* Where a browser knows it: as wide as the language that is chosen, and not as the longest. */
        field-sizing: content;
        width: auto;
        min-width: 0;
        max-width: 14rem;
        min-height: 44px;
        color: var(--gc-text);
        text-overflow: ellipsis;
      }
    `,
  ];

  /** What it is stands before it, and not only a sign. */
  @property({ type: Boolean }) named = false;
  readonly #words = new WordsUser(this);

  override render(): TemplateResult | typeof nothing {
    const { choice } = this.#words;
    if (!choice) return nothing;
    const word = this.#words.say('page.language');
    return html`<label>
      ${this.named ? nothing : icons.globe}
      <span class=${this.named ? 'word' : 'visually-hidden'}>${word}</span>
      <select
        title=${word}
        @change=${(event: Event) => {
          const { value } = event.target as HTMLSelectElement;
          const language = LANGUAGES.find(({ tag }) => tag === value);
          if (language) void choice.choose(language.tag);
        }}
      >
        ${LANGUAGES.map(
          ({ tag, name }) =>
            html`<option value=${tag} lang=${tag} .selected=${live(tag === choice.language)}>${name}</option>`,
        )}
      </select>
    </label>`;
  }
}
