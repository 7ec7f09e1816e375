/** `<gridcast-confirm-dialog>`: asks before something is gone for good. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { buttons } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';

/** `ask` opens it and resolves with the answer; Escape means no. The slot takes the explanation. */
@customElement('gridcast-confirm-dialog')
export class GridcastConfirmDialog extends LitElement {
  static override styles = [
    inherited,
    buttons,
    css`
      dialog {
        width: min(28rem, calc(100vw - 2rem));
        padding: 1.4rem;
        border: 1px solid var(--gc-line);
        border-radius: var(--gc-radius);
        background: var(--gc-surface);
        color: var(--gc-text);
        box-shadow: var(--gc-shadow);
      }
      dialog::backdrop {
        background: #000a;
      }
      h2 {
        font-size: 1.15rem;
      }
      .body {
        margin: 0.5rem 0 1.2rem;
        color: var(--gc-muted);
        overflow-wrap: anywhere;
      }
      .actions {
        justify-content: flex-end;
      }
    `,
  ];

  @property() heading = '';
  @property() text = '';
  @property() action = '';
  /** The button that changes nothing. */
  @property() keep = '';
  @query('dialog') private dialog!: HTMLDialogElement;

  /** Whether the person agreed. */
  async ask(question: { heading: string; text: string; action: string }): Promise<boolean> {
    Object.assign(this, question);
    await this.updateComplete;
    this.dialog.returnValue = '';
    this.dialog.showModal();
    return new Promise((resolve) => {
      this.dialog.addEventListener('close', () => resolve(this.dialog.returnValue === 'yes'), { once: true });
    });
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="heading" aria-describedby="text">
      <form method="dialog">
        <h2 id="heading">${this.heading}</h2>
        <p class="body" id="text">${this.text}</p>
        <div class="actions">
          <button class="button" value="no" autofocus>${this.keep}</button>
          <button class="button danger" value="yes">${this.action}</button>
        </div>
      </form>
    </dialog>`;
  }
}
