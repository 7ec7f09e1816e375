/** `<gridcast-door-settings>`: for hosts, who comes into the room they are in. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { ApiClient, problemOf } from '../api-client.ts';
import type { DoorInfo } from '../api-types.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import type { Problem } from '../util/problem.ts';
import type { GridcastDoorForm } from './door-form.ts';
import './door-form.ts';
import './notice.ts';

/** Sends `gridcast-door` with the door as it is then set. */
@customElement('gridcast-door-settings')
export class GridcastDoorSettings extends LitElement {
  static override styles = [
    inherited,
    buttons,
    css`
      form {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.9rem;
        padding: 0.4rem 0 0.2rem;
      }
      .button {
        justify-self: start;
      }
    `,
  ];

  @property() server = location.origin;
  @property() room = '';
  @property() token = '';
  @property({ attribute: false }) door: DoorInfo | undefined;
  @state() private busy = false;
  @state() private saved = false;
  @state() private problem: Problem | undefined;
  @query('gridcast-door-form') private fields!: GridcastDoorForm;
  readonly #words = new WordsUser(this);

  override render(): TemplateResult {
    return html`<form
      @submit=${this.#save}
      @input=${() => {
        this.saved = false;
      }}
      novalidate
    >
      <gridcast-door-form .door=${this.door}></gridcast-door-form>
      ${
        this.problem
          ? html`<gridcast-notice tone="error" heading=${this.#words.say('door.notSaved')}>
              ${this.#words.words.problem(this.problem).detail}
            </gridcast-notice>`
          : nothing
      }
      <button class="button primary" aria-disabled=${this.busy ? 'true' : 'false'}>${this.#words.say('door.save')}</button>
      <p role="status">${this.saved ? this.#words.say('door.saved') : ''}</p>
    </form>`;
  }

  async #save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const order = this.fields.order();
    if (!order || this.busy) return;
    this.busy = true;
    this.problem = undefined;
    try {
      const detail = await new ApiClient(this.server, this.token).setDoor(this.room, order);
      this.fields.reset();
      this.saved = true;
      this.dispatchEvent(new CustomEvent('gridcast-door', { detail }));
    } catch (error) {
      this.problem = problemOf(this.#words.say('door.notSaved'), error);
    } finally {
      this.busy = false;
    }
  }
}
