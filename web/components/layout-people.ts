/** `<gridcast-layout-people>`: who is in the picture, in which order, pinned or hidden. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Layout } from '../../src/layout/layout.ts';
import { isListed, moveRow, orderRows, toggleHidden, togglePinned } from '../controllers/layout-changes.ts';
import type { TileRow } from '../controllers/tile-rows.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { icons } from './icons.ts';

/** Sends `gridcast-layout-change` with the changed layout as its detail. */
@customElement('gridcast-layout-people')
export class GridcastLayoutPeople extends LitElement {
  static override styles = [
    inherited,
    panelParts,
    css`
      :host {
        display: block;
      }
      li {
        display: flex;
        align-items: center;
        gap: 0.1rem;
        min-height: 44px;
        padding-left: 0.5rem;
        border-radius: var(--gc-radius-small);
        cursor: grab;
      }
      li:nth-child(odd) {
        background: var(--gc-raised);
      }
      li.over {
        box-shadow: inset 0 2px 0 var(--gc-accent);
      }
      li.hidden .name {
        color: var(--gc-muted);
        text-decoration: line-through;
      }
      .name {
        flex: 1;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .source {
        color: var(--gc-muted);
        font-size: 0.82rem;
      }
    `,
  ];

  @property({ attribute: false }) layout!: Layout;
  @property({ attribute: false }) rows: readonly TileRow[] = [];
  readonly #words = new WordsUser(this);
  @state() private said = '';
  @state() private over = -1;
  #dragged: string | undefined;
  /** Keeps the focus on a button whose row is being moved. */
  #refocus: { readonly key: string; readonly action: string } | undefined;

  override updated(changed: PropertyValues<this>): void {
    if (!this.#refocus || !changed.has('layout')) return;
    const { key, action } = this.#refocus;
    this.#refocus = undefined;
    const row = [...this.renderRoot.querySelectorAll<HTMLElement>('li')].find((item) => item.dataset['key'] === key);
    const wanted = row?.querySelector<HTMLButtonElement>(`[data-action="${action}"]:enabled`);
    (wanted ?? row?.querySelector<HTMLButtonElement>('[data-action]:enabled'))?.focus();
  }

  override render(): TemplateResult {
    const rows = orderRows(this.rows, this.layout.order);
    return html`<section class="group">
      <h3>${this.#words.say('order.title')}</h3>
      <p class="hint">${this.#words.say('order.hint')}</p>
      <ul>
        ${repeat(
          rows,
          ({ key }) => key,
          (row, index) => this.#row(row, index, rows),
        )}
      </ul>
      <span class="visually-hidden" role="status">${this.said}</span>
    </section>`;
  }

  #row(row: TileRow, index: number, rows: readonly TileRow[]): TemplateResult {
    const hidden = isListed(this.layout.hidden, row);
    const pinned = isListed(this.layout.pinned, row);
    const several = row.handle === row.key && row.source !== 'none';
    const source = this.#words.say(`tile.${row.source}`);
    const name = several ? this.#words.say('order.several', { name: row.name, source }) : row.name;
    return html`<li
      class="${hidden ? 'hidden' : ''} ${this.over === index ? 'over' : ''}"
      data-key=${row.key}
      draggable="true"
      @dragstart=${(event: DragEvent) => this.#dragStart(event, row.key)}
      @dragover=${(event: DragEvent) => this.#dragOver(event, index)}
      @dragend=${this.#dragEnd}
      @drop=${(event: DragEvent) => this.#drop(event, index, rows)}
    >
      <span class="name" dir="auto">
        ${row.name} ${several ? html`<span class="source">${source}</span>` : ''}
      </span>
      ${this.#toggle(this.#words.say('order.pin', { name }), pinned, icons.pin, () => this.#change(togglePinned(this.layout, row)))}
      ${this.#toggle(this.#words.say('order.hide', { name }), hidden, hidden ? icons.eyeOff : icons.eye, () =>
        this.#change(toggleHidden(this.layout, row)),
      )}
      ${this.#mover('up', this.#words.say('order.up', { name }), index > 0, () => this.#move(rows, index, index - 1, 'up'))}
      ${this.#mover('down', this.#words.say('order.down', { name }), index < rows.length - 1, () =>
        this.#move(rows, index, index + 1, 'down'),
      )}
    </li>`;
  }

  #toggle(label: string, pressed: boolean, icon: TemplateResult, act: () => void): TemplateResult {
    return html`<button
      class="tool"
      type="button"
      aria-label=${label}
      title=${label}
      aria-pressed=${pressed ? 'true' : 'false'}
      @click=${act}
    >
      ${icon}
    </button>`;
  }

  #mover(action: 'up' | 'down', label: string, enabled: boolean, act: () => void): TemplateResult {
    return html`<button
      class="tool"
      type="button"
      aria-label=${label}
      title=${label}
      data-action=${action}
      ?disabled=${!enabled}
      @click=${act}
    >
      ${icons[action]}
    </button>`;
  }

  #move(rows: readonly TileRow[], from: number, to: number, action: string): void {
    const row = rows[from];
    if (!row) return;
    this.#refocus = { key: row.key, action };
    this.said = this.#words.say('order.moved', { name: row.name, place: to + 1, total: rows.length });
    this.#change(moveRow(this.layout, rows, from, to));
  }

  #dragStart(event: DragEvent, key: string): void {
    this.#dragged = key;
    event.dataTransfer?.setData('text/plain', '');
  }

  #dragOver(event: DragEvent, index: number): void {
    if (this.#dragged === undefined) return;
    event.preventDefault();
    this.over = index;
  }

  #drop(event: DragEvent, index: number, rows: readonly TileRow[]): void {
    event.preventDefault();
    const from = rows.findIndex(({ key }) => key === this.#dragged);
    this.#dragEnd();
    if (from >= 0 && from !== index) this.#change(moveRow(this.layout, rows, from, index));
  }

  readonly #dragEnd = (): void => {
    this.#dragged = undefined;
    this.over = -1;
  };

  #change(layout: Layout): void {
    this.dispatchEvent(new CustomEvent('gridcast-layout-change', { detail: layout }));
  }
}
