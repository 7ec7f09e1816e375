/** `<gridcast-admin-audit>`: who did what with recordings, newest first. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type AdminClient, sentenceOf } from '../admin-client.ts';
import type { Poller } from '../controllers/poller.ts';
import type { AuditEntry } from '../recording-types.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { adminHref } from '../util/admin-route.ts';
import { pollAsAdmin, reportUnauthorized } from './admin-actions.ts';
import { adminStyles } from './admin-styles.ts';
import { adminTableStyles } from './admin-table-styles.ts';
import './notice.ts';

const REFRESH_MS = 30_000;
const PAGE = 100;

const ACTIONS: Readonly<Record<string, string>> = {
  download: 'Downloaded',
  delete: 'Deleted',
  share_made: 'Made a share link',
  share_revoked: 'Took a share link back',
  share_used: 'Opened a share link',
  render: 'Rendered again',
  retention_delete: 'Deleted by a retention rule',
  settings: 'Changed settings',
};

/** Sends `gridcast-unauthorized`. */
@customElement('gridcast-admin-audit')
export class GridcastAdminAudit extends LitElement {
  static override styles = [
    inherited,
    buttons,
    surfaces,
    adminStyles,
    adminTableStyles,
    css`
      tbody th {
        width: 13rem;
        color: var(--gc-muted);
        font-variant-numeric: tabular-nums;
        font-weight: 400;
      }
      td:last-child {
        width: auto;
      }
      td a {
        color: inherit;
        text-underline-offset: 3px;
      }
      .what {
        font-weight: 600;
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
  readonly #dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
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
    const thrown = this.failure ?? error;
    const problem = thrown === undefined ? '' : sentenceOf(thrown);
    return html`<section aria-labelledby="audit">
      <div class="head"><h1 id="audit" tabindex="-1">Audit log</h1></div>
      <p class="muted intro">Who downloaded, shared, rendered and deleted recordings. Nobody can change it from here.</p>
      ${
        problem === ''
          ? nothing
          : html`<gridcast-notice tone="error" heading="The audit log cannot be shown">
              ${problem}
              <button slot="actions" class="button small" type="button" @click=${() => this.#newest.refresh()}>Try again</button>
            </gridcast-notice>`
      }
      ${
        value
          ? this.#table([...value, ...this.older])
          : error
            ? nothing
            : html`<p class="muted wait"><span class="spinner"></span> Loading the audit log…</p>`
      }
      ${
        value && this.#next !== undefined
          ? html`<div class="actions more">
              <button class="button" type="button" ?disabled=${this.reading} @click=${() => void this.#more()}>
                ${this.reading ? 'Loading…' : 'Show older lines'}
              </button>
            </div>`
          : nothing
      }
    </section>`;
  }

  #table(entries: readonly AuditEntry[]): TemplateResult {
    if (entries.length === 0) {
      return html`<div class="empty">
        <strong>Nothing yet</strong>
        <p class="muted">As soon as a recording is downloaded, shared, rendered or deleted, it stands here.</p>
      </div>`;
    }
    return html`<div class="table">
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">Who</th>
            <th scope="col">Recording</th>
          </tr>
        </thead>
        <tbody>
          ${entries.map((entry) => this.#row(entry))}
        </tbody>
      </table>
    </div>`;
  }

  #row(entry: AuditEntry): TemplateResult {
    const { at, who, action, recording } = entry;
    const details = detailsOf(entry);
    return html`<tr>
      <th scope="row"><time datetime=${at}>${this.#dates.format(new Date(at))}</time></th>
      <td>
        <span class="what">${ACTIONS[action] ?? action.replaceAll(/[._-]/g, ' ')}</span>
        ${details.length === 0 ? nothing : html`<br /><span class="muted">${details.join(', ')}</span>`}
      </td>
      <td>${who}</td>
      <td>${recording === undefined ? '' : html`<a href=${adminHref('recordings', recording)}>${recording}</a>`}</td>
    </tr>`;
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

/** What else an entry tells, as `name: value`. */
function detailsOf({ room, address, detail }: AuditEntry): readonly string[] {
  const all = { room, from: address, ...detail };
  return Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
}
