/** `<gridcast-admin-events>`: what happens on the server, newest first, and who is told of it. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { AdminClient } from '../admin-client.ts';
import type { Poller } from '../controllers/poller.ts';
import type { EventInfo, EventPersonInfo } from '../event-types.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { pollAsAdmin } from './admin-actions.ts';
import { adminStyles } from './admin-styles.ts';
import { adminLogStyles, adminTableStyles } from './admin-table-styles.ts';
import { emptyTable, logDates, logRow, tableOf, whenRead } from './admin-table.ts';
import './admin-webhooks.ts';
import type { GridcastAdminWebhooks } from './admin-webhooks.ts';

const REFRESH_MS = 3000;
/** Lines that are shown. */
const SHOWN = 100;
/** Events that are looked through for those of one kind. */
const LOOKED_THROUGH = 5000;
/** Beyond every number: the answer is empty, and tells the newest. */
const BEYOND = String(Number.MAX_SAFE_INTEGER);

const AREAS = [
  ['', 'adminEvents.everything'],
  ['room.*,session.*', 'adminEvents.rooms'],
  ['participant.*', 'admin.people'],
  ['chat.*', 'chat.title'],
  ['file.*', 'files.title'],
  ['call.*', 'history.title'],
  ['recording.*', 'admin.recordings'],
  ['user.*,invite.*', 'adminEvents.accounts'],
  ['webhook.*', 'adminEvents.webhooks'],
] as const satisfies readonly (readonly [types: string, key: AdminKey])[];

/** Sends `gridcast-unauthorized`. */
@customElement('gridcast-admin-events')
export class GridcastAdminEvents extends LitElement {
  static override styles = [
    inherited,
    buttons,
    surfaces,
    adminStyles,
    adminTableStyles,
    adminLogStyles,
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
    `,
  ];

  @property({ attribute: false }) api!: AdminClient;
  @state() private area = '';
  @query('gridcast-admin-webhooks') private webhooks!: GridcastAdminWebhooks | null;
  readonly #words = new WordsUser<AdminKey>(this);
  #next: number | undefined;
  readonly #newest: Poller<readonly EventInfo[]> = pollAsAdmin(
    this,
    () => REFRESH_MS,
    (signal) => this.#read(signal),
  );

  override render(): TemplateResult {
    const said = { failed: this.#words.say('adminEvents.failed'), loading: this.#words.say('adminEvents.loading') };
    return html`<section aria-labelledby="events">
      <div class="head"><h1 id="events" tabindex="-1">${this.#words.say('admin.events')}</h1></div>
      <gridcast-admin-webhooks .api=${this.api}></gridcast-admin-webhooks>
      <div class="head">
        <h2 id="log">${this.#words.say('adminEvents.log')}</h2>
        <select aria-label=${this.#words.say('adminEvents.show')} @change=${this.#choose}>
          ${AREAS.map(
            ([area, key]) =>
              html`<option value=${area} ?selected=${area === this.area}>${this.#words.say(key)}</option>`,
          )}
        </select>
      </div>
      ${whenRead(this.#words.words, said, this.#newest, (events) => this.#table(events))}
    </section>`;
  }

  /** Reads everything anew. */
  refresh(): void {
    this.#newest.refresh();
    this.webhooks?.refresh();
  }

  #table(events: readonly EventInfo[]): TemplateResult {
    const { words } = this.#words;
    if (events.length === 0) return emptyTable(words.say('adminEvents.none'), words.say('adminEvents.noneHint'));
    const heads = ['adminEvents.when', 'adminEvents.what', 'adminEvents.who', 'adminEvents.number'] as const;
    const dates = logDates(words);
    return tableOf(
      heads.map((key) => words.say(key)),
      events.map((event) => rowOf(event, dates)),
      'log',
    );
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

/** Types and data are told as a webhook gets them. */
function rowOf({ seq, at, type, room, actor, subject, data }: EventInfo, dates: Intl.DateTimeFormat): TemplateResult {
  const details = [...(room === undefined ? [] : [`room: ${room}`]), ...detailsOf(data)];
  return logRow(
    { at, what: type, details },
    dates,
    html`<td>${whoOf(actor, subject)}</td>
      <td class="muted">${seq}</td>`,
  );
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
