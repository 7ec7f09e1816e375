/** `<gridcast-consent-field>`: whether one may be kept in recordings, asked before joining. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { WordsUser } from '../i18n/words-controller.ts';
import { inherited } from '../styles/tokens.ts';

/** The answer. */
export interface ConsentChoice {
  readonly given: boolean;
}

/** Sends `gridcast-consent` with a ConsentChoice; nothing is chosen beforehand. */
@customElement('gridcast-consent-field')
export class GridcastConsentField extends LitElement {
  static override styles = [
    inherited,
    css`
      fieldset {
        display: grid;
        gap: 0.2rem;
        min-width: 0;
        margin: 0;
        padding: 0.8rem 1rem;
        border: 1px solid var(--gc-line-strong);
        border-radius: var(--gc-radius-small);
      }
      fieldset.missing {
        border-color: var(--gc-danger);
      }
      legend {
        padding: 0 0.3rem;
        font-weight: 600;
      }
      label {
        display: flex;
        gap: 0.7rem;
        align-items: center;
        min-height: 44px;
        cursor: pointer;
      }
      input {
        flex: none;
        width: 1.2rem;
        height: 1.2rem;
        accent-color: var(--gc-accent);
      }
      p {
        color: var(--gc-muted);
        font-size: 0.88rem;
      }
    `,
  ];

  /** Undefined: nothing is chosen. */
  @property({ attribute: false }) choice: boolean | undefined;
  /** It was not answered though it had to be. */
  @property({ type: Boolean }) missing = false;
  /** A recording runs already. */
  @property({ type: Boolean }) recording = false;
  readonly #words = new WordsUser(this);

  override focus(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  override render(): TemplateResult {
    return html`<fieldset class=${this.missing ? 'missing' : ''} aria-describedby="hint">
      <legend>${this.#words.say(this.recording ? 'consent.titleNow' : 'consent.title')}</legend>
      ${this.#option(true)} ${this.#option(false)}
      <p id="hint" role=${this.missing ? 'alert' : 'note'}>
        ${this.#words.say(this.missing ? 'consent.missing' : 'consent.hint')}
      </p>
    </fieldset>`;
  }

  #option(given: boolean): TemplateResult {
    return html`<label>
      <input
        type="radio"
        name="consent"
        value=${given ? 'yes' : 'no'}
        .checked=${this.choice === given}
        @change=${() => this.#choose(given)}
      />
      ${this.#words.say(given ? 'consent.accept' : 'consent.refuse')}
    </label>`;
  }

  #choose(given: boolean): void {
    const detail: ConsentChoice = { given };
    this.dispatchEvent(new CustomEvent('gridcast-consent', { detail }));
  }
}
