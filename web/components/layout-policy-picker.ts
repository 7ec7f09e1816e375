/** `<gridcast-layout-policy-picker>`: the ways to arrange tiles, as small pictures of what they would do now. */
import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { LAYOUT_POLICIES, type Layout, type LayoutPolicy } from '../../src/layout/layout.ts';
import { type ProgramSize, thumbnailOf, type ThumbTile } from '../controllers/program-preview.ts';
import type { TileRow } from '../controllers/tile-rows.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { inherited } from '../styles/tokens.ts';

/** Sends `gridcast-policy` with the chosen one as its detail. */
@customElement('gridcast-layout-policy-picker')
export class GridcastLayoutPolicyPicker extends LitElement {
  static override styles = [
    inherited,
    css`
      :host {
        display: block;
      }
      fieldset {
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        margin-bottom: 0.4rem;
        padding: 0;
        font-size: 0.95rem;
        font-weight: 650;
      }
      .cards {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(5.2rem, 1fr));
        gap: 0.5rem;
      }
      label {
        /* Its input is not seen, and is to be scrolled to where its picture is. */
        position: relative;
        display: grid;
        align-content: start;
        justify-items: center;
        gap: 0.3rem;
        padding: 0.4rem 0.3rem;
        border: 2px solid transparent;
        border-radius: var(--gc-radius-small);
        background: var(--gc-raised);
        font-size: 0.8rem;
        line-height: 1.2;
        text-align: center;
        cursor: pointer;
      }
      label:hover {
        background: var(--gc-line);
      }
      label:has(:checked) {
        border-color: var(--gc-accent);
        background: var(--gc-accent-soft);
      }
      label:has(:focus-visible) {
        outline: 3px solid var(--gc-accent);
        outline-offset: 2px;
      }
      svg {
        width: 100%;
        height: 2.7rem;
      }
      .canvas {
        fill: var(--gc-bg);
      }
      .cell {
        fill: var(--gc-muted);
        stroke: var(--gc-bg);
      }
      label:has(:checked) .cell {
        fill: var(--gc-accent);
      }
      .ghost {
        opacity: 0.45;
      }
      .hint {
        min-height: 2.6em;
        margin-top: 0.5rem;
        color: var(--gc-muted);
        font-size: 0.85rem;
        line-height: 1.3;
      }
    `,
  ];

  @property({ attribute: false }) layout!: Layout;
  @property({ attribute: false }) rows: readonly TileRow[] = [];
  @property({ attribute: false }) speaker: string | undefined;
  @property({ attribute: false }) program!: ProgramSize;
  readonly #words = new WordsUser(this);

  override render(): TemplateResult {
    return html`<fieldset>
      <legend>${this.#words.say('layout.arrangement')}</legend>
      <div class="cards">${LAYOUT_POLICIES.map((policy) => this.#card(policy))}</div>
      <p class="hint" id="hint">${this.#words.say(`policyHint.${this.layout.policy}`)}</p>
    </fieldset>`;
  }

  #card(policy: LayoutPolicy): TemplateResult {
    const checked = this.layout.policy === policy;
    const people = { rows: this.rows, speaker: this.speaker };
    const tiles = thumbnailOf(policy, this.layout, people, this.program);
    return html`<label>
      <input
        class="visually-hidden"
        type="radio"
        name="policy"
        aria-describedby=${checked ? 'hint' : nothing}
        .checked=${checked}
        @change=${() => this.dispatchEvent(new CustomEvent('gridcast-policy', { detail: policy }))}
      />
      ${this.#thumbnail(tiles)}${this.#words.say(`policy.${policy}`)}
    </label>`;
  }

  #thumbnail(tiles: readonly ThumbTile[]): TemplateResult {
    const { width, height } = this.program;
    const line = Math.max(width, height) / 60;
    return html`<svg viewBox="0 0 ${width} ${height}" aria-hidden="true">
      <rect class="canvas" width=${width} height=${height} rx=${line}></rect>
      ${tiles.map(
        ({ ghost, ...cell }) =>
          svg`<rect class="cell ${ghost ? 'ghost' : ''}" x=${cell.x} y=${cell.y} width=${cell.width}
            height=${cell.height} rx=${line} stroke-width=${line} />`,
      )}
      ${tiles.length === 0 ? this.#plus() : nothing}
    </svg>`;
  }

  /** A custom layout without regions yet. */
  #plus(): TemplateResult {
    const { width, height } = this.program;
    return svg`<path d="M${width / 2} ${height * 0.3}V${height * 0.7}M${width / 2 - height * 0.2} ${height / 2}h${height * 0.4}"
      stroke="currentColor" stroke-width=${height / 14} fill="none" stroke-linecap="round" />`;
  }
}
