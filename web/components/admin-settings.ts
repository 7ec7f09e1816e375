/** `<gridcast-admin-settings>`: what the server was told, and where each value comes from. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type AdminClient, sentenceOf } from '../admin-client.ts';
import type { SettingInfo } from '../recording-types.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { pollAsAdmin } from './admin-actions.ts';
import { adminStyles } from './admin-styles.ts';
import { adminTableStyles } from './admin-table-styles.ts';
import './notice.ts';

const REFRESH_MS = 60_000;
const ORIGINS = { default: 'Default', file: 'File', environment: 'Environment' } as const;

/** Sends `gridcast-unauthorized`. */
@customElement('gridcast-admin-settings')
export class GridcastAdminSettings extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    surfaces,
    adminStyles,
    adminTableStyles,
    css`
      .tools {
        display: flex;
        flex-wrap: wrap;
        gap: 0.6rem 1.2rem;
        align-items: center;
        margin-bottom: 1rem;
      }
      .tools input[type='search'] {
        flex: 1 1 14rem;
        max-width: 26rem;
      }
      .tools label {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        min-height: 44px;
        cursor: pointer;
      }
      .tools input[type='checkbox'] {
        width: 20px;
        height: 20px;
        margin: 0;
        accent-color: var(--gc-accent);
      }
      .unset {
        color: var(--gc-muted);
        font-style: italic;
      }
    `,
  ];

  @property({ attribute: false }) api!: AdminClient;
  @state() private words = '';
  @state() private changedOnly = false;
  readonly #settings = pollAsAdmin(
    this,
    () => REFRESH_MS,
    (signal) => this.api.settings(signal),
  );

  override render(): TemplateResult {
    const { value, error } = this.#settings;
    return html`<section aria-labelledby="settings">
      <div class="head"><h1 id="settings" tabindex="-1">Settings</h1></div>
      <p class="muted intro">
        What this server runs with. Settings are changed in its configuration file or its environment, and hold from the next
        start on; config.example.yml explains each of them.
      </p>
      ${
        error === undefined
          ? nothing
          : html`<gridcast-notice tone="error" heading="The settings cannot be shown">
              ${sentenceOf(error)}
              <button slot="actions" class="button small" type="button" @click=${() => this.#settings.refresh()}>Try again</button>
            </gridcast-notice>`
      }
      ${
        value
          ? this.#table(value)
          : error
            ? nothing
            : html`<p class="muted wait"><span class="spinner"></span> Loading the settings…</p>`
      }
    </section>`;
  }

  #table(all: readonly SettingInfo[]): TemplateResult {
    const words = this.words.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = all.filter(
      ({ key, value, origin }) =>
        (!this.changedOnly || origin !== 'default') &&
        words.every((word) => `${key} ${String(value)}`.toLowerCase().includes(word)),
    );
    return html`<div class="tools" role="search">
        <input
          type="search"
          aria-label="Search the settings"
          placeholder="Search the settings"
          .value=${this.words}
          @input=${(event: InputEvent) => {
            this.words = (event.target as HTMLInputElement).value;
          }}
        />
        <label>
          <input
            type="checkbox"
            .checked=${this.changedOnly}
            @change=${(event: Event) => {
              this.changedOnly = (event.target as HTMLInputElement).checked;
            }}
          />
          Only those that were set
        </label>
      </div>
      ${
        shown.length === 0
          ? html`<div class="empty">
              <strong>No setting fits</strong>
              <p class="muted">Search for other words${this.changedOnly ? ', or show the defaults, too' : ''}.</p>
            </div>`
          : html`<div class="table">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Setting</th>
                    <th scope="col">Value</th>
                    <th scope="col">From</th>
                  </tr>
                </thead>
                <tbody>
                  ${shown.map((setting) => this.#row(setting))}
                </tbody>
              </table>
            </div>`
      }`;
  }

  #row({ key, value, origin, secret }: SettingInfo): TemplateResult {
    const group = key.slice(0, key.lastIndexOf('.') + 1);
    return html`<tr>
      <th scope="row"><span class="muted">${group}</span>${key.slice(group.length)}</th>
      <td class="value">
        ${
          value === null || value === '' || (Array.isArray(value) && value.length === 0)
            ? html`<span class="unset">not set</span>`
            : secret === true
              ? html`<span class="unset">set, and not shown</span>`
              : Array.isArray(value)
                ? value.join(', ')
                : String(value)
        }
      </td>
      <td><span class="badge ${origin === 'default' ? '' : 'good'}">${ORIGINS[origin]}</span></td>
    </tr>`;
  }
}
