/** `<gridcast-drop-menu>`: a button, and a small menu below it. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { OpenMenu } from '../controllers/open-menu.ts';
import { inherited } from '../styles/tokens.ts';

/** One line of a menu: a link, or something that is done. */
export interface MenuItem {
  readonly word: string;
  readonly icon: TemplateResult;
  readonly href?: string;
  readonly act?: () => void;
  readonly danger?: boolean;
}

/** The slot is what the button shows, for the eye only; `label` names it. Escape, a choice and a click elsewhere close it. */
@customElement('gridcast-drop-menu')
export class GridcastDropMenu extends LitElement {
  static override styles = [
    inherited,
    css`
      :host {
        position: relative;
        display: inline-block;
        flex: none;
      }
      .opener {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 0.5rem;
        min-width: 44px;
        max-width: 100%;
        min-height: 44px;
        padding: 0.2rem 0.35rem;
        border: 1px solid transparent;
        border-radius: 999px;
        background: transparent;
        color: inherit;
        font: inherit;
        cursor: pointer;
      }
      .opener:hover,
      .opener[aria-expanded='true'] {
        background: var(--gc-raised);
      }
      .menu {
        position: absolute;
        z-index: 6;
        top: calc(100% + 0.3rem);
        right: 0;
        display: grid;
        gap: 0.1rem;
        width: max-content;
        min-width: 12.5rem;
        max-width: calc(100vw - 2rem);
        padding: 0.4rem;
        border: 1px solid var(--gc-line);
        border-radius: var(--gc-radius);
        background: var(--gc-surface);
        color: var(--gc-text);
        box-shadow: var(--gc-shadow);
      }
      .item {
        display: flex;
        align-items: center;
        gap: 0.7rem;
        min-height: 44px;
        padding: 0 0.8rem;
        border: 0;
        border-radius: var(--gc-radius-small);
        background: transparent;
        color: inherit;
        font: inherit;
        font-weight: 600;
        text-align: start;
        text-decoration: none;
        cursor: pointer;
      }
      .item:hover {
        background: var(--gc-raised);
      }
      .item.danger {
        color: var(--gc-danger);
      }
      .item svg {
        flex: none;
      }
    `,
  ];

  @property() label = '';
  @property({ attribute: false }) items: readonly MenuItem[] = [];
  @query('.opener') private opener!: HTMLButtonElement;
  readonly #menu = new OpenMenu(this, () => this.opener);

  override render(): TemplateResult {
    return html`<span @focusout=${this.#menu.onFocusOut} @keydown=${this.#onKey}>
      <button
        class="opener"
        type="button"
        aria-expanded=${this.#menu.open ? 'true' : 'false'}
        @click=${this.#menu.toggle}
      >
        <slot></slot><span class="visually-hidden">${this.label}</span>
      </button>
      ${
        this.#menu.open
          ? html`<div class="menu" role="group" aria-label=${this.label}>${this.items.map((item) => this.#item(item))}</div>`
          : nothing
      }
    </span>`;
  }

  override focus(): void {
    this.opener.focus();
  }

  #item({ word, icon, href, act, danger = false }: MenuItem): TemplateResult {
    const tone = danger ? 'item danger' : 'item';
    if (href !== undefined) return html`<a class=${tone} href=${href}>${icon} ${word}</a>`;
    return html`<button class=${tone} type="button" @click=${() => this.#choose(act)}>${icon} ${word}</button>`;
  }

  #choose(act: (() => void) | undefined): void {
    this.#menu.close();
    act?.();
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    this.#menu.onKey(event);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.#menu.open = true;
    void this.#move(step);
  };

  /** To the next line or the one before, around the ends. */
  async #move(step: number): Promise<void> {
    await this.updateComplete;
    const all = [...this.renderRoot.querySelectorAll<HTMLElement>('.item')];
    const at = all.findIndex((item) => item.matches(':focus'));
    const from = at === -1 && step < 0 ? 0 : at;
    all.at((from + step) % all.length)?.focus();
  }
}
