/** `<gridcast-admin-events>`: what happens on the server, newest first, and who is told of it. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { type AdminClient, sentenceOf } from '../admin-client.ts';
import type { Poller } from '../controllers/poller.ts';
import type { EventInfo, EventPersonInfo } from '../event-types.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { pollAsAdmin } from './admin-actions.ts';
import { adminStyles } from './admin-styles.ts';
import { adminTableStyles } from './admin-table-styles.ts';
import './admin-webhooks.ts';
import type { GridcastAdminWebhooks } from './admin-webhooks.ts';
import './notice.ts';

const REFRESH_MS = 3000;
/** Lines that are shown. */
const SHOWN = 100;
/** Events that are looked through for those of one kind. */
const LOOKED_THROUGH = 5000;
/** Beyond every number: the answer is empty, and tells the newest. */
const BEYOND = String(Number.MAX_SAFE_INTEGER);

const AREAS = [
  ['', 'Everything'],
  ['room.*,session.*', 'Rooms and sessions'],
  ['participant.*', 'People'],
  ['recording.*', 'Recordings'],
  ['webhook.*', 'Webhooks'],
] as const;

/** Sends `gridcast-unauthorized`. */
@customElement('gridcast-admin-events')
export class GridcastAdminEvents extends LitElement {
  static override styles = [
    inherited,
    buttons,
    surfaces,
    adminStyles,
    adminTableStyles,
    css`
      gridcast-admin-webhooks {
        margin-bottom: 1.6rem;
      }
      select {
        min-height: var(--gc-control);
        padding: 0.4rem 0.7rem;
        border: 1px solid var(--gc-line-strong);
        border-radius: var(--gc-radius-small);
        background: var(--gc-bg);
        color: var(--gc-text);
        font: inherit;
      }
      tbody th {
        width: 14rem;
        color: var(--gc-muted);
        font-variant-numeric: tabular-nums;
        font-weight: 400;
      }
      .what {
        font-weight: 600;
      }
      td:last-child {
        width: auto;
      }
    `,
  ];

  @property({ attribute: false }) api!: AdminClient;
  @state() private area = '';
  @query('gridcast-admin-webhooks') private webhooks!: GridcastAdminWebhooks | null;
  readonly #dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  #next: number | undefined;
  readonly #newest: Poller<readonly EventInfo[]> = pollAsAdmin(
    this,
    () => REFRESH_MS,
    (signal) => this.#read(signal),
  );

  override render(): TemplateResult {
    const { value, error } = this.#newest;
    return html`<section aria-labelledby="events">
      <div class="head"><h1 id="events" tabindex="-1">Events</h1></div>
      <gridcast-admin-webhooks .api=${this.api}></gridcast-admin-webhooks>
      <div class="head">
        <h2 id="log">What happened</h2>
        <select aria-label="Show" @change=${this.#choose}>
          ${AREAS.map(([area, words]) => html`<option value=${area} ?selected=${area === this.area}>${words}</option>`)}
        </select>
      </div>
      ${
        error === undefined
          ? nothing
          : html`<gridcast-notice tone="error" heading="The events cannot be shown">
              ${sentenceOf(error)}
              <button slot="actions" class="button small" type="button" @click=${() => this.#newest.refresh()}>Try again</button>
            </gridcast-notice>`
      }
      ${
        value
          ? this.#table(value)
          : error
            ? nothing
            : html`<p class="muted wait"><span class="spinner"></span> Loading the events…</p>`
      }
    </section>`;
  }

  /** Reads everything anew. */
  refresh(): void {
    this.#newest.refresh();
    this.webhooks?.refresh();
  }

  #table(events: readonly EventInfo[]): TemplateResult {
    if (events.length === 0) {
      return html`<div class="empty">
        <strong>Nothing yet</strong>
        <p class="muted">As soon as something happens in a room or with a recording, it stands here.</p>
      </div>`;
    }
    return html`<div class="table">
      <table aria-labelledby="log">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">Who</th>
            <th scope="col">Number</th>
          </tr>
        </thead>
        <tbody>
          ${events.map((event) => this.#row(event))}
        </tbody>
      </table>
    </div>`;
  }

  #row({ seq, at, type, room, actor, subject, data }: EventInfo): TemplateResult {
    const details = [...(room === undefined ? [] : [`room: ${room}`]), ...detailsOf(data)];
    return html`<tr>
      <th scope="row"><time datetime=${at}>${this.#dates.format(new Date(at))}</time></th>
      <td>
        <span class="what">${type}</span>
        ${details.length === 0 ? nothing : html`<br /><span class="muted">${details.join(', ')}</span>`}
      </td>
      <td>${whoOf(actor, subject)}</td>
      <td class="muted">${seq}</td>
    </tr>`;
  }

  readonly #choose = (event: Event): void => {
    this.area = (event.target as HTMLSelectElement).value;
    this.#next = undefined;
    this.#newest.refresh();
  };

  async #read(signal: AbortSignal): Promise<readonly EventInfo[]> {
    const chosen: Record<string, string> = this.area === '' ? {} : { type: this.area };
    const known = this.#next === undefined ? [] : (this.#newest.value ?? []);
    const after = this.#next ?? (await this.#start(signal));
    const page = await this.api.events({ ...chosen, after: String(after), limit: '1000' }, signal);
    this.#next = page.next;
    return [...page.items.toReversed(), ...known].slice(0, SHOWN);
  }

  async #start(signal: AbortSignal): Promise<number> {
    const { newest } = await this.api.events({ after: BEYOND, limit: '1' }, signal);
    return Math.max(0, newest - (this.area === '' ? SHOWN : LOOKED_THROUGH));
  }
}

function whoOf(actor: EventPersonInfo | undefined, subject: EventPersonInfo | undefined): string {
  if (!actor) return subject ? nameOf(subject) : '';
  return subject ? `${nameOf(actor)} → ${nameOf(subject)}` : nameOf(actor);
}

function nameOf({ id, name }: EventPersonInfo): string {
  return name === '' ? id : name;
}

/** As `name: value`. */
function detailsOf(data: EventInfo['data'] = {}): readonly string[] {
  return Object.entries(data).map(([name, value]) => {
    if (Array.isArray(value)) return `${name}: ${value.join(', ')}`;
    return `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`;
  });
}
