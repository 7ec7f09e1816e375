/** `<gridcast-room-toasts>`: short news that nobody has to answer; read aloud, seen for some seconds, gone. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { Passing } from '../controllers/passing.ts';
import { inherited } from '../styles/tokens.ts';

const SHOWN_MS = 4000;
const MOST = 3;

/** `say` shows one; of many at once the newest three stay. */
@customElement('gridcast-room-toasts')
export class GridcastRoomToasts extends LitElement {
  static override styles = [
    inherited,
    css`
      :host {
        display: block;
        pointer-events: none;
      }
      .toasts {
        display: grid;
        justify-items: center;
        gap: 0.4rem;
      }
      p {
        max-width: 100%;
        padding: 0.35rem 0.9rem;
        border-radius: 1.1rem;
        background: #0b0f14e6;
        color: #ffffff;
        font-size: 0.9rem;
        line-height: 1.35;
        text-align: center;
        /* On a phone a sentence needs two lines: what it says at its end matters, too. */
        overflow-wrap: anywhere;
        text-wrap: balance;
        animation: rise 180ms ease-out;
      }
      @keyframes rise {
        /* Not faded in: half-light words are hard to read. */
        from {
          transform: translateY(6px);
        }
      }
    `,
  ];

  readonly #toasts = new Passing<string>(this, SHOWN_MS, MOST);

  /** Shows and reads out one sentence. */
  say(text: string): void {
    this.#toasts.show(text);
  }

  override render(): TemplateResult {
    return html`<div class="toasts" role="log" aria-live="polite">
      ${repeat(
        this.#toasts.all,
        ({ id }) => id,
        ({ what }) => html`<p>${what}</p>`,
      )}
    </div>`;
  }
}
