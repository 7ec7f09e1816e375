/** `<gridcast-app-bar>`: the product's name, where one is, and where one can go. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { tokens } from '../styles/tokens.ts';
import type { MessageKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import type { AccountMark } from '../util/account-mark.ts';
import './account-mark.ts';
import { mark as sign } from './icons.ts';

/** Places that the bar can name. */
type BarWord = Extract<MessageKey, 'contacts.title' | 'page.admin' | 'signIn.title'>;

/**
 * `place` stands after the name, for example "Admin". It is as wide as most pages are, or as what `wide` names. Whoever has signed in is named;
 * with `account` the server is asked whether one can, and there is a link to where one does, unless they are `admitted` by something
 * else. With `places` it leads to the pages that whoever has signed in has something on.
 */
@customElement('gridcast-app-bar')
export class GridcastAppBar extends LitElement {
  static override styles = [
    tokens,
    css`
      :host {
        display: block;
        border-bottom: 1px solid var(--gc-line);
        background: var(--gc-surface);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 0.75rem;
        max-width: 72rem;
        min-height: 60px;
        margin: 0 auto;
        padding: 0.5rem clamp(1rem, 4vw, 2rem);
      }
      :host([wide='admin']) header {
        max-width: 76rem;
      }
      @media (min-width: 100rem) {
        :host([wide='watch']) header {
          max-width: 160rem;
        }
      }
      @media (min-width: 110rem) {
        :host([wide='admin']) header {
          max-width: 100rem;
        }
      }
      .home {
        display: inline-flex;
        align-items: center;
        gap: 0.6rem;
        min-height: var(--gc-control);
        border-radius: 6px;
        color: inherit;
        font-size: 1.1rem;
        font-weight: 700;
        letter-spacing: -0.01em;
        text-decoration: none;
      }
      .place {
        padding-left: 0.75rem;
        border-left: 1px solid var(--gc-line);
        color: var(--gc-muted);
      }
      nav {
        display: contents;
      }
      nav a {
        border-radius: 4px;
        color: var(--gc-muted);
        font-weight: 600;
        text-decoration: none;
      }
      nav a:hover {
        color: var(--gc-text);
      }
      .rest {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 0.75rem;
        margin-left: auto;
      }
      @media (max-width: 30rem) {
        header,
        .rest {
          column-gap: 0.6rem;
        }
        .place {
          padding-left: 0.6rem;
        }
      }
    `,
  ];

  @property() place: BarWord | '' = '';
  @property({ type: Boolean }) places = false;
  @property({ type: Boolean }) account = false;
  @property({ type: Boolean }) admitted = false;
  @property({ reflect: true }) wide: '' | 'admin' | 'watch' = '';
  @state() private mark: AccountMark = { kind: 'nothing' };
  readonly #words = new WordsUser(this);

  override render(): TemplateResult {
    return html`<header>
      <a class="home" href="/">${sign} Gridcast</a>
      ${this.place === '' ? '' : html`<span class="place">${this.#words.say(this.place)}</span>`}
      <div class="rest">
        ${this.#links()}
        <gridcast-account-mark
          ?offers=${this.account}
          ?admitted=${this.admitted}
          @gridcast-mark=${({ detail }: CustomEvent<AccountMark>) => {
            this.mark = detail;
          }}
        ></gridcast-account-mark>
      </div>
    </header>`;
  }

  #links(): TemplateResult | typeof nothing {
    const { mark } = this;
    if (!this.places || mark.kind !== 'person') return nothing;
    return html`<nav>
      <a href="/contacts">${this.#words.say('account.contacts')}</a>
      ${mark.admin ? html`<a href="/admin">${this.#words.say('page.admin')}</a>` : nothing}
    </nav>`;
  }
}
