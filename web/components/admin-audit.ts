/** `<gridcast-admin-audit>`: who did what with recordings, newest first. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AdminClient } from '../admin-client.ts';
import { handsOn } from '../controllers/focus-heir.ts';
import type { Poller } from '../controllers/poller.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import type { AuditEntry } from '../recording-types.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { adminHref } from '../util/admin-route.ts';
import { formatBytes } from '../util/format.ts';
import { ownValue } from '../util/own-value.ts';
import { pollAsAdmin, reportUnauthorized } from './admin-actions.ts';
import { adminStyles } from './admin-styles.ts';
import { adminLogStyles, adminTableStyles } from './admin-table-styles.ts';
import { emptyTable, logDates, logRow, tableOf, whenRead } from './admin-table.ts';

const REFRESH_MS = 30_000;
const PAGE = 100;

const ACTIONS = {
  download: 'auditAction.download',
  rename: 'auditAction.rename',
  trash: 'auditAction.trash',
  restore: 'auditAction.restore',
  delete: 'auditAction.delete',
  share_made: 'auditAction.share_made',
  share_revoked: 'auditAction.share_revoked',
  share_used: 'auditAction.share_used',
  render: 'auditAction.render',
  clip_saved: 'auditAction.clip_saved',
  retention_delete: 'auditAction.retention_delete',
  settings: 'auditAction.settings',
} as const satisfies Readonly<Record<string, AdminKey>>;
const DETAILS = {
  room: 'auditDetail.room',
  address: 'auditDetail.address',
  file: 'auditDetail.file',
  title: 'auditDetail.title',
  before: 'auditDetail.before',
  share: 'auditDetail.share',
  expires: 'auditDetail.expires',
  render: 'auditDetail.render',
  clip: 'auditDetail.clip',
  format: 'auditDetail.format',
  reason: 'auditDetail.reason',
  bytes: 'auditDetail.bytes',
} as const satisfies Readonly<Record<string, AdminKey>>;

/** Sends `gridcast-unauthorized`. */
@customElement('gridcast-admin-audit')
export class GridcastAdminAudit extends LitElement {
  static override styles = [
    inherited,
    buttons,
    surfaces,
    adminStyles,
    adminTableStyles,
    adminLogStyles,
    css`
      td a {
        color: inherit;
        text-underline-offset: 3px;
      }
      .more {
        justify-content: center;
        margin-top: 1rem;
      }
    `,
  ];

  @property({ attribute: false }) api!: AdminClient;
  @state() private reading = false;
  @state() private failure: unknown;
  readonly #words = new WordsUser<AdminKey>(this);
  @state() private older: readonly AuditEntry[] = [];
  #next: string | undefined;
  readonly #newest: Poller<readonly AuditEntry[]> = pollAsAdmin(
    this,
    () => REFRESH_MS,
    async (signal) => {
      const page = await this.api.audit({ limit: String(PAGE) }, signal);
      // With older lines on the page the newest stay as they are, so that nothing between them is missed.
      if (this.older.length > 0) return this.#newest.value ?? page.items;
      this.#next = page.next;
      return page.items;
    },
  );

  override render(): TemplateResult {
    const { value, error } = this.#newest;
    const said = { failed: this.#words.say('adminAudit.failed'), loading: this.#words.say('adminAudit.loading') };
    const source = { value, error: this.failure ?? error, refresh: () => this.#newest.refresh() };
    return html`<section aria-labelledby="audit">
      <div class="head"><h1 id="audit" tabindex="-1">${this.#words.say('admin.audit')}</h1></div>
      <p class="muted intro">${this.#words.say('adminAudit.intro')}</p>
      ${whenRead(this.#words.words, said, source, (newest) => this.#table([...newest, ...this.older]))}
      ${
        value && this.#next !== undefined
          ? html`<div class="actions more">
              <button
                  class="button"
                  type="button"
                  aria-disabled=${this.reading ? 'true' : 'false'}
                  @click=${() => void this.#more()}
                  ${handsOn()}
                >
                ${this.#words.say(this.reading ? 'adminAudit.moreLoading' : 'adminAudit.more')}
              </button>
            </div>`
          : nothing
      }
    </section>`;
  }

  #table(entries: readonly AuditEntry[]): TemplateResult {
    const { words } = this.#words;
    if (entries.length === 0) return emptyTable(words.say('adminAudit.none'), words.say('adminAudit.noneHint'));
    const heads = ['adminAudit.when', 'adminAudit.what', 'adminAudit.who', 'adminAudit.recording'] as const;
    const dates = logDates(words);
    return tableOf(
      heads.map((key) => words.say(key)),
      entries.map((entry) => this.#row(entry, dates)),
    );
  }

  #row(entry: AuditEntry, dates: Intl.DateTimeFormat): TemplateResult {
    const { at, who, action, recording } = entry;
    const done = ownValue(ACTIONS, action);
    const what = done === undefined ? action : this.#words.say(done);
    return logRow(
      { at, what, details: this.#details(entry, dates) },
      dates,
      html`<td>${who}</td>
        <td>${recording === undefined ? '' : html`<a href=${adminHref('recordings', recording)}>${recording}</a>`}</td>`,
    );
  }

  /** What else an entry tells; what has no words here, settings among it, as `name: value`. */
  #details({ room, address, detail }: AuditEntry, dates: Intl.DateTimeFormat): readonly string[] {
    const all: Readonly<Record<string, string | number | boolean | undefined>> = { room, address, ...detail };
    const { watchPage, ...others } = all;
    const told = Object.entries(others).flatMap(([name, value]) => {
      if (value === undefined) return [];
      const key = ownValue(DETAILS, name);
      return [
        key === undefined ? `${name}: ${value}` : this.#words.say(key, { value: this.#value(name, value, dates) }),
      ];
    });
    return watchPage === true ? [...told, this.#words.say('auditDetail.watchPage')] : told;
  }

  #value(name: string, value: string | number | boolean, dates: Intl.DateTimeFormat): string | number {
    if (name === 'bytes' && typeof value === 'number') return formatBytes(value, this.#words.words.locale);
    if (name !== 'expires') return typeof value === 'number' ? value : String(value);
    const at = new Date(String(value));
    return Number.isNaN(at.getTime()) ? String(value) : dates.format(at);
  }

  async #more(): Promise<void> {
    if (this.#next === undefined || this.reading) return;
    this.reading = true;
    this.failure = undefined;
    try {
      const page = await this.api.audit({ limit: String(PAGE), cursor: this.#next });
      this.older = [...this.older, ...page.items];
      this.#next = page.next;
    } catch (error) {
      this.failure = error;
      reportUnauthorized(this, error);
    } finally {
      this.reading = false;
    }
  }
}
