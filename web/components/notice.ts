/** `<gridcast-notice>`: what happened, why, and what to do. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { FocusHeir } from '../controllers/focus-heir.ts';
import { surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { icons } from './icons.ts';

/** The default slot takes the text, the slot `actions` takes buttons. An error is announced at once. When it goes, the focus of its buttons goes on. */
@customElement('gridcast-notice')
export class GridcastNotice extends LitElement {
  static override styles = [
    inherited,
    surfaces,
    css`
      :host {
        display: block;
      }
      .notice {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.2rem 0.75rem;
        padding: 0.8rem 1rem;
        border-radius: var(--gc-radius-small);
        background: var(--gc-raised);
      }
      .error {
        background: var(--gc-danger-soft);
      }
      .warning {
        background: var(--gc-warning-soft);
      }
      .success {
        background: var(--gc-accent-soft);
      }
      .icon {
        display: flex;
        padding-top: 0.1rem;
      }
      .error .icon {
        color: var(--gc-danger);
      }
      .warning .icon {
        color: var(--gc-warning);
      }
      .success .icon {
        color: var(--gc-accent);
      }
      .heading {
        font-weight: 650;
      }
      slot[name='actions'] {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }
      /* In reach also where the text scrolls in a place that says so. */
      slot[name='actions'] {
        position: var(--notice-actions, static);
        bottom: 0;
        margin-bottom: -0.8rem;
        padding-bottom: 0.8rem;
        background: inherit;
      }
      .body {
        overflow-wrap: anywhere;
        background: inherit;
      }
      ::slotted([slot='actions']) {
        margin-top: 0.6rem;
      }
    `,
  ];

  @property() tone: 'info' | 'success' | 'warning' | 'error' = 'info';
  @property() heading = '';
  readonly #heir = new FocusHeir(this);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#heir.gone();
  }

  override render(): TemplateResult {
    const sign = { info: icons.info, success: icons.check, warning: icons.warning, error: icons.warning }[this.tone];
    return html`<div class="notice ${this.tone}" role=${this.tone === 'error' ? 'alert' : 'status'}>
      <span class="icon">${sign}</span>
      <div class="body">
        ${this.heading === '' ? '' : html`<p class="heading">${this.heading}</p>`}
        <slot></slot>
        <slot name="actions"></slot>
      </div>
    </div>`;
  }
}
