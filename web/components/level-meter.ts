/** `<gridcast-level-meter>`: how loud the microphone is, as a row of lamps. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { inherited } from '../styles/tokens.ts';
import { levelToMeter } from '../util/format.ts';

const LAMPS = 10;
// As quick as lamps are seen to follow a voice. With each frame of the screen, the whole page would be laid out and painted sixty
// times a second for as long as somebody is in the room.
const LOOK_MS = 80;

/** Asks `level` for -dBov (0–127) twelve times a second while it is on the page. */
@customElement('gridcast-level-meter')
export class GridcastLevelMeter extends LitElement {
  static override styles = [
    inherited,
    css`
      :host {
        display: inline-flex;
      }
      .lamps {
        display: flex;
        gap: 3px;
      }
      i {
        width: 5px;
        height: 16px;
        border-radius: 2px;
        background: var(--gc-line);
      }
      i.lit {
        background: var(--gc-accent);
      }
      i.lit.hot {
        background: var(--gc-warning);
      }
      /* The system paints over backgrounds, and with them over every lamp. */
      @media (forced-colors: active) {
        i {
          box-sizing: border-box;
          border: 1px solid GrayText;
        }
        i.lit {
          border-color: CanvasText;
          background: CanvasText;
          forced-color-adjust: none;
        }
        i.lit.hot {
          border-color: Highlight;
          background: Highlight;
        }
      }
    `,
  ];

  @property({ attribute: false }) level: () => number = () => 127;
  /** With one it is a meter to assistive technology, without one a decoration. */
  @property() label = '';
  #shown = -1;
  #timer: number | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = window.setInterval(this.#look, LOOK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.#timer);
  }

  override render(): TemplateResult {
    const lamps = Array.from({ length: LAMPS }, (_, lamp) => {
      const lit = lamp < this.#shown ? 'lit' : '';
      return html`<i class="${lit} ${lamp >= LAMPS - 2 ? 'hot' : ''}"></i>`;
    });
    if (this.label === '') return html`<div class="lamps" aria-hidden="true">${lamps}</div>`;
    return html`<div
      class="lamps"
      role="meter"
      aria-label=${this.label}
      aria-valuemin="0"
      aria-valuemax=${LAMPS}
      aria-valuenow=${Math.max(0, this.#shown)}
    >
      ${lamps}
    </div>`;
  }

  readonly #look = (): void => {
    const lit = Math.round(levelToMeter(this.level()) * LAMPS);
    if (lit === this.#shown) return;
    this.#shown = lit;
    this.requestUpdate();
  };
}
