/** `<gridcast-room-overlay>`: lies over the picture while there is none, and says what is awaited. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { WordsUser } from '../i18n/words-controller.ts';
import { surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import type { ConnectionState } from '../transport/room-connection.ts';

/** For how long a server keeps the place of somebody whose connection is cut, less what a try may take. */
const PLACE_KEPT_MS = 30_000;

/** Shows nothing once one is joined and a picture is there. */
@customElement('gridcast-room-overlay')
export class GridcastRoomOverlay extends LitElement {
  static override styles = [
    inherited,
    surfaces,
    css`
      .overlay {
        position: absolute;
        inset: 0;
        display: grid;
        place-content: center;
        justify-items: center;
        gap: 0.5rem;
        padding: 1rem;
        border-radius: inherit;
        background: #0b0f14;
        color: #e9eef4;
        text-align: center;
      }
      /* The last picture shines through: it is where one will be back. */
      .overlay.over {
        background: #0b0f14d1;
        backdrop-filter: blur(3px);
      }
      .spinner {
        width: 2.2rem;
        height: 2.2rem;
        border-color: #3b4a59;
        border-top-color: #40d9b2;
      }
      .heading {
        margin-top: 0.6rem;
        font-size: 1.25rem;
        font-weight: 650;
      }
      .text {
        max-width: 26rem;
        color: #b7c4d0;
        text-wrap: balance;
      }
    `,
  ];

  @property({ attribute: false }) connection!: ConnectionState;
  /** Whether a picture of the room was shown yet. */
  @property({ type: Boolean }) picture = false;
  readonly #words = new WordsUser(this);

  override render(): TemplateResult | typeof nothing {
    const { connection } = this;
    if (connection.kind === 'closed' || (connection.kind === 'joined' && this.picture)) return nothing;
    const lost = connection.kind === 'reconnecting';
    const [heading, text] = lost
      ? [this.#words.say('connection.lost'), this.#lostDetail(connection)]
      : connection.kind === 'joined'
        ? [this.#words.say('connection.waiting'), this.#words.say('connection.waitingDetail')]
        : [this.#words.say('connection.connecting'), this.#words.say('connection.connectingDetail')];
    // Of each attempt nobody wants to be told aloud.
    return html`<div class="overlay ${this.picture ? 'over' : ''}" role=${lost ? nothing : 'status'}>
      <span class="spinner"></span>
      <p class="heading" role=${lost ? 'alert' : nothing}>${heading}</p>
      <p class="text">${text}</p>
    </div>`;
  }

  #lostDetail({ attempt, lastedMs }: Extract<ConnectionState, { kind: 'reconnecting' }>): string {
    return this.#words.say(lastedMs < PLACE_KEPT_MS ? 'connection.lostDetail' : 'connection.lostLong', { attempt });
  }
}
