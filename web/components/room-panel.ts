/** `<gridcast-room-panel>`: who is here. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RosterEntry } from '../../src/protocol/messages.ts';
import type { PeopleControls } from '../controllers/people-controls.ts';
import type { Speaking } from '../controllers/room-facts.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { icons } from './icons.ts';
import './room-person.ts';
import { handsFirst, placeOf } from '../util/hands.ts';

/** Sends `gridcast-close` when its button is pressed. */
@customElement('gridcast-room-panel')
export class GridcastRoomPanel extends LitElement {
  static override styles = [
    inherited,
    buttons,
    surfaces,
    panelParts,
    css`
      :host {
        display: flex;
        flex-direction: column;
        overflow-y: auto;
        background: var(--gc-surface);
      }
      .none {
        padding: 0 1.1rem;
      }
    `,
  ];

  @property({ attribute: false }) people: readonly RosterEntry[] = [];
  /** This person's id. */
  @property() self = '';
  @property({ attribute: false }) speaking!: Speaking;
  /** Ids of who is pinned. */
  @property({ attribute: false }) pinned: readonly string[] = [];
  /** For hosts alone. */
  @property({ attribute: false }) controls: PeopleControls | undefined;
  /** Renewed by the owner whenever `controls` changed. */
  @property({ type: Number }) revision = 0;
  protected readonly rowFocus = new RowFocus(this, { last: '.head button' });
  readonly #words = new WordsUser(this);

  /** Goes to its heading. */
  begin(): void {
    this.renderRoot.querySelector('h2')?.focus();
  }

  override render(): TemplateResult {
    return html`<div class="head">
        <h2 tabindex="-1">${this.#words.say('people.title', { count: this.people.length })}</h2>
        <button class="tool large" type="button" aria-label=${this.#words.say('people.close')} @click=${this.#close}>
          ${icons.close}
        </button>
      </div>
      ${
        this.people.length === 0
          ? html`<p class="muted none">${this.#words.say('people.none')}</p>`
          : html`<ul>
              ${repeat(
                handsFirst(this.people),
                ({ id }) => id,
                (person) => this.#person(person),
              )}
            </ul>`
      }`;
  }

  #person(person: RosterEntry): TemplateResult {
    return html`<li>
      <gridcast-room-person
        .person=${person}
        ?self=${person.id === this.self}
        ?speaking=${this.speaking.participants.has(person.id)}
        .hand=${placeOf(person, this.people)}
        ?pinned=${this.pinned.some((name) => name.split('/')[0] === person.id)}
        .controls=${this.controls}
        .revision=${this.revision}
      ></gridcast-room-person>
    </li>`;
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('gridcast-close'));
  }
}
