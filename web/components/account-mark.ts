/** `<gridcast-account-mark>`: the name of whoever has signed in with a small menu, or where one signs in. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { Sessions } from '../../src/client/accounts.ts';
import { GridcastError } from '../../src/client/gridcast-error.ts';
import { Transport } from '../../src/client/transport.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { inherited } from '../styles/tokens.ts';
import { type AccountMark, accountMark, renewedSession, type ToldSession } from '../util/account-mark.ts';
import { rememberSession, type SignedIn, signedIn, signOut, watchSession } from '../util/signed-in.ts';
import type { MenuItem } from './drop-menu.ts';
import './drop-menu.ts';
import { icons } from './icons.ts';
import { personSign, personSignStyles } from './person-sign.ts';

/** With `offers` the server is asked, once for each page and each session. Sends `gridcast-mark` with an AccountMark, at first and whenever it is another. */
@customElement('gridcast-account-mark')
export class GridcastAccountMark extends LitElement {
  static override styles = [
    inherited,
    personSignStyles,
    css`
      :host {
        display: block;
        font-size: 1rem;
        --sign: 2.1rem;
      }
      .name {
        overflow: hidden;
        max-width: 12rem;
        font-weight: 600;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .sign-in {
        display: inline-flex;
        align-items: center;
        min-height: 44px;
        padding: 0 0.3rem;
        border-radius: 4px;
        color: var(--gc-muted);
        font-weight: 600;
        text-decoration: none;
        white-space: nowrap;
      }
      .sign-in:hover {
        color: var(--gc-text);
      }
      @media (max-width: 40rem) {
        .name {
          display: none;
        }
      }
    `,
  ];

  /** Origin of the server. */
  @property() server = location.origin;
  /** Asks the server, and leads to where one signs in. */
  @property({ type: Boolean }) offers = false;
  /** They have come in by something else, for example the admin token: nobody is asked to sign in. */
  @property({ type: Boolean }) admitted = false;
  @state() private kept: SignedIn | undefined;
  @state() private told: ToldSession | undefined;
  @query('.sign-in') private link!: HTMLElement | null;
  readonly #words = new WordsUser(this);
  #unwatch: (() => void) | undefined;
  #asking = new AbortController();
  #mark: AccountMark = { kind: 'nothing' };

  override connectedCallback(): void {
    super.connectedCallback();
    this.kept = signedIn();
    this.#unwatch = watchSession(() => this.#follow());
    void this.#ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch?.();
    this.#asking.abort();
  }

  override willUpdate(changed: PropertyValues): void {
    if (this.hasUpdated && !changed.has('kept') && !changed.has('told')) return;
    this.#mark = accountMark(this.kept, this.told);
    this.dispatchEvent(new CustomEvent('gridcast-mark', { detail: this.#mark }));
  }

  override render(): TemplateResult | typeof nothing {
    const mark = this.#mark;
    if (mark.kind === 'nothing') return nothing;
    if (mark.kind === 'sign-in') {
      if (!this.offers || this.admitted) return nothing;
      return html`<a class="sign-in" href="/sign-in">${this.#words.say('account.signIn')}</a>`;
    }
    const { name, admin } = mark;
    return html`<gridcast-drop-menu label=${this.#words.say('account.mark', { name })} .items=${this.#items(admin)}>
      ${personSign(mark)}<span class="name" dir="auto" aria-hidden="true">${name}</span>
    </gridcast-drop-menu>`;
  }

  #items(admin: boolean): readonly MenuItem[] {
    return [
      { word: this.#words.say('account.contacts'), icon: icons.people, href: '/contacts' },
      ...(admin ? [{ word: this.#words.say('account.admin'), icon: icons.settings, href: '/admin' }] : []),
      { word: this.#words.say('account.signOut'), icon: icons.leave, act: () => void this.#leave() },
    ];
  }

  #follow(): void {
    const before = this.kept?.token;
    this.kept = signedIn();
    if (this.kept?.token !== before) void this.#ask();
  }

  /** A token that holds no more is forgotten, which asks again without one. */
  async #ask(): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    if (!this.offers) return;
    const { signal } = this.#asking;
    const { kept } = this;
    try {
      this.told = await this.#session(kept).get({ signal });
      if (kept) this.#renew(kept, this.told);
    } catch (error) {
      // Who cannot be asked says nothing: the name stays as it is kept.
      if (!signal.aborted && kept && error instanceof GridcastError && error.status === 401) signOut();
    }
  }

  #renew(kept: SignedIn, told: ToldSession): void {
    const renewed = renewedSession(kept, told);
    if (renewed !== kept) rememberSession(renewed);
  }

  async #leave(): Promise<void> {
    const { kept } = this;
    const told = this.#session(kept)
      .close()
      .catch(() => undefined);
    // This browser forgets it, whether or not the server hears of it.
    signOut();
    await this.updateComplete;
    this.link?.focus();
    await told;
  }

  #session(kept: SignedIn | undefined): Sessions {
    return new Sessions(new Transport({ url: this.server, token: kept?.token ?? '' }));
  }
}
