/** `<gridcast-sign-in>`: signs in and out, and makes the first admin's account. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Transport } from '../../src/client/transport.ts';
import { ApiError, problemOf } from '../api-client.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { tokens } from '../styles/tokens.ts';
import type { Problem } from '../util/problem.ts';
import { rememberSession, type SignedIn, signedIn, signOut, watchSession } from '../util/signed-in.ts';
import './notice.ts';

/** Fewest characters of a password, as the server has it. */
const MIN_PASSWORD = 10;
/** No answer that could be read. */
const UNREACHABLE: Problem = { title: '', detail: '', retry: true };

/** Keeps the session for all pages of this browser. */
@customElement('gridcast-sign-in')
export class GridcastSignIn extends LitElement {
  static override styles = [
    tokens,
    buttons,
    fields,
    surfaces,
    css`
      form,
      section {
        display: grid;
        gap: 1.1rem;
        box-sizing: border-box;
        width: min(27rem, calc(100% - 2rem));
        margin: clamp(1rem, 8vh, 5rem) auto 1rem;
      }
      h1 {
        margin: 0;
        font-size: 1.4rem;
      }
      h1:focus-visible {
        outline: none;
      }
      p {
        margin: 0;
        color: var(--gc-muted);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem;
      }
    `,
  ];

  /** Origin of the server. */
  @property() server = location.origin;
  /** Token in the link for the first admin; empty: whoever comes has an account. */
  @property() first = '';
  @state() private session: SignedIn | undefined = signedIn();
  @state() private trouble: Problem | undefined;
  @state() private busy = false;
  readonly #words = new WordsUser(this);
  #unwatch: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unwatch = watchSession(() => {
      this.session = signedIn();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch?.();
  }

  override render(): TemplateResult {
    const say = this.#words.say.bind(this.#words);
    if (this.session && this.first === '') {
      return html`<section class="card">
        <h1 tabindex="-1">${say('signIn.in', { name: this.session.user.name })}</h1>
        <p>${say('signIn.inHint')}</p>
        <div class="row">
          <a class="button primary" href="/contacts">${say('signIn.contacts')}</a>
          <a class="button" href="/">${say('signIn.rooms')}</a>
          <button class="button" @click=${this.#leave}>${say('signIn.out')}</button>
        </div>
      </section>`;
    }
    const makes = this.first !== '';
    return html`<form class="card" @submit=${this.#submit}>
      <h1 tabindex="-1">${say(makes ? 'signIn.firstTitle' : 'signIn.title')}</h1>
      <p>${say(makes ? 'signIn.firstHint' : 'signIn.hint')}</p>
      ${
        this.trouble
          ? html`<gridcast-notice tone="error" heading=${say('signIn.refused')}>${this.#reason(this.trouble)}</gridcast-notice>`
          : nothing
      }
      ${
        makes
          ? html`<div class="field">
              <label for="name">${say('signIn.name')}</label>
              <input id="name" name="name" type="text" required maxlength="64" autocomplete="name" />
            </div>`
          : nothing
      }
      <div class="field">
        <label for="login">${say('signIn.login')}</label>
        <input id="login" name="login" type="text" required maxlength="64" autocomplete="username" autocapitalize="none" spellcheck="false" aria-describedby=${makes ? 'login-hint' : nothing} />
        ${makes ? html`<span class="hint" id="login-hint">${say('signIn.loginHint')}</span>` : nothing}
      </div>
      <div class="field">
        <label for="password">${say('signIn.password')}</label>
        <input
          id="password"
          name="password"
          type="password"
          required
          minlength=${makes ? MIN_PASSWORD : 1}
          maxlength="128"
          autocomplete=${makes ? 'new-password' : 'current-password'}
          aria-describedby=${makes ? 'password-hint' : nothing}
        />
        ${makes ? html`<span class="hint" id="password-hint">${say('signIn.passwordHint')}</span>` : nothing}
      </div>
      <button class="button primary" aria-disabled=${this.busy ? 'true' : 'false'}>${say(makes ? 'signIn.make' : 'signIn.go')}</button>
    </form>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { first, busy } = this;
    if (busy || !(event.target instanceof HTMLFormElement)) return;
    const given = Object.fromEntries(new FormData(event.target));
    this.busy = true;
    this.trouble = undefined;
    try {
      const path = first === '' ? '/api/session' : '/api/session/first';
      const body = first === '' ? given : { ...given, token: first };
      const { token, user } = await new Transport({ url: this.server }).json<SignedIn>('POST', path, { body });
      this.#enter({ token, user: { id: user.id, name: user.name } });
    } catch (error) {
      const said = error instanceof ApiError && error.status !== 0 && error.code !== '';
      this.trouble = said ? problemOf('', error) : UNREACHABLE;
    } finally {
      this.busy = false;
    }
  };

  #reason(trouble: Problem): string {
    return trouble === UNREACHABLE ? this.#words.say('signIn.failed') : this.#words.words.problem(trouble).detail;
  }

  #enter(session: SignedIn): void {
    rememberSession(session);
    this.first = '';
    this.session = session;
    void this.#beginAnew();
  }

  /** What had the focus is gone: whoever works with the keyboard goes on at the top of what is there now. */
  async #beginAnew(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector('h1')?.focus();
  }

  readonly #leave = async (): Promise<void> => {
    const { token } = this.session ?? { token: '' };
    signOut();
    this.session = undefined;
    void this.#beginAnew();
    // This browser has forgotten it, whether or not the server hears of it.
    await fetch(new URL('/api/session', this.server), {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    }).catch(() => undefined);
  };
}
