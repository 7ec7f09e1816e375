/** `<gridcast-room-panel>`: who is here, and how the connection does. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RosterEntry } from '../../src/protocol/messages.ts';
import type { SessionStats } from '../controllers/session-meter.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { formatBitrate, initials } from '../util/format.ts';
import { icons } from './icons.ts';

/** Sends `gridcast-close` when its button is pressed. */
@customElement('gridcast-room-panel')
export class GridcastRoomPanel extends LitElement {
  static override styles = [
    inherited,
    buttons,
    surfaces,
    css`
      :host {
        display: flex;
        flex-direction: column;
        overflow-y: auto;
        background: var(--gc-surface);
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding: 0.7rem 0.7rem 0.7rem 1.1rem;
      }
      h2 {
        font-size: 1.05rem;
      }
      li {
        display: flex;
        align-items: center;
        gap: 0.7rem;
        min-height: 48px;
        padding: 0.3rem 1.1rem;
      }
      .none {
        padding: 0 1.1rem;
      }
      .who {
        display: grid;
        flex: none;
        width: 36px;
        height: 36px;
        place-items: center;
        border-radius: 50%;
        background: var(--gc-accent-soft);
        color: var(--gc-accent);
        font-size: 0.85rem;
        font-weight: 700;
      }
      .name {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .role {
        display: block;
        color: var(--gc-muted);
        font-size: 0.82rem;
        line-height: 1.2;
      }
      .has {
        display: flex;
        gap: 0.4rem;
        margin-left: auto;
        color: var(--gc-muted);
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
              ${this.people.map((person) => this.#person(person))}
            </ul>`
      }
      ${this.stats ? this.#connection(this.stats) : nothing}`;
  }

  #person(person: RosterEntry): TemplateResult {
    const has = (kind: 'audio' | 'video'): boolean => person.tracks.some((track) => track.kind === kind);
    return html`<li>
      <span class="who" aria-hidden="true">${initials(person.name)}</span>
      <span class="name">
        ${person.name}${person.id === this.self ? ' (you)' : ''}
        ${person.role === 'host' ? html`<span class="role">Host</span>` : nothing}
      </span>
      <span class="has">
        ${has('audio') ? icons.mic : icons.micOff}${has('video') ? icons.camera : icons.cameraOff}
        <span class="visually-hidden">
          ${has('audio') ? 'with microphone' : 'without microphone'}, ${has('video') ? 'with camera' : 'without camera'}
        </span>
      </span>
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
