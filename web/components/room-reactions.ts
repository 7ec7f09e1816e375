/** `<gridcast-room-reactions>`: signs that float over the picture for a moment. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from 'lit/directives/style-map.js';
import { Passing } from '../controllers/passing.ts';
import { inherited } from '../styles/tokens.ts';

const SHOWN_MS = 3000;
/** Beyond, the oldest makes room. */
const MOST = 24;
/** Places beside each other, so that they do not cover one another. */
const PLACES = 8;

interface Sign {
  readonly emoji: string;
  readonly name: string;
}

/** `show` lets one rise; whoever wants less movement sees it stand still. */
@customElement('gridcast-room-reactions')
export class GridcastRoomReactions extends LitElement {
  static override styles = [
    inherited,
    css`
      :host {
        position: absolute;
        inset: 0;
        overflow: hidden;
        pointer-events: none;
      }
      .sign {
        position: absolute;
        bottom: 12%;
        display: grid;
        justify-items: center;
        animation: rise 3000ms ease-out both;
      }
      .emoji {
        font-size: clamp(2rem, 6cqi, 3.2rem);
        line-height: 1.2;
      }
      .name {
        max-width: 9rem;
        padding: 0.05rem 0.5rem;
        overflow: hidden;
        border-radius: 999px;
        background: #0b0f14e6;
        color: #ffffff;
        font-size: 0.75rem;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      @keyframes rise {
        to {
          transform: translateY(-12rem);
          opacity: 0;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .sign {
          animation: none;
        }
      }
      [role='log'] {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    `,
  ];

  @state() private said = '';
  readonly #signs = new Passing<Sign>(this, SHOWN_MS, MOST);

  /** Shows a sign of somebody; `said` is the sentence that is read out. */
  show(emoji: string, name: string, said: string): void {
    this.#signs.show({ emoji, name });
    this.said = said;
  }

  override render(): TemplateResult {
    return html`<div aria-hidden="true">
        ${repeat(
          this.#signs.all,
          ({ id }) => id,
          ({
            id,
            what: { emoji, name },
          }) => html`<span class="sign" style=${styleMap({ left: `${4 + (id % PLACES) * 11}%` })}>
            <span class="emoji">${emoji}</span><span class="name" dir="auto">${name}</span>
          </span>`,
        )}
      </div>
      <div role="log" aria-live="polite">${this.said}</div>`;
  }
}
