/** `<gridcast-door-form>`: who comes into a room and when, as fields. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../src/protocol/limits.ts';
import type { DoorInfo } from '../api-types.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { type DoorFault, type DoorFields, type DoorOrder, doorOrder, fieldsOfDoor } from '../util/door-order.ts';
import { doorFormStyles } from './door-form-styles.ts';

/** `order()` is what to say to the API; a field that does not do gets the focus and its reason. */
@customElement('gridcast-door-form')
export class GridcastDoorForm extends LitElement {
  static override styles = [inherited, buttons, fields, doorFormStyles];

  /** As it is set; undefined: of a room that is yet to be made. */
  @property({ attribute: false }) door: DoorInfo | undefined;
  @state() private changed: Partial<DoorFields> = {};
  @state() private fault: DoorFault | undefined;
  readonly #words = new WordsUser(this);

  /** Undefined when something has to be corrected first. */
  order(): DoorOrder | undefined {
    const order = doorOrder(this.#fields, this.door);
    this.fault = typeof order === 'string' ? order : undefined;
    if (typeof order !== 'string') return order;
    this.renderRoot.querySelector<HTMLInputElement>(`#${order}`)?.focus();
    return undefined;
  }

  /** What was typed is done with: the fields show how the door is set. */
  reset(): void {
    this.changed = {};
  }

  get #fields(): DoorFields {
    return { ...fieldsOfDoor(this.door), ...this.changed };
  }

  override render(): TemplateResult {
    const { waitingRoom, locked, capacity, opensAt, ends } = this.#fields;
    return html`<div class="fields">
      ${this.#password()}
      ${this.#check('waitingRoom', waitingRoom, 'door.setWaiting', 'door.setWaitingHint')}
      ${this.door ? this.#check('locked', locked, 'door.setLocked', 'door.setLockedHint') : nothing}
      <div class="pair">
        <div class="field">
          <label for="opensAt">${this.#words.say('door.setOpens')}</label>
          <input
            id="opensAt"
            type="datetime-local"
            .value=${opensAt}
            aria-describedby="opens-hint"
            @input=${(event: InputEvent) => this.#change('opensAt', (event.target as HTMLInputElement).value)}
          />
          <p class="hint" id="opens-hint">${this.#words.say('door.setOpensHint')}</p>
        </div>
        <div class="field">
          <label for="capacity">${this.#words.say('door.setCapacity')}</label>
          <input
            id="capacity"
            type="text"
            inputmode="numeric"
            maxlength="4"
            autocomplete="off"
            .value=${capacity}
            aria-invalid=${this.fault === 'capacity' ? 'true' : 'false'}
            aria-describedby="capacity-hint"
            @input=${(event: InputEvent) => this.#change('capacity', (event.target as HTMLInputElement).value)}
          />
          <p class="hint" id="capacity-hint">
            ${this.#words.say(this.fault === 'capacity' ? 'door.wrongCapacity' : 'door.setCapacityHint')}
          </p>
        </div>
      </div>
      ${this.#check('ends', ends, 'door.setEmpty', 'door.setEmptyHint')}
    </div>`;
  }

  #password(): TemplateResult {
    const { password, removePassword } = this.#fields;
    const kept = this.door?.passwordSet === true && !removePassword;
    const hint =
      this.fault === 'password'
        ? this.#words.say('door.shortPassword', { least: MIN_PASSWORD_LENGTH })
        : this.#words.say(kept ? 'door.passwordKept' : 'door.setPasswordHint');
    return html`<div class="field">
      <label for="password">${this.#words.say('door.setPassword')}</label>
      <div class="row">
        <input
          id="password"
          type="text"
          maxlength=${MAX_PASSWORD_LENGTH}
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          placeholder=${kept ? '••••••' : this.#words.say('door.passwordNone')}
          .value=${password}
          aria-invalid=${this.fault === 'password' ? 'true' : 'false'}
          aria-describedby="password-hint"
          @input=${(event: InputEvent) => this.#change('password', (event.target as HTMLInputElement).value)}
        />
        ${
          kept
            ? html`<button class="button" type="button" @click=${() => this.#change('removePassword', true)}>
                ${this.#words.say('door.removePassword')}
              </button>`
            : nothing
        }
      </div>
      <p class="hint" id="password-hint">${hint}</p>
    </div>`;
  }

  #check(
    field: 'waitingRoom' | 'locked' | 'ends',
    on: boolean,
    label: 'door.setWaiting' | 'door.setLocked' | 'door.setEmpty',
    hint: 'door.setWaitingHint' | 'door.setLockedHint' | 'door.setEmptyHint',
  ): TemplateResult {
    return html`<label class="choice">
      <input
        type="checkbox"
        .checked=${on}
        @change=${(event: Event) => this.#change(field, (event.target as HTMLInputElement).checked)}
      />
      <span>${this.#words.say(label)} <small>${this.#words.say(hint)}</small></span>
    </label>`;
  }

  #change<Field extends keyof DoorFields>(field: Field, value: DoorFields[Field]): void {
    this.fault = undefined;
    this.changed = { ...this.changed, [field]: value };
  }
}
