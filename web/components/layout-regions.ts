/** `<gridcast-layout-regions>`: the places of a custom layout, in percent of the picture. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type CustomRegion, type Layout, MAX_TILES } from '../../src/layout/layout.ts';
import { newRegion } from '../controllers/layout-changes.ts';
import type { TileRow } from '../controllers/tile-rows.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields } from '../styles/controls.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { icons } from './icons.ts';

const EDGES = ['x', 'y', 'width', 'height'] as const;
type Edge = (typeof EDGES)[number];

/** Sends `gridcast-layout-change` with the changed layout as its detail. */
@customElement('gridcast-layout-regions')
export class GridcastLayoutRegions extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    panelParts,
    css`
      :host {
        display: block;
      }
      li {
        display: grid;
        gap: 0.5rem;
        margin-bottom: 0.6rem;
        padding: 0.6rem 0.7rem;
        border: 1px solid var(--gc-line);
        border-radius: var(--gc-radius-small);
      }
      .line {
        display: flex;
        align-items: center;
        gap: 0.5rem;
      }
      .line strong {
        margin-right: auto;
        font-size: 0.9rem;
      }
      .edges {
        display: grid;
        grid-template-columns: repeat(4, 1fr);
        gap: 0.4rem;
      }
      .edges label,
      .line label {
        display: grid;
        gap: 0.15rem;
        color: var(--gc-muted);
        font-size: 0.78rem;
      }
      .edges input {
        width: 100%;
      }
      .line label {
        flex: 1;
      }
      .line label.small {
        flex: none;
      }
      .line label.small input {
        width: 4rem;
      }
      select {
        min-height: 36px;
        padding: 0.2rem 0.4rem;
      }
    `,
  ];

  @property({ attribute: false }) layout!: Layout;
  @property({ attribute: false }) rows: readonly TileRow[] = [];
  /** By path, such as `regions.0.width`. */
  @property({ attribute: false }) faults: ReadonlyMap<string, string> = new Map();
  readonly #words = new WordsUser(this);

  override render(): TemplateResult {
    const { regions } = this.layout;
    const none = this.faults.get('regions');
    return html`<section class="group">
      <h3>${this.#words.say('places.title')}</h3>
      <p class="hint">${this.#words.say('places.hint')}</p>
      ${none === undefined ? nothing : html`<p class="error">${this.#words.say('places.none')}</p>`}
      <ul>
        ${regions.map((region, index) => this.#region(region, index))}
      </ul>
      <div class="actions">
        <button class="button small" type="button" ?disabled=${regions.length >= MAX_TILES} @click=${this.#add}>
          ${icons.plus} ${this.#words.say('places.add')}
        </button>
      </div>
    </section>`;
  }

  #region(region: CustomRegion, index: number): TemplateResult {
    const number = index + 1;
    const faults = EDGES.flatMap((edge) => {
      const found = this.faults.get(`regions.${index}.${edge}`);
      if (found === undefined) return [];
      const fault = this.#words.say(faultKey(edge, found));
      return [this.#words.say('places.fault', { edge: this.#words.say(`places.${edge}`), fault })];
    });
    return html`<li>
      <div class="line">
        <strong>${this.#words.say('places.place', { number })}</strong>
        <button
          class="tool"
          type="button"
          aria-label=${this.#words.say('places.remove', { number })}
          @click=${() => this.#remove(index)}
        >
          ${icons.trash}
        </button>
      </div>
      <div class="edges">
        ${EDGES.map(
          (edge) =>
            html`<label>
              ${this.#words.say('places.percent', { edge: this.#words.say(`places.${edge}`) })}
              <input
                type="number"
                min="0"
                max="100"
                step="0.1"
                inputmode="decimal"
                aria-invalid=${this.faults.has(`regions.${index}.${edge}`) ? 'true' : 'false'}
                aria-describedby=${faults.length > 0 ? `fault-${index}` : nothing}
                .value=${percent(region[edge])}
                @change=${(event: Event) => this.#set(index, { [edge]: ratio(event) })}
              />
            </label>`,
        )}
      </div>
      ${faults.length === 0 ? nothing : html`<p class="error" id="fault-${index}" role="alert">${faults.join(' ')}</p>`}
      <div class="line">
        <label>
          ${this.#words.say('places.shows')}
          <select @change=${(event: Event) => this.#show(index, (event.target as HTMLSelectElement).value)}>
            ${this.#people(region.show)}
          </select>
        </label>
        <label class="small">
          ${this.#words.say('places.layer')}
          <input
            type="number"
            min="0"
            max=${MAX_TILES}
            .value=${String(region.z)}
            @change=${(event: Event) => this.#set(index, { z: layer(event) })}
          />
        </label>
      </div>
    </li>`;
  }

  #people(shown: string | undefined): TemplateResult {
    const option = (value: string, word: string): TemplateResult =>
      html`<option value=${value} ?selected=${value === (shown ?? '')}>${word}</option>`;
    const known = ['', '@speaker', '@screen', ...this.rows.map(({ handle }) => handle)];
    const words = this.#words;
    return html`${option('', words.say('places.next'))}${option('@speaker', words.say('places.speaker'))}
    ${option('@screen', words.say('places.screen'))}
    ${this.rows.map(({ handle, key, name, source }) => {
      const several = handle === key && source !== 'none';
      return option(handle, several ? words.say('order.several', { name, source: words.say(`tile.${source}`) }) : name);
    })}
    ${shown !== undefined && !known.includes(shown) ? option(shown, words.say('places.absent')) : nothing}`;
  }

  #set(index: number, change: Partial<CustomRegion>): void {
    const regions = this.layout.regions.map((region, at) => (at === index ? { ...region, ...change } : region));
    this.#change({ ...this.layout, regions });
  }

  #show(index: number, shown: string): void {
    const regions = this.layout.regions.map((region, at) => {
      if (at !== index) return region;
      const { show: _before, ...plain } = region;
      return shown === '' ? plain : { ...plain, show: shown };
    });
    this.#change({ ...this.layout, regions });
  }

  #remove(index: number): void {
    this.#change({ ...this.layout, regions: this.layout.regions.filter((_, at) => at !== index) });
  }

  readonly #add = (): void => {
    const { regions } = this.layout;
    this.#change({ ...this.layout, regions: [...regions, newRegion(regions)] });
  };

  #change(layout: Layout): void {
    this.dispatchEvent(new CustomEvent('gridcast-layout-change', { detail: layout }));
  }
}

function percent(share: number): string {
  return String(Math.round(share * 1000) / 10);
}

/** An emptied field is 0, which the schema explains where it does not fit. */
function ratio(event: Event): number {
  return Number((event.target as HTMLInputElement).value) / 100;
}

function layer(event: Event): number {
  return Math.round(Math.max(0, Math.min(MAX_TILES, Number((event.target as HTMLInputElement).value))));
}

/** The schema speaks of ratios; people see percent. */
function faultKey(edge: Edge, fault: string): 'places.tooWide' | 'places.tooHigh' | 'places.size' | 'places.position' {
  if (fault.startsWith('ends inside')) return edge === 'width' ? 'places.tooWide' : 'places.tooHigh';
  return edge === 'width' || edge === 'height' ? 'places.size' : 'places.position';
}
