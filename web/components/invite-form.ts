/** `<gridcast-invite-form>`: for whom a new link is, and for how long. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { CreateInvite } from '../../src/client/types.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { INVITE_ROLES, inviteOrder, MAX_INVITE_LABEL, MOST_USES, TERMS, USUAL_TERM_S } from '../util/invite-order.ts';
import { icons } from './icons.ts';

/** A link is to be made. */
export interface InviteOrdered {
  readonly order: CreateInvite;
}

/** Sends `gridcast-invite-order` with an InviteOrdered; a number that does not do gets the focus and its reason. */
@customElement('gridcast-invite-form')
export class GridcastInviteForm extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    css`
      :host {
        display: block;
      }
      form {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.9rem;
        padding: 1rem;
        border-radius: var(--gc-radius);
        background: var(--gc-raised);
      }
      .choices {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(8.5rem, 100%), 1fr));
        align-items: start;
        gap: 0.9rem;
      }
      @media (max-width: 34rem) {
        .choices {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
        .choices > :last-child {
          grid-column: 1 / -1;
        }
      }
      .hint.wrong {
        color: var(--gc-danger);
      }
      .button {
        justify-self: start;
      }
    `,
  ];

  /** The one before is on its way. */
  @property({ type: Boolean }) busy = false;
  @state() private wrong = false;
  @query('form') private form!: HTMLFormElement;
  @query('#uses') private uses!: HTMLInputElement;
  readonly #words = new WordsUser(this);

  /** The fields are as they were at first. */
  reset(): void {
    this.form.reset();
  }

  override render(): TemplateResult {
    return html`<form @submit=${this.#submit} novalidate>
      <div class="field">
        <label for="label">${this.#words.say('invites.label')}</label>
        <input
          id="label"
          name="label"
          type="text"
          maxlength=${MAX_INVITE_LABEL}
          autocomplete="off"
          aria-describedby="label-hint"
        />
        <p class="hint" id="label-hint">${this.#words.say('invites.labelHint')}</p>
      </div>
      <div class="choices">
        <div class="field">
          <label for="role">${this.#words.say('invites.role')}</label>
          <select id="role" name="role">
            ${INVITE_ROLES.map((role) => html`<option value=${role}>${this.#words.say(`invites.${role}`)}</option>`)}
          </select>
        </div>
        <div class="field">
          <label for="term">${this.#words.say('invites.term')}</label>
          <select id="term" name="term" aria-describedby="term-hint">
            ${TERMS.map(
              ({ seconds, unit, count }) =>
                html`<option value=${seconds} ?selected=${seconds === USUAL_TERM_S}>
                  ${this.#words.say(`invites.${unit}`, { count })}
                </option>`,
            )}
          </select>
          <p class="hint" id="term-hint">${this.#words.say('invites.termHint')}</p>
        </div>
        <div class="field">
          <label for="uses">${this.#words.say('invites.uses')}</label>
          <input
            id="uses"
            name="uses"
            type="text"
            inputmode="numeric"
            maxlength="4"
            autocomplete="off"
            aria-invalid=${this.wrong ? 'true' : 'false'}
            aria-describedby="uses-hint"
            @input=${() => {
              this.wrong = false;
            }}
          />
          <p class="hint ${this.wrong ? 'wrong' : ''}" id="uses-hint">
            ${this.wrong ? this.#words.say('invites.usesWrong', { most: MOST_USES }) : this.#words.say('invites.usesHint')}
          </p>
        </div>
      </div>
      <button class="button primary">${icons.plus} ${this.#words.say('invites.make')}</button>
    </form>`;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    if (this.busy) return;
    const given = new FormData(this.form);
    const said = (name: string): string => String(given.get(name) ?? '');
    const order = inviteOrder({ label: said('label'), role: said('role'), term: said('term'), uses: said('uses') });
    this.wrong = order === undefined;
    if (order) this.dispatchEvent(new CustomEvent<InviteOrdered>('gridcast-invite-order', { detail: { order } }));
    else this.uses.focus();
  }
}
