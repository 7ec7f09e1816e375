/** `<gridcast-room-panel>`: who is here, and how the connection does. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RosterEntry } from '../../src/protocol/messages.ts';
import type { PeopleControls } from '../controllers/people-controls.ts';
import type { Speaking } from '../controllers/room-facts.ts';
import type { SessionStats } from '../controllers/session-meter.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { formatBitrate } from '../util/format.ts';
import { icons } from './icons.ts';
import './room-person.ts';

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
      .connection {
        margin-top: auto;
        padding: 1rem 1.1rem 1.2rem;
        border-top: 1px solid var(--gc-line);
        font-size: 0.9rem;
      }
      .connection h2 {
        margin-bottom: 0.5rem;
        font-size: 0.95rem;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.15rem 1rem;
        font-variant-numeric: tabular-nums;
      }
      dt {
        color: var(--gc-muted);
      }
      dd {
        text-align: right;
      }
    `,
  ];

  @property({ attribute: false }) people: readonly RosterEntry[] = [];
  /** This person's id. */
  @property() self = '';
  @property({ attribute: false }) speaking!: Speaking;
  /** For hosts alone. */
  @property({ attribute: false }) controls: PeopleControls | undefined;
  /** Renewed by the owner whenever `controls` changed. */
  @property({ type: Number }) revision = 0;
  @property({ attribute: false }) stats: SessionStats | undefined;

  override render(): TemplateResult {
    return html`<div class="head">
        <h2>People (${this.people.length})</h2>
        <button class="button quiet small" type="button" aria-label="Close the list" @click=${this.#close}>
          ${icons.close}
        </button>
      </div>
      ${
        this.people.length === 0
          ? html`<p class="muted none">Nobody is here yet.</p>`
          : html`<ul>
              ${repeat(
                this.people,
                ({ id }) => id,
                (person) => this.#person(person),
              )}
            </ul>`
      }
      ${this.stats ? this.#connection(this.stats) : nothing}`;
  }

  #person(person: RosterEntry): TemplateResult {
    return html`<li>
      <gridcast-room-person
        .person=${person}
        ?self=${person.id === this.self}
        ?speaking=${this.speaking.participants.has(person.id)}
        .controls=${this.controls}
        .revision=${this.revision}
      ></gridcast-room-person>
    </li>`;
  }

  #connection(stats: SessionStats): TemplateResult {
    const size = stats.sending ? `${stats.sending.width}×${stats.sending.height}, ` : '';
    return html`<section class="connection">
      <h2>Connection</h2>
      <dl>
        <dt>Sending</dt>
        <dd>${size}${Math.round(stats.sentFps)} fps</dd>
        <dt>Bit rate</dt>
        <dd>${formatBitrate(stats.sentBitrate)}</dd>
        <dt>Showing</dt>
        <dd>${Math.round(stats.shownFps)} of ${Math.round(stats.receivedFps)} fps</dd>
        <dt>Picture delay</dt>
        <dd>${stats.latencyMs === undefined ? 'not measured' : `${Math.round(stats.latencyMs)} ms`}</dd>
        <dt>Round trip</dt>
        <dd>${stats.rttMs === undefined ? 'not measured' : `${Math.round(stats.rttMs)} ms`}</dd>
        <dt>Sound buffer</dt>
        <dd>${stats.soundMs === undefined ? 'no sound' : `${Math.round(stats.soundMs)} ms`}</dd>
      </dl>
    </section>`;
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('gridcast-close'));
  }
}
