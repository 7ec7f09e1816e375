/** `<gridcast-admin>`: rooms, recordings and health, for who has the admin token. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { ApiClient } from '../api-client.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { tokens } from '../styles/tokens.ts';
import { remember } from '../util/page-storage.ts';
import './admin-health.ts';
import type { GridcastAdminRecordings } from './admin-recordings.ts';
import './admin-recordings.ts';
import type { GridcastAdminRooms } from './admin-rooms.ts';
import './admin-rooms.ts';
import './notice.ts';

/** Where the page keeps the token for this tab. */
export const ADMIN_TOKEN_KEY = 'gridcast.admin-token';

/** Asks for a token while it has none, or one the server refuses. */
@customElement('gridcast-admin')
export class GridcastAdmin extends LitElement {
  static override styles = [
    tokens,
    buttons,
    fields,
    surfaces,
    css`
      :host {
        display: block;
      }
      .page {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 2.5rem;
        max-width: 72rem;
        margin: 0 auto;
        padding: clamp(1.25rem, 4vw, 2.5rem) clamp(1rem, 4vw, 2rem) 4rem;
      }
      .title {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 1rem;
      }
      h1 {
        font-size: 1.7rem;
        letter-spacing: -0.015em;
      }
      .sign-in {
        display: grid;
        gap: 1.1rem;
        width: min(27rem, 100%);
        margin: clamp(1rem, 8vh, 5rem) auto 0;
      }
      .sign-in h1 {
        font-size: 1.4rem;
      }
      .sign-in .button {
        justify-self: start;
      }
    `,
  ];

  @property() server = location.origin;
  @property() token = '';
  @state() private refused = '';
  @query('gridcast-admin-rooms') private rooms!: GridcastAdminRooms;
  @query('gridcast-admin-recordings') private recordings!: GridcastAdminRecordings;
  #api: { token: string; client: ApiClient } | undefined;

  override render(): TemplateResult {
    if (this.token === '') return this.#signIn();
    const api = this.#client();
    return html`<div
      class="page"
      @gridcast-unauthorized=${(event: CustomEvent<string>) => this.#refuse(event.detail)}
      @gridcast-changed=${this.#changed}
    >
      <div class="title">
        <h1>Administration</h1>
        <button class="button small" type="button" @click=${() => this.#setToken('')}>Sign out</button>
      </div>
      <gridcast-admin-rooms .api=${api}></gridcast-admin-rooms>
      <gridcast-admin-recordings .api=${api}></gridcast-admin-recordings>
      <gridcast-admin-health .api=${api}></gridcast-admin-health>
    </div>`;
  }

  #signIn(): TemplateResult {
    return html`<div class="page">
      <form class="card sign-in" @submit=${this.#submit}>
        <h1>Administration</h1>
        ${
          this.refused === ''
            ? html`<p class="muted">
                Enter the admin token. The server printed it, with a link to this page, when it first started.
              </p>`
            : html`<gridcast-notice tone="error" heading="This token does not hold">${this.refused}</gridcast-notice>`
        }
        <div class="field">
          <label for="token">Admin token</label>
          <input id="token" name="token" type="password" required autocomplete="off" />
        </div>
        <button class="button primary">Continue</button>
      </form>
    </div>`;
  }

  #client(): ApiClient {
    if (this.#api?.token !== this.token) {
      this.#api = { token: this.token, client: new ApiClient(this.server, this.token) };
    }
    return this.#api.client;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget as HTMLFormElement).get('token') ?? '').trim();
    this.refused = '';
    this.#setToken(token);
  }

  #refuse(reason: string): void {
    this.refused = reason;
    this.#setToken('');
  }

  #setToken(token: string): void {
    remember('session', ADMIN_TOKEN_KEY, token);
    this.token = token;
  }

  #changed(): void {
    this.rooms.refresh();
    this.recordings.refresh();
  }
}
