/** `<gridcast-admin-settings>`: what the server was told, and where each value comes from. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AdminClient } from '../admin-client.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import type { SettingInfo } from '../recording-types.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { pollAsAdmin } from './admin-actions.ts';
import { adminStyles } from './admin-styles.ts';
import { adminTableStyles } from './admin-table-styles.ts';
import { emptyTable, tableOf, whenRead } from './admin-table.ts';

const REFRESH_MS = 60_000;
/** Where every setting is explained. */
const EXPLAINED = 'config.example.yml';

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
  @state() private wanted = '';
  @state() private changedOnly = false;
  readonly #words = new WordsUser<AdminKey>(this);
  readonly #settings = pollAsAdmin(
    this,
    () => REFRESH_MS,
    (signal) => this.api.settings(signal),
  );

  override render(): TemplateResult {
    const said = { failed: this.#words.say('adminSettings.failed'), loading: this.#words.say('adminSettings.loading') };
    return html`<section aria-labelledby="settings">
      <div class="head"><h1 id="settings" tabindex="-1">${this.#words.say('admin.settings')}</h1></div>
      <p class="muted intro">${this.#words.say('adminSettings.intro', { file: EXPLAINED })}</p>
      ${whenRead(this.#words.words, said, this.#settings, (all) => this.#table(all))}
    </section>`;
  }

  #table(all: readonly SettingInfo[]): TemplateResult {
    const words = this.wanted.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = all.filter(
      ({ key, value, origin }) =>
        (!this.changedOnly || origin !== 'default') &&
        words.every((word) => `${key} ${String(value)}`.toLowerCase().includes(word)),
    );
    return html`<div class="tools" role="search">
        <input
          type="search"
          aria-label=${this.#words.say('adminSettings.search')}
          placeholder=${this.#words.say('adminSettings.search')}
          .value=${this.wanted}
          @input=${(event: InputEvent) => {
            this.wanted = (event.target as HTMLInputElement).value;
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
          ${this.#words.say('adminSettings.changedOnly')}
        </label>
      </div>
      ${
        shown.length === 0
          ? emptyTable(
              this.#words.say('adminSettings.noMatch'),
              this.#words.say(this.changedOnly ? 'adminSettings.noMatchSet' : 'adminSettings.noMatchHint'),
            )
          : tableOf(
              [
                this.#words.say('adminSettings.setting'),
                this.#words.say('adminSettings.value'),
                this.#words.say('adminSettings.from'),
              ],
              shown.map((setting) => this.#row(setting)),
            )
      }`;
  }

  #row({ key, value, origin, secret }: SettingInfo): TemplateResult {
    const group = key.slice(0, key.lastIndexOf('.') + 1);
    return html`<tr>
      <th scope="row"><span class="muted">${group}</span>${key.slice(group.length)}</th>
      <td class="value">
        ${
          value === null || value === '' || (Array.isArray(value) && value.length === 0)
            ? html`<span class="unset">${this.#words.say('adminSettings.unset')}</span>`
            : secret === true
              ? html`<span class="unset">${this.#words.say('adminSettings.secret')}</span>`
              : Array.isArray(value)
                ? value.join(', ')
                : String(value)
        }
      </td>
      <td><span class="badge ${origin === 'default' ? '' : 'good'}">${this.#words.say(`adminSettings.${origin}`)}</span></td>
    </tr>`;
  }
}
