/** `<gridcast-admin-health>`: what the server says of itself. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { sentenceOf } from '../admin-client.ts';
import type { ApiClient } from '../api-client.ts';
import { Poller } from '../controllers/poller.ts';
import { surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { adminStyles } from './admin-styles.ts';
import { icons } from './icons.ts';
import './notice.ts';

const REFRESH_MS = 10_000;

/** Asks `/readyz` every 10 s. */
@customElement('gridcast-admin-health')
export class GridcastAdminHealth extends LitElement {
  static override styles = [
    inherited,
    surfaces,
    adminStyles,
    css`
      li {
        display: grid;
        grid-template-columns: auto minmax(6rem, auto) 1fr;
        gap: 0.2rem 0.9rem;
        align-items: center;
        padding: 0.7rem 1.2rem;
      }
      li + li {
        border-top: 1px solid var(--gc-line);
      }
      .checks {
        gap: 0;
        padding: 0;
        overflow: hidden;
      }
      .sign {
        display: flex;
        color: var(--gc-accent);
      }
      .bad .sign {
        color: var(--gc-danger);
      }
      .check {
        font-weight: 600;
        text-transform: capitalize;
      }
      .detail {
        overflow-wrap: anywhere;
      }
      @media (max-width: 35.99rem) {
        .detail {
          grid-column: 2 / -1;
        }
      }
    `,
  ];

  @property({ attribute: false }) api!: ApiClient;
  readonly #health = new Poller(
    this,
    () => REFRESH_MS,
    (signal) => this.api.health(signal),
  );

  override render(): TemplateResult {
    const { value, error } = this.#health;
    const checks = Object.entries(value ?? {});
    const bad = checks.filter(([, check]) => !check.ok).length;
    return html`<section aria-labelledby="health">
      <div class="head">
        <h2 id="health">Health</h2>
        ${
          value && !error
            ? html`<span class="badge ${bad === 0 ? 'good' : 'bad'}">${bad === 0 ? 'All well' : `${bad} to look at`}</span>`
            : nothing
        }
      </div>
      <div class="list">
        ${
          error === undefined
            ? nothing
            : html`<gridcast-notice tone="error" heading="The server does not say how it is">${sentenceOf(error)}</gridcast-notice>`
        }
        ${
          checks.length === 0
            ? nothing
            : html`<ul class="item checks">
                ${checks.map(
                  ([name, { ok, detail }]) => html`<li class=${ok ? '' : 'bad'}>
                    <span class="sign">${ok ? icons.check : icons.warning}</span>
                    <span class="check">${name}<span class="visually-hidden">: ${ok ? 'well' : 'needs a look'}</span></span>
                    <span class="detail muted">${detail}</span>
                  </li>`,
                )}
              </ul>`
        }
      </div>
    </section>`;
  }
}
