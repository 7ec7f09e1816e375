/** `<gridcast-admin-people>`: who has an account on this server. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ChangeUser, User } from '../../src/client/types.ts';
import type { AdminClient } from '../admin-client.ts';
import { reasonIn } from '../api-client.ts';
import type { Page } from '../api-types.ts';
import { handsOn } from '../controllers/focus-heir.ts';
import { readPages } from '../controllers/people-pages.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { adminHref } from '../util/admin-route.ts';
import { signedIn } from '../util/signed-in.ts';
import { pollAsAdmin, runAction, runConfirmed } from './admin-actions.ts';
import './admin-password-dialog.ts';
import type { GridcastAdminPasswordDialog } from './admin-password-dialog.ts';
import './admin-people-import.ts';
import { adminPeopleStyles } from './admin-people-styles.ts';
import './admin-person-add.ts';
import { type PersonDeed, personRow } from './admin-person-row.ts';
import { adminSectionStyles } from './admin-section-styles.ts';
import { adminStyles } from './admin-styles.ts';
import './confirm-dialog.ts';
import type { GridcastConfirmDialog } from './confirm-dialog.ts';
import { icons } from './icons.ts';
import './notice.ts';
import { personSignStyles } from './person-sign.ts';

const REFRESH_MS = 30_000;
/** People at first, and as many more each time that one asks. */
const PAGE = 50;

const CHANGES = {
  admin: { change: { admin: true }, said: 'accounts.didAdmin' },
  'no-admin': { change: { admin: false }, said: 'accounts.didNoAdmin' },
  disable: { change: { disabled: true }, said: 'accounts.didDisable' },
  enable: { change: { disabled: false }, said: 'accounts.didEnable' },
} as const satisfies Record<string, { readonly change: ChangeUser; readonly said: string }>;

interface PeopleNow {
  readonly enabled: boolean;
  readonly awaitsFirstAdmin: boolean;
  /** What was looked for. */
  readonly words: string;
  readonly page: Page<User>;
}

/** Sends `gridcast-changed` and `gridcast-unauthorized`. */
@customElement('gridcast-admin-people')
export class GridcastAdminPeople extends LitElement {
  static override styles = [
    inherited,
    buttons,
    surfaces,
    personSignStyles,
    adminStyles,
    adminSectionStyles,
    adminPeopleStyles,
  ];

  @property({ attribute: false }) api!: AdminClient;
  @state() busy = '';
  @state() failure: unknown;
  @state() private said = '';
  @state() private opened: '' | 'add' | 'import' = '';
  @query('gridcast-confirm-dialog') private confirm!: GridcastConfirmDialog;
  @query('gridcast-admin-password-dialog') private passwords!: GridcastAdminPasswordDialog;
  protected readonly rowFocus = new RowFocus(this, { last: '#people' });
  readonly #words = new WordsUser<AdminKey>(this);
  #wanted = '';
  #pages = 1;
  readonly #now = pollAsAdmin(
    this,
    () => REFRESH_MS,
    (signal) => this.#read(signal),
  );

  /** Asks the server now. */
  refresh(): void {
    this.#now.refresh();
  }

  override render(): TemplateResult {
    const { value, error } = this.#now;
    return html`<section aria-labelledby="people">
        <div class="head">
          <h1 id="people" tabindex="-1">${this.#words.say('accounts.title')}</h1>
          ${
            value?.enabled === true
              ? html`<div class="actions tools">
                  ${this.#opener('import', icons.file, this.#words.say('accounts.import'))}
                  ${this.#opener('add', icons.plus, this.#words.say('accounts.add'))}
                </div>`
              : nothing
          }
        </div>
        <p class="muted intro">${this.#words.say('accounts.intro')}</p>
        <div class="parts">
          ${this.#notices(error)} ${this.#part()}
          ${
            value
              ? this.#body(value)
              : error
                ? nothing
                : html`<p class="muted wait"><span class="spinner"></span> ${this.#words.say('accounts.loading')}</p>`
          }
        </div>
      </section>
      <gridcast-confirm-dialog keep=${this.#words.say('admin.keep')}></gridcast-confirm-dialog>
      <gridcast-admin-password-dialog .api=${this.api} @gridcast-password-set=${this.#passwordSet}></gridcast-admin-password-dialog>`;
  }

  #opener(part: 'add' | 'import', icon: TemplateResult, word: string): TemplateResult {
    return html`<button
      class="button ${part === 'add' ? 'primary' : ''}"
      type="button"
      data-part=${part}
      aria-expanded=${this.opened === part ? 'true' : 'false'}
      @click=${() => {
        this.opened = this.opened === part ? '' : part;
      }}
    >
      ${icon} ${word}
    </button>`;
  }

  #part(): TemplateResult | typeof nothing {
    if (this.opened === 'add') {
      return html`<gridcast-admin-person-add .api=${this.api} @gridcast-close=${this.#close}></gridcast-admin-person-add>`;
    }
    if (this.opened === 'import') {
      return html`<gridcast-admin-people-import .api=${this.api} @gridcast-close=${this.#close}></gridcast-admin-people-import>`;
    }
    return nothing;
  }

  #notices(error: unknown): TemplateResult {
    return html`${
      error === undefined
        ? nothing
        : html`<gridcast-notice tone="error" heading=${this.#words.say('accounts.failed')}>
            ${reasonIn(this.#words.words, error)}
            <button slot="actions" class="button small" type="button" @click=${() => this.refresh()}>
              ${this.#words.say('accounts.again')}
            </button>
          </gridcast-notice>`
    }
    ${
      this.failure === undefined
        ? nothing
        : html`<gridcast-notice tone="error" heading=${this.#words.say('accounts.refused')}>${reasonIn(this.#words.words, this.failure)}</gridcast-notice>`
    }
    ${this.said === '' ? nothing : html`<gridcast-notice tone="success">${this.said}</gridcast-notice>`}`;
  }

  #body({ enabled, awaitsFirstAdmin, words, page }: PeopleNow): TemplateResult {
    if (!enabled) {
      return html`<div class="empty">
        <strong>${this.#words.say('accounts.off')}</strong>
        <p class="muted">${this.#words.say('accounts.offHint', { key: 'accounts.mode' })}</p>
        <a class="button small" href=${adminHref('settings')}>${this.#words.say('accounts.offSettings')}</a>
      </div>`;
    }
    if (page.items.length === 0 && words === '') {
      return html`<div class="empty">
        <strong>${this.#words.say('accounts.none')}</strong>
        <p class="muted">${this.#words.say(awaitsFirstAdmin ? 'accounts.firstHint' : 'accounts.noneHint')}</p>
      </div>`;
    }
    return html`<div class="search" role="search">
        ${icons.search}
        <input
          type="search"
          maxlength="100"
          autocomplete="off"
          placeholder=${this.#words.say('accounts.searchHint')}
          aria-label=${this.#words.say('accounts.search')}
          .value=${this.#wanted}
          @input=${this.#search}
        />
      </div>
      ${this.#list(page)}`;
  }

  #list({ items, next }: Page<User>): TemplateResult {
    if (items.length === 0) {
      return html`<div class="empty">
        <strong>${this.#words.say('accounts.noMatch')}</strong>
        <p class="muted">${this.#words.say('accounts.noMatchHint')}</p>
      </div>`;
    }
    const own = signedIn()?.user.id;
    const dates = new Intl.DateTimeFormat(this.#words.words.dateLocale, { dateStyle: 'medium' });
    return html`<div class="card-section">
        <ul class="rows" aria-labelledby="people">
          ${repeat(
            items,
            ({ id }) => id,
            (user) =>
              personRow(user, {
                words: this.#words,
                dates,
                own: user.id === own,
                act: (deed) => void this.#do(user, deed),
              }),
          )}
        </ul>
      </div>
      ${
        next === undefined
          ? nothing
          : html`<div class="actions more">
              <button class="button" type="button" @click=${this.#more} ${handsOn()}>${this.#words.say('accounts.more')}</button>
            </div>`
      }`;
  }

  async #read(signal: AbortSignal): Promise<PeopleNow> {
    const words = this.#wanted.trim();
    const accounts = await this.api.accounts(signal);
    if (!accounts.enabled) return { ...accounts, words, page: { items: [] } };
    const read = (cursor?: string) => this.api.people({ q: words, limit: PAGE, cursor }, signal);
    return { ...accounts, words, page: await readPages(read, this.#pages) };
  }

  readonly #search = (event: InputEvent): void => {
    this.#wanted = (event.target as HTMLInputElement).value;
    this.#pages = 1;
    this.refresh();
  };

  readonly #more = (): void => {
    this.#pages += 1;
    this.refresh();
  };

  readonly #close = (): void => {
    const part = this.opened;
    this.opened = '';
    this.renderRoot.querySelector<HTMLElement>(`[data-part='${part}']`)?.focus();
  };

  readonly #passwordSet = ({ detail: { name } }: CustomEvent<User>): void => {
    this.failure = undefined;
    this.said = this.#words.say('accounts.didPassword', { name });
  };

  async #do(user: User, deed: PersonDeed): Promise<void> {
    const { id, name } = user;
    if (deed === 'password') return this.passwords.open(user);
    this.said = '';
    if (deed === 'delete') {
      const agreed = await this.confirm.ask({
        heading: this.#words.say('accounts.deleteTitle', { name }),
        text: this.#words.say('accounts.deleteText'),
        action: this.#words.say('accounts.deleteDo'),
      });
      if (!agreed) return;
      await runConfirmed(this, id, async () => {
        await this.api.removePerson(id);
        this.said = this.#words.say('accounts.didDelete', { name });
      });
      return;
    }
    const { change, said } = CHANGES[deed];
    await runAction(this, id, async () => {
      await this.api.changePerson(id, change);
      this.said = this.#words.say(said, { name });
    });
  }
}
