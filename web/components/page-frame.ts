/** `<gridcast-page-foot>` and the bar: what stands around the pages of the server, in their language. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { WordsUser } from '../i18n/words-controller.ts';
import { tokens } from '../styles/tokens.ts';
import { GridcastAppBar } from './app-bar.ts';
import './language-picker.ts';
import { signedIn, watchSession } from '../util/signed-in.ts';

/**
 * The bottom of a page: the choice of a language. With `admin` a way to the admin page for whoever has the admin token and no account;
 * whoever has signed in is led there by their name, if they may go there.
 */
@customElement('gridcast-page-foot')
export class GridcastPageFoot extends LitElement {
  static override styles = [
    tokens,
    css`
      :host {
        display: block;
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: 0 1.25rem;
        padding: 0.5rem 1rem 1.25rem;
      }
      a {
        display: inline-flex;
        align-items: center;
        min-height: 44px;
        border-radius: 4px;
        color: var(--gc-muted);
        text-decoration: none;
      }
      a:hover {
        color: var(--gc-text);
        text-decoration: underline;
      }
    `,
  ];

  @property({ type: Boolean }) admin = false;
  @state() private known = false;
  readonly #words = new WordsUser(this);
  #unwatch: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const look = (): void => {
      this.known = signedIn() !== undefined;
    };
    look();
    this.#unwatch = watchSession(look);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch?.();
  }

  override render(): TemplateResult {
    return html`<footer>
      <gridcast-language-picker></gridcast-language-picker>
      ${this.admin && !this.known ? html`<a href="/admin">${this.#words.say('page.admin')}</a>` : nothing}
    </footer>`;
  }
}

/** Puts what the page shows between a bar and a foot. Once the page's language is known: both speak at once. */
export function framePage(
  content: HTMLElement,
  bar: Partial<Pick<GridcastAppBar, 'place' | 'wide' | 'account' | 'places'>>,
  foot: Partial<Pick<GridcastPageFoot, 'admin'>> = {},
): void {
  // In a frame of another site links would lead to pages that may not be there.
  if (window.self !== window.top) {
    document.head.append(Object.assign(document.createElement('base'), { target: '_blank' }));
  }
  document.querySelector('main')?.append(content);
  document.body.prepend(Object.assign(new GridcastAppBar(), bar));
  document.body.append(Object.assign(new GridcastPageFoot(), foot));
}
