/** `<gridcast-admin-health>`: what the server says of itself. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ApiClient } from '../api-client.ts';
import type { HealthCheck } from '../api-types.ts';
import { Poller } from '../controllers/poller.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { checkDetail, checkName } from '../util/check-words.ts';
import { failureNotice } from './admin-notices.ts';
import { adminStyles } from './admin-styles.ts';
import { icons } from './icons.ts';

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
  readonly #words = new WordsUser<AdminKey>(this);
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
        <h2 id="health">${this.#words.say('adminHealth.title')}</h2>
        ${
          value && !error
            ? html`<span class="badge ${bad === 0 ? 'good' : 'bad'}"
                >${bad === 0 ? this.#words.say('adminHealth.allWell') : this.#words.say('adminHealth.bad', { count: bad })}</span
              >`
            : nothing
        }
      </div>
      <div class="list">
        ${failureNotice(this.#words.words, this.#words.say('adminHealth.failed'), error)}
        ${
          checks.length === 0
            ? nothing
            : html`<ul class="item checks">
                ${checks.map(([name, check]) => this.#check(name, check))}
              </ul>`
        }
      </div>
    </section>`;
  }

  #check(name: string, check: HealthCheck): TemplateResult {
    const shown = checkName(name, this.#words.words);
    return html`<li class=${check.ok ? '' : 'bad'}>
      <span class="sign">${check.ok ? icons.check : icons.warning}</span>
      <span class="check">
        <span aria-hidden="true">${shown}</span>
        <span class="visually-hidden">${this.#words.say(check.ok ? 'adminHealth.well' : 'adminHealth.ill', { check: shown })}</span>
      </span>
      <span class="detail muted">${checkDetail(check, this.#words.words)}</span>
    </li>`;
  }
}
