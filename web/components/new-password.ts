/** `<gridcast-new-password>`: a password for somebody else, hidden or shown, typed or suggested. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields } from '../styles/controls.ts';
import { toolButtons } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { isGoodPassword, MIN_PASSWORD, SUGGESTION_BYTES, suggestPassword } from '../util/new-password.ts';
import { icons } from './icons.ts';

/** `value` is what stands there; `check` says what is wrong with it. */
@customElement('gridcast-new-password')
export class GridcastNewPassword extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    toolButtons,
    css`
      :host {
        display: block;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 0.3rem;
      }
      input {
        flex: 1 1 11rem;
        min-width: 0;
      }
      .button {
        padding-inline: 0.6rem;
      }
      .hint.wrong {
        color: var(--gc-danger);
      }
    `,
  ];

  @property() label = '';
  /** An empty one does not do. */
  @property({ type: Boolean }) required = false;
  @state() private shown = false;
  @state() private wrong = false;
  @query('input') private input!: HTMLInputElement;
  readonly #words = new WordsUser<AdminKey>(this);

  get value(): string {
    return this.input.value;
  }

  /** Whether it does; else says why not, and goes there. */
  check(): boolean {
    this.wrong = !isGoodPassword(this.value, this.required);
    if (this.wrong) this.input.focus();
    return !this.wrong;
  }

  /** Empty and hidden again. */
  reset(): void {
    this.input.value = '';
    this.shown = false;
    this.wrong = false;
  }

  override focus(): void {
    this.input.focus();
  }

  override render(): TemplateResult {
    const { shown, wrong } = this;
    const count = MIN_PASSWORD;
    const hint = this.required ? 'accounts.passwordHint' : 'accounts.passwordLater';
    return html`<div class="field">
      <label for="password">${this.label}</label>
      <div class="row">
        <input
          id="password"
          type=${shown ? 'text' : 'password'}
          maxlength="128"
          autocomplete="new-password"
          autocapitalize="off"
          spellcheck="false"
          aria-required=${this.required ? 'true' : 'false'}
          aria-invalid=${wrong ? 'true' : 'false'}
          aria-describedby="hint"
        />
        <button
          class="tool large"
          type="button"
          aria-pressed=${shown ? 'true' : 'false'}
          aria-label=${this.#words.say('accounts.show')}
          title=${this.#words.say('accounts.show')}
          @click=${() => {
            this.shown = !shown;
          }}
        >
          ${shown ? icons.eyeOff : icons.eye}
        </button>
        <button class="button quiet" type="button" @click=${this.#suggest}>${this.#words.say('accounts.suggest')}</button>
      </div>
      <p class="hint ${wrong ? 'wrong' : ''}" id="hint" role=${wrong ? 'alert' : nothing}>
        ${this.#words.say(wrong ? 'accounts.passwordShort' : hint, { count })}
      </p>
    </div>`;
  }

  // Shown, so that it can be passed on.
  readonly #suggest = (): void => {
    this.input.value = suggestPassword(crypto.getRandomValues(new Uint8Array(SUGGESTION_BYTES)));
    this.shown = true;
    this.wrong = false;
    this.input.focus();
    this.input.select();
  };
}
