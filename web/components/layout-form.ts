/** `<gridcast-layout-form>`: everything a host chooses about who stands where. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type Layout, type LayoutPolicy, MAX_TILES } from '../../src/layout/layout.ts';
import { otherRules, regionsOf, screenTakesOver, setScreenTakesOver } from '../controllers/layout-changes.ts';
import type { LayoutEditor } from '../controllers/layout-editor.ts';
import type { Preview } from '../controllers/program-preview.ts';
import type { TileRow } from '../controllers/tile-rows.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import './layout-people.ts';
import './layout-policy-picker.ts';
import './layout-regions.ts';

/** Changes the editor's draft. */
@customElement('gridcast-layout-form')
export class GridcastLayoutForm extends LitElement {
  static override styles = [
    inherited,
    panelParts,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.2rem;
      }
      .count input {
        width: 4.5rem;
      }
    `,
  ];

  @property({ attribute: false }) editor!: LayoutEditor;
  /** Renewed by the owner whenever the editor changed. */
  @property({ type: Number }) revision = 0;
  @property({ attribute: false }) rows: readonly TileRow[] = [];
  @property({ attribute: false }) speaker: string | undefined;
  @property({ attribute: false }) preview!: Preview;
  readonly #words = new WordsUser(this);

  override render(): TemplateResult {
    const { draft } = this.editor;
    const take = ({ detail }: CustomEvent<Layout>): void => this.editor.change(detail);
    return html`<gridcast-layout-policy-picker
        .layout=${draft}
        .rows=${this.rows}
        .speaker=${this.speaker}
        .program=${this.preview}
        @gridcast-policy=${({ detail }: CustomEvent<LayoutPolicy>) => this.#choose(detail)}
      ></gridcast-layout-policy-picker>
      ${
        draft.policy === 'custom'
          ? html`<gridcast-layout-regions
              .layout=${draft}
              .rows=${this.rows}
              .faults=${this.editor.faults}
              @gridcast-layout-change=${take}
            ></gridcast-layout-regions>`
          : nothing
      }
      <gridcast-layout-people
        .layout=${draft}
        .rows=${this.rows}
        @gridcast-layout-change=${take}
      ></gridcast-layout-people>
      ${this.#settings(draft)}`;
  }

  #settings(draft: Layout): TemplateResult {
    const others = otherRules(draft);
    type Word = 'fit' | 'contain' | 'cover' | 'transition' | 'animate' | 'cut';
    const words = (key: Word): string => this.#words.say(`details.${key}`);
    return html`<section class="group">
      <h3>${this.#words.say('details.title')}</h3>
      ${this.#choice(words('fit'), 'fit', draft.fit, [
        ['contain', words('contain')],
        ['cover', words('cover')],
      ])}
      ${this.#choice(words('transition'), 'transition', draft.transition, [
        ['animate', words('animate')],
        ['cut', words('cut')],
      ])}
      <label class="switch count">
        ${this.#words.say('details.maxTiles')}
        <input
          type="number"
          min="1"
          max=${MAX_TILES}
          aria-invalid=${this.editor.faults.has('maxTiles') ? 'true' : 'false'}
          .value=${String(draft.maxTiles)}
          @change=${(event: Event) => this.#setMax(event.target as HTMLInputElement)}
        />
      </label>
      ${
        this.editor.faults.has('maxTiles')
          ? html`<p class="error" role="alert">${this.#words.say('details.maxTilesFault', { most: MAX_TILES })}</p>`
          : nothing
      }
      <label class="switch">
        ${this.#words.say('details.more')}
        <input
          type="checkbox"
          role="switch"
          .checked=${draft.more}
          @change=${(event: Event) => this.editor.change({ more: (event.target as HTMLInputElement).checked })}
        />
      </label>
      <label class="switch">
        ${this.#words.say('details.screen')}
        <input
          type="checkbox"
          role="switch"
          .checked=${screenTakesOver(draft)}
          @change=${(event: Event) => this.editor.change(setScreenTakesOver(draft, (event.target as HTMLInputElement).checked))}
        />
      </label>
      ${others > 0 ? html`<p class="hint">${this.#words.say('details.rules', { count: others })}</p>` : nothing}
    </section>`;
  }

  #choice<K extends 'fit' | 'transition'>(
    words: string,
    field: K,
    chosen: Layout[K],
    options: readonly (readonly [Layout[K], string])[],
  ): TemplateResult {
    return html`<div class="choice" role="radiogroup" aria-labelledby="choice-${field}">
      <span id="choice-${field}">${words}</span>
      <div>
        ${options.map(
          ([value, word]) =>
            html`<label>
              <input
                class="visually-hidden"
                type="radio"
                name=${field}
                .checked=${value === chosen}
                @change=${() => this.editor.change({ [field]: value })}
              />${word}
            </label>`,
        )}
      </div>
    </div>`;
  }

  /** A custom layout begins with what is seen now, so that there is something to push around. */
  #choose(policy: LayoutPolicy): void {
    const { draft } = this.editor;
    const empty = policy === 'custom' && draft.regions.length === 0;
    this.editor.change(empty ? { policy, regions: regionsOf(this.preview) } : { policy });
  }

  #setMax(field: HTMLInputElement): void {
    this.editor.change({ maxTiles: Number(field.value) });
  }
}
