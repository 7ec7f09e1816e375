/** `<gridcast-consent-dialog>`: whether one may be kept in the recording, asked of whoever is in the room already. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons } from '../styles/controls.ts';
import { dialogs } from '../styles/dialog.ts';
import { inherited } from '../styles/tokens.ts';
import type { ConsentChoice } from './consent-field.ts';

/** `open` shows it, `close` takes it away unanswered. Sends `gridcast-consent` with a ConsentChoice; Escape refuses. */
@customElement('gridcast-consent-dialog')
export class GridcastConsentDialog extends LitElement {
  static override styles = [
    inherited,
    buttons,
    dialogs,
    css`
      h2 {
        font-size: 1.2rem;
      }
      .body {
        margin: 0.6rem 0 1.2rem;
        color: var(--gc-muted);
      }
      .actions {
        justify-content: flex-end;
      }
    `,
  ];

  @query('dialog') private dialog!: HTMLDialogElement;
  readonly #words = new WordsUser(this);
  #asking = false;

  /** Asks, unless it is asking already. */
  open(): void {
    if (!this.hasUpdated) {
      void this.updateComplete.then(() => this.open());
      return;
    }
    if (this.dialog.open) return;
    this.#asking = true;
    this.dialog.returnValue = '';
    this.dialog.showModal();
  }

  /** The question has become idle. */
  close(): void {
    this.#asking = false;
    if (this.hasUpdated && this.dialog.open) this.dialog.close();
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="heading" aria-describedby="text" @close=${this.#onClose}>
      <form method="dialog">
        <h2 id="heading">${this.#words.say('consent.titleNow')}</h2>
        <p class="body" id="text">${this.#words.say('consent.hint')}</p>
        <div class="actions">
          <button class="button" value="no" autofocus>${this.#words.say('consent.refuse')}</button>
          <button class="button primary" value="yes">${this.#words.say('consent.accept')}</button>
        </div>
      </form>
    </dialog>`;
  }

  readonly #onClose = (): void => {
    if (!this.#asking) return;
    this.#asking = false;
    const detail: ConsentChoice = { given: this.dialog.returnValue === 'yes' };
    this.dispatchEvent(new CustomEvent('gridcast-consent', { detail }));
  };
}
