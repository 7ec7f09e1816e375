/** `<gridcast-moment-link>`: copies the address of a film so that it begins where one is. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { atMoment } from '../util/moment.ts';
import './copy-field.ts';
import { icons } from './icons.ts';

const THANKS_MS = 2500;

/** Says "Copied" for a moment; where the clipboard is forbidden it shows the address instead. */
@customElement('gridcast-moment-link')
export class GridcastMomentLink extends LitElement {
  static override styles = [
    inherited,
    buttons,
    css`
      :host {
        display: grid;
        gap: 0.6rem;
        justify-items: start;
      }
      gridcast-copy-field {
        width: min(26rem, 100%);
      }
    `,
  ];

  /** Of the film at its beginning. */
  @property() address = '';
  /** Seconds. */
  @property({ type: Number }) position = 0;
  @state() private copied = false;
  /** What could not be copied. */
  @state() private shown = '';
  readonly #words = new WordsUser(this);
  #timer = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.#timer);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('address')) this.shown = '';
  }

  override render(): TemplateResult {
    const { copied, shown } = this;
    const word = this.#words.say('shared.moment');
    const said = this.#words.say('copy.copied');
    return html`<button class="button" type="button" @click=${this.#copy}>
        ${copied ? icons.check : icons.link} ${copied ? said : word}
      </button>
      <span class="visually-hidden" role="status">${copied ? said : ''}</span>
      ${
        shown === ''
          ? nothing
          : html`<gridcast-copy-field
              label=${this.#words.say('shared.momentLink')}
              .value=${shown}
            ></gridcast-copy-field>`
      }`;
  }

  readonly #copy = async (): Promise<void> => {
    const address = atMoment(this.address, this.position);
    try {
      await navigator.clipboard.writeText(address);
      this.shown = '';
      this.copied = true;
    } catch {
      this.shown = address;
    }
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.copied = false;
    }, THANKS_MS);
  };
}
