/** `<gridcast-picture-field>`: choose a picture from the disk, see it, remove it. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons } from '../styles/controls.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { PICTURE_TYPES } from '../util/picture-words.ts';
import type { Problem } from '../util/problem.ts';

/** What was chosen; without a picture the one that is set goes. */
export interface PictureChoice {
  readonly picture: File | undefined;
}

/** Sends `gridcast-picture` with a PictureChoice as its detail. */
@customElement('gridcast-picture-field')
export class GridcastPictureField extends LitElement {
  static override styles = [
    inherited,
    buttons,
    panelParts,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.35rem;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem;
        min-height: 44px;
      }
      .label {
        flex: 1;
      }
      img {
        max-width: 6rem;
        height: 36px;
        border: 1px solid var(--gc-line);
        border-radius: 4px;
        background: repeating-conic-gradient(#8884 0 25%, transparent 0 50%) 0 0 / 12px 12px;
        object-fit: contain;
      }
    `,
  ];

  /** What the picture is for, such as "Logo". */
  @property() label = '';
  /** Address of the one that is set. */
  @property({ attribute: false }) url: string | undefined;
  /** One is set, even when it cannot be shown here. */
  @property({ type: Boolean }) filled = false;
  @property({ type: Boolean }) busy = false;
  @property({ attribute: false }) problem: Problem | undefined;
  readonly #words = new WordsUser(this);
  @query('input') private input!: HTMLInputElement;

  override render(): TemplateResult {
    const { label, busy, filled } = this;
    const act = this.#words.say(busy ? 'picture.sending' : filled ? 'picture.change' : 'picture.choose');
    return html`<div class="row">
        <span class="label">${label}</span>
        ${this.url === undefined ? nothing : html`<img src=${this.url} alt=${this.#words.say('picture.asSet', { label })} />`}
        <button class="button small" type="button" aria-disabled=${busy ? 'true' : 'false'} @click=${() => busy || this.input.click()}>
          ${act}<span class="visually-hidden"> ${label}</span>
        </button>
        ${
          filled
            ? html`<button class="button small quiet" type="button" aria-disabled=${busy ? 'true' : 'false'} @click=${() => busy || this.#send(undefined)}>
                ${this.#words.say('picture.remove')}<span class="visually-hidden"> ${label}</span>
              </button>`
            : nothing
        }
      </div>
      <input type="file" accept=${PICTURE_TYPES} hidden aria-label=${this.#words.say('picture.file', { label })} @change=${this.#chosen} />
      ${this.problem === undefined ? nothing : html`<p class="error" role="alert">${this.#words.words.problem(this.problem).detail}</p>`}`;
  }

  readonly #chosen = (): void => {
    const file = this.input.files?.[0];
    // The same file, mended meanwhile, may be chosen again.
    this.input.value = '';
    if (file) this.#send(file);
  };

  #send(picture: File | undefined): void {
    // Wrapped: an event's detail cannot be undefined.
    this.dispatchEvent(new CustomEvent<PictureChoice>('gridcast-picture', { detail: { picture } }));
  }
}
