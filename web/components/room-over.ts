/** `<gridcast-room-over>`: a stay has ended: why, and where to go from here. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { roomPath } from '../util/links.ts';
import type { Problem } from '../util/problem.ts';
import { mark } from './icons.ts';

/** Sends `gridcast-again` when the person wants to join again. */
@customElement('gridcast-room-over')
export class GridcastRoomOver extends LitElement {
  static override styles = [
    inherited,
    buttons,
    surfaces,
    css`
      :host {
        display: grid;
        min-height: 100dvh;
        place-content: center;
        padding: 1rem;
      }
      .card {
        display: grid;
        gap: 0.8rem;
        width: min(32rem, calc(100vw - 2rem));
      }
      h1 {
        font-size: 1.5rem;
        line-height: 1.25;
      }
      .actions {
        margin-top: 0.5rem;
      }
    `,
  ];

  @property({ attribute: false }) problem: Problem | undefined;
  @property() room = '';
  /** Whether there is a room to watch. */
  @property({ type: Boolean }) exists = false;

  override firstUpdated(): void {
    this.renderRoot.querySelector('h1')?.focus();
  }

  override render(): TemplateResult {
    return html`<div class="card">
      ${mark}
      <h1 tabindex="-1">${this.problem?.title ?? 'You left the room'}</h1>
      <p class="muted">${this.problem?.detail ?? 'Join again whenever you like.'}</p>
      <div class="actions">
        ${
          this.problem?.retry === false
            ? nothing
            : html`<button class="button primary" type="button" @click=${this.#again}>Join again</button>`
        }
        ${this.exists ? html`<a class="button" href=${roomPath('watch', this.room)}>Watch instead</a>` : nothing}
        <a class="button quiet" href="/">Home</a>
      </div>
    </div>`;
  }

  readonly #again = (): void => {
    this.dispatchEvent(new CustomEvent('gridcast-again'));
  };
}
