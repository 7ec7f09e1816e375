/** `<gridcast-admin-password-dialog>`: another password for somebody. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { User } from '../../src/client/types.ts';
import type { AdminClient } from '../admin-client.ts';
import { reasonIn } from '../api-client.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons } from '../styles/controls.ts';
import { dialogs } from '../styles/dialog.ts';
import { toolButtons } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { reportUnauthorized } from './admin-actions.ts';
import { icons } from './icons.ts';
import './new-password.ts';
import type { GridcastNewPassword } from './new-password.ts';
import './notice.ts';

/** `open` shows it. Sends `gridcast-password-set` with the User as its detail once the server has it. */
@customElement('gridcast-admin-password-dialog')
export class GridcastAdminPasswordDialog extends LitElement {
  static override styles = [
    inherited,
    buttons,
    dialogs,
    toolButtons,
    css`
      .top h2 {
        overflow-wrap: anywhere;
      }
      .body {
        display: grid;
        gap: 1rem;
      }
      .text {
        color: var(--gc-muted);
      }
      .actions {
        justify-content: flex-end;
      }
    `,
  ];

  @property({ attribute: false }) api!: AdminClient;
  @state() private user: User | undefined;
  @state() private busy = false;
  @state() private failure: unknown;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('gridcast-new-password') private field!: GridcastNewPassword;
  readonly #words = new WordsUser<AdminKey>(this);

  /** For this person. */
  async open(user: User): Promise<void> {
    this.user = user;
    this.failure = undefined;
    await this.updateComplete;
    this.field.reset();
    this.dialog.showModal();
    this.field.focus();
  }

  override render(): TemplateResult {
    const name = this.user?.name ?? '';
    return html`<dialog aria-labelledby="heading" aria-describedby="text">
      <form class="top" method="dialog">
        <h2 id="heading">${this.#words.say('accounts.passwordTitle', { name })}</h2>
        <button class="tool large" aria-label=${this.#words.say('tools.close')}>${icons.close}</button>
      </form>
      <form class="body" @submit=${this.#submit} novalidate>
        <p class="text" id="text">${this.#words.say('accounts.passwordText')}</p>
        <gridcast-new-password required label=${this.#words.say('accounts.newPassword')}></gridcast-new-password>
        ${
          this.failure === undefined
            ? nothing
            : html`<gridcast-notice tone="error" heading=${this.#words.say('accounts.refused')}>${reasonIn(this.#words.words, this.failure)}</gridcast-notice>`
        }
        <div class="actions">
          <button class="button primary" aria-disabled=${this.busy ? 'true' : 'false'}>${this.#words.say('accounts.passwordDo')}</button>
        </div>
      </form>
    </dialog>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { user, busy } = this;
    if (busy || !user || !this.field.check()) return;
    this.busy = true;
    this.failure = undefined;
    try {
      const detail = await this.api.changePerson(user.id, { password: this.field.value });
      this.field.reset();
      this.dialog.close();
      this.dispatchEvent(new CustomEvent<User>('gridcast-password-set', { detail }));
    } catch (error) {
      this.failure = error;
      reportUnauthorized(this, error);
    } finally {
      this.busy = false;
    }
  };
}
