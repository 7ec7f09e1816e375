/** `<gridcast-password-field>`: the password of a room, hidden or shown. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { WordsUser } from '../i18n/words-controller.ts';
import { fields } from '../styles/controls.ts';
import { toolButtons } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { icons } from './icons.ts';

/** `value` is what stands there; `focus` goes into it. */
@customElement('gridcast-password-field')
export class GridcastPasswordField extends LitElement {
  static override styles = [
    inherited,
    fields,
    toolButtons,
    css`
      .row {
        display: flex;
        gap: 0.3rem;
      }
      input {
        flex: 1;
        min-width: 0;
      }
      .hint.wrong {
        color: var(--gc-danger);
      }
    `,
  ];

  /** Why what stands there does not do; empty: nothing is wrong. */
  @property() problem = '';
  @state() private shown = false;
  @query('input') private input!: HTMLInputElement;
  readonly #words = new WordsUser(this);

  get value(): string {
    return this.input.value;
  }

  override focus(): void {
    this.input.focus();
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('problem') || this.problem === '') return;
    this.input.focus();
    this.input.select();
  }

  override render(): TemplateResult {
    const wrong = this.problem !== '';
    return html`<div class="field">
      <label for="password">${this.#words.say('door.password')}</label>
      <div class="row">
        <input
          id="password"
          name="password"
          type=${this.shown ? 'text' : 'password'}
          maxlength="128"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          aria-invalid=${wrong ? 'true' : 'false'}
          aria-describedby="hint"
        />
        <button
          class="tool large"
          type="button"
          aria-pressed=${this.shown ? 'true' : 'false'}
          aria-label=${this.#words.say('door.show')}
          title=${this.#words.say('door.show')}
          @click=${() => {
            this.shown = !this.shown;
          }}
        >
          ${this.shown ? icons.eyeOff : icons.eye}
        </button>
      </div>
      <p class="hint ${wrong ? 'wrong' : ''}" id="hint" role=${wrong ? 'alert' : 'note'}>
        ${wrong ? this.problem : this.#words.say('door.passwordHint')}
      </p>
    </div>`;
  }
}
