/** `<gridcast-marker-dialog>`: gives this moment of the recording a name. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { ApiClient, problemOf } from '../api-client.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields } from '../styles/controls.ts';
import { dialogs } from '../styles/dialog.ts';
import { toolButtons } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import type { Problem } from '../util/problem.ts';
import { icons } from './icons.ts';
import './notice.ts';

/** `open` shows it. Sends `gridcast-marked` with `detail.label` once the server has it. */
@customElement('gridcast-marker-dialog')
export class GridcastMarkerDialog extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    dialogs,
    toolButtons,
    css`
      .body {
        display: grid;
        gap: 1rem;
      }
      .actions {
        justify-content: flex-end;
      }
    `,
  ];

  @property() server = location.origin;
  @property() room = '';
  @property() token = '';
  @state() private busy = false;
  @state() private problem: Problem | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('input') private input!: HTMLInputElement;
  readonly #words = new WordsUser(this);

  /** Asks for a name; Enter sends it. */
  open(): void {
    if (this.dialog.open) return;
    this.problem = undefined;
    this.input.value = '';
    this.dialog.showModal();
    this.input.focus();
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="heading">
      <form class="top" method="dialog">
        <h2 id="heading">${this.#words.say('marker.title')}</h2>
        <button class="tool large" aria-label=${this.#words.say('tools.close')}>${icons.close}</button>
      </form>
      <form class="body" @submit=${this.#send} novalidate>
        <div class="field">
          <label for="label">${this.#words.say('marker.label')}</label>
          <input
            id="label"
            type="text"
            maxlength="100"
            autocomplete="off"
            placeholder=${this.#words.say('marker.default')}
            aria-describedby="hint"
          />
          <p class="hint" id="hint">${this.#words.say('marker.hint')}</p>
        </div>
        ${
          this.problem
            ? html`<gridcast-notice tone="error" heading=${this.#words.say('marker.failed')}>
                ${this.#words.words.problem(this.problem).detail}
              </gridcast-notice>`
            : nothing
        }
        <div class="actions">
          <button class="button primary" aria-disabled=${this.busy ? 'true' : 'false'}>${this.#words.say('marker.set')}</button>
        </div>
      </form>
    </dialog>`;
  }

  async #send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const label = this.input.value.trim() || this.#words.say('marker.default');
    this.busy = true;
    this.problem = undefined;
    try {
      await new ApiClient(this.server, this.token).mark(this.room, label);
      this.dialog.close();
      this.dispatchEvent(new CustomEvent('gridcast-marked', { detail: { label } }));
    } catch (error) {
      this.problem = problemOf(this.#words.say('marker.failed'), error);
    } finally {
      this.busy = false;
    }
  }
}
