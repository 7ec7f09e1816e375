/** `<gridcast-stats-panel>`: how old, how fast and how complete sound and picture are. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { WordsUser } from '../i18n/words-controller.ts';
import { toolButtons } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { type ShownFigures, statsRows } from '../util/stats-rows.ts';
import { icons } from './icons.ts';

/** Sends `gridcast-close` when its button is pressed. */
@customElement('gridcast-stats-panel')
export class GridcastStatsPanel extends LitElement {
  static override styles = [
    inherited,
    toolButtons,
    css`
      :host {
        display: block;
        padding: 0.3rem 0.4rem 0.9rem 1rem;
        border: 1px solid var(--gc-line);
        border-radius: var(--gc-radius);
        background: var(--gc-surface);
        box-shadow: var(--gc-shadow);
        font-size: 0.88rem;
      }
      .top {
        display: flex;
        align-items: center;
        justify-content: space-between;
      }
      h2 {
        font-size: 0.98rem;
      }
      dl {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 0.2rem 1.2rem;
        padding-right: 0.6rem;
        font-variant-numeric: tabular-nums;
      }
      dt,
      p {
        color: var(--gc-muted);
      }
      dd {
        font-weight: 600;
        text-align: right;
      }
    `,
  ];

  /** Undefined until the first are measured. */
  @property({ attribute: false }) figures: ShownFigures | undefined;
  readonly #words = new WordsUser(this);

  override render(): TemplateResult {
    const { figures } = this;
    return html`<div class="top">
        <h2>${this.#words.say('stats.title')}</h2>
        <button class="tool" type="button" aria-label=${this.#words.say('stats.close')} @click=${this.#close}>
          ${icons.close}
        </button>
      </div>
      ${
        figures
          ? html`<dl>
              ${statsRows(figures, this.#words.words).map(({ label, value }) => html`<dt>${label}</dt><dd>${value}</dd>`)}
            </dl>`
          : html`<p>${this.#words.say('stats.measuring')}</p>`
      }`;
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('gridcast-close'));
  }
}
