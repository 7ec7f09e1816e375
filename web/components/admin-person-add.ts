/** `<gridcast-admin-person-add>`: makes an account for somebody. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { AdminClient } from '../admin-client.ts';
import { reasonIn } from '../api-client.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { runAction } from './admin-actions.ts';
import { adminSectionStyles } from './admin-section-styles.ts';
import './new-password.ts';
import type { GridcastNewPassword } from './new-password.ts';
import './notice.ts';

/** Stays open for the next one. Sends `gridcast-changed`, `gridcast-unauthorized`, and `gridcast-close`. */
@customElement('gridcast-admin-person-add')
export class GridcastAdminPersonAdd extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    surfaces,
    adminSectionStyles,
    css`
      form {
        display: grid;
        gap: 1rem;
      }
      .pair {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
        gap: 1rem;
      }
      gridcast-new-password {
        max-width: 38rem;
      }
    `,
  ];

  @property({ attribute: false }) api!: AdminClient;
  @state() busy = '';
  @state() failure: unknown;
  @state() private said = '';
  @query('#name') private first!: HTMLInputElement;
  @query('gridcast-new-password') private password!: GridcastNewPassword;
  readonly #words = new WordsUser<AdminKey>(this);

  override firstUpdated(): void {
    this.first.focus();
  }

  override render(): TemplateResult {
    const { failure, said, busy } = this;
    return html`<section class="card-section" aria-labelledby="new">
      <h2 id="new">${this.#words.say('accounts.addTitle')}</h2>
      ${
        failure === undefined
          ? nothing
          : html`<gridcast-notice tone="error" heading=${this.#words.say('accounts.refused')}>${reasonIn(this.#words.words, failure)}</gridcast-notice>`
      }
      ${said === '' ? nothing : html`<gridcast-notice tone="success">${said}</gridcast-notice>`}
      <form @submit=${this.#submit}>
        <div class="pair">
          ${this.#field('name', 'name')}
          ${this.#field('login', 'login')}
        </div>
        <gridcast-new-password label=${this.#words.say('accounts.password')}></gridcast-new-password>
        <label class="check"><input type="checkbox" name="admin" /> ${this.#words.say('accounts.addAdmin')}</label>
        <div class="actions">
          <button class="button primary" aria-disabled=${busy === '' ? 'false' : 'true'}>${this.#words.say('accounts.addDo')}</button>
          <button class="button quiet" type="button" @click=${this.#close}>${this.#words.say('accounts.close')}</button>
        </div>
      </form>
    </section>`;
  }

  #field(id: 'name' | 'login', name: string): TemplateResult {
    return html`<div class="field">
      <label for=${id}>${this.#words.say(`accounts.${id}`)}</label>
      <input
        id=${id}
        name=${name}
        type="text"
        required
        maxlength="64"
        autocomplete="off"
        autocapitalize=${id === 'login' ? 'none' : 'words'}
        spellcheck="false"
        aria-describedby="${id}-hint"
      />
      <p class="hint" id="${id}-hint">${this.#words.say(`accounts.${id}Hint`)}</p>
    </div>`;
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('gridcast-close'));
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    if (!this.password.check()) return;
    const data = new FormData(form);
    const [name, login] = ['name', 'login'].map((key) => String(data.get(key) ?? '').trim());
    const password = this.password.value;
    this.said = '';
    void runAction(this, 'new', async () => {
      const made = await this.api.addPerson({
        name: name ?? '',
        login: login ?? '',
        admin: data.has('admin'),
        ...(password !== '' && { password }),
      });
      const key = password === '' ? 'accounts.didAddLater' : 'accounts.didAdd';
      this.said = this.#words.say(key, { name: made.name, login: made.login });
      form.reset();
      this.password.reset();
      this.first.focus();
    });
  };
}
