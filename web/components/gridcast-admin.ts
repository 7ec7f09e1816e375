/** `<gridcast-admin>`: recordings, rooms, people, settings and the audit log, for who has the admin token or is an admin. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../transport/zod-without-eval.ts';
import { AdminClient } from '../admin-client.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { tokens } from '../styles/tokens.ts';
import { ADMIN_VIEWS, adminHref, type AdminRoute, type AdminView, parseAdminRoute } from '../util/admin-route.ts';
import { remember } from '../util/page-storage.ts';
import './admin-audit.ts';
import './admin-events.ts';
import { filtersOf, type RecordingFilters } from './admin-filters.ts';
import { failureNotice } from './admin-notices.ts';
import { adminPageStyles } from './admin-page-styles.ts';
import './admin-people.ts';
import './admin-recording.ts';
import './admin-recordings.ts';
import './admin-rooms.ts';
import './admin-settings.ts';
import './admin-trash.ts';
import { icons } from './icons.ts';
import './notice.ts';

/** Where the page keeps the token for this tab. */
export const ADMIN_TOKEN_KEY = 'gridcast.admin-token';

/** What a view has that shows a list of its own. */
interface Refreshable extends Element {
  refresh?(): void;
}

/**
 * Asks for a token while it has none, or one the server refuses; sends `gridcast-token` when it has got or lost one. Where one
 * is stands in the address behind its `#`, so that links lead to one recording and the browser's own way back works.
 */
@customElement('gridcast-admin')
export class GridcastAdmin extends LitElement {
  static override styles = [tokens, buttons, fields, surfaces, adminPageStyles];

  @property() server = location.origin;
  @property() token = '';
  /** The token is of whoever has signed in; the bar of the page signs them out. */
  @property({ type: Boolean }) account = false;
  /** Name of whoever has signed in and is no admin; empty: nobody has, or they are one. */
  @property() visitor = '';
  /** Whoever has signed in is being asked for: nobody is shown a form that they may not need. */
  @property({ type: Boolean }) asking = false;
  /** Why the token before does not hold; undefined while there was none. */
  @state() private refused: unknown;
  @state() private route: AdminRoute = parseAdminRoute(location.hash);
  readonly #words = new WordsUser<AdminKey>(this);
  #api: { token: string; server: string; client: AdminClient } | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#onAddress);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#onAddress);
  }

  override render(): TemplateResult {
    if (this.token === '') return this.asking ? this.#wait() : this.#signIn();
    return html`<div
      class="page"
      @gridcast-unauthorized=${(event: CustomEvent<unknown>) => this.#refuse(event.detail)}
      @gridcast-changed=${this.#changed}
      @gridcast-gone=${() => this.#go(adminHref('recordings'))}
      @gridcast-filters=${this.#onFilters}
    >
      <div class="bar">
        <nav aria-label=${this.#words.say('admin.title')}>
          ${ADMIN_VIEWS.map(
            (view) => html`<a
              href=${adminHref(view)}
              aria-current=${this.#current(view)}
              >${this.#words.say(`admin.${view}`)}</a
            >`,
          )}
        </nav>
        ${
          this.account
            ? nothing
            : html`<button
                class="button small"
                type="button"
                title=${this.#words.say('admin.signOut')}
                @click=${() => this.#setToken('')}
              >
                ${icons.leave} <span>${this.#words.say('admin.signOut')}</span>
              </button>`
        }
      </div>
      <div class="view">${this.#view()}</div>
    </div>`;
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('token')) this.dispatchEvent(new CustomEvent('gridcast-token'));
    const before: unknown = changed.get('route');
    if (before === undefined || this.token === '') return;
    const { view, recording } = this.route;
    const was = before as AdminRoute;
    if (was.view === view && was.recording === recording) return;
    if (recording !== '' || was.view !== view) window.scrollTo(0, 0);
    void this.#focusHeading();
  }

  /** The trash is a part of the recordings. */
  #current(view: AdminView): 'page' | 'true' | 'false' {
    if (view === this.route.view) return 'page';
    return view === 'recordings' && this.route.view === 'trash' ? 'true' : 'false';
  }

  #view(): TemplateResult {
    const api = this.#client();
    const { view, recording, query } = this.route;
    switch (view) {
      case 'rooms':
        return html`<gridcast-admin-rooms .api=${api} ?account=${this.account}></gridcast-admin-rooms>`;
      case 'people':
        return html`<gridcast-admin-people .api=${api}></gridcast-admin-people>`;
      case 'events':
        return html`<gridcast-admin-events .api=${api}></gridcast-admin-events>`;
      case 'settings':
        return html`<gridcast-admin-settings .api=${api}></gridcast-admin-settings>`;
      case 'audit':
        return html`<gridcast-admin-audit .api=${api}></gridcast-admin-audit>`;
      case 'trash':
        return html`<gridcast-admin-trash .api=${api}></gridcast-admin-trash>`;
      case 'recordings':
        if (recording !== '') {
          return html`<gridcast-admin-recording .api=${api} .recording=${recording}></gridcast-admin-recording>`;
        }
        return html`<gridcast-admin-recordings .api=${api} .filters=${this.#filters(query)}></gridcast-admin-recordings>`;
    }
  }

  #wait(): TemplateResult {
    return html`<p class="page muted" role="status">
      <span class="spinner"></span> <span class="visually-hidden">${this.#words.say('admin.asking')}</span>
    </p>`;
  }

  #signIn(): TemplateResult {
    return html`<div class="page">
      <form class="card sign-in" @submit=${this.#submit}>
        <h1>${this.#words.say('admin.title')}</h1>
        ${
          this.visitor === ''
            ? nothing
            : html`<gridcast-notice tone="info" heading=${this.#words.say('admin.noAdmin', { name: this.visitor })}>
                ${this.#words.say('admin.noAdminHint')}
              </gridcast-notice>`
        }
        ${
          this.refused === undefined
            ? html`<p class="muted">${this.#words.say('admin.tokenHint')}</p>`
            : failureNotice(this.#words.words, this.#words.say('admin.tokenRefused'), this.refused)
        }
        <div class="field">
          <label for="token">${this.#words.say('admin.token')}</label>
          <input id="token" name="token" type="password" required autocomplete="off" />
        </div>
        <button class="button primary">${this.#words.say('admin.continue')}</button>
      </form>
    </div>`;
  }

  #client(): AdminClient {
    const { server, token } = this;
    if (this.#api?.token !== token || this.#api.server !== server) {
      this.#api = { token, server, client: new AdminClient(server, token) };
    }
    return this.#api.client;
  }

  #filtersKey = '';
  #filtersValue: RecordingFilters = filtersOf({});

  /** The same object while they are the same, so that the list is not read anew. */
  #filters(query: Readonly<Record<string, string>>): RecordingFilters {
    const key = JSON.stringify(query);
    if (key !== this.#filtersKey) {
      this.#filtersKey = key;
      this.#filtersValue = filtersOf(query);
    }
    return this.#filtersValue;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget as HTMLFormElement).get('token') ?? '').trim();
    this.refused = undefined;
    this.#setToken(token);
    // The form had the focus, and is gone.
    void this.updateComplete.then(() => this.#focusHeading());
  }

  #refuse(reason: unknown): void {
    this.refused = reason;
    this.#setToken('');
  }

  #setToken(token: string): void {
    remember('session', ADMIN_TOKEN_KEY, token);
    this.account = false;
    this.token = token;
  }

  #go(href: string): void {
    location.hash = href;
  }

  readonly #onAddress = (): void => {
    this.route = parseAdminRoute(location.hash);
  };

  // Each letter that is searched for is no place to come back to.
  readonly #onFilters = (event: CustomEvent<RecordingFilters>): void => {
    history.replaceState(history.state, '', adminHref('recordings', '', { ...event.detail }));
    this.#onAddress();
  };

  readonly #changed = (): void => {
    this.#shownView?.refresh?.();
  };

  get #shownView(): Refreshable | null {
    return this.renderRoot.querySelector<Refreshable>('.view > *');
  }

  /** Who hears the page is told where they are. */
  async #focusHeading(): Promise<void> {
    const view = this.#shownView;
    if (!(view instanceof LitElement)) return;
    await view.updateComplete;
    view.renderRoot.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }
}
