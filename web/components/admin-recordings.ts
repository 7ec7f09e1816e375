/** `<gridcast-admin-recordings>`: what was kept, how far its archive is, and the way to each. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AdminClient } from '../admin-client.ts';
import { reasonIn } from '../api-client.ts';
import type { RecordingInfo } from '../api-types.ts';
import { handsOn } from '../controllers/focus-heir.ts';
import { Poller } from '../controllers/poller.ts';
import { appendPage, type RecordingPages, refreshTop } from '../controllers/recording-pages.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { adminHref } from '../util/admin-route.ts';
import { pollAsAdmin, reportUnauthorized, runAction, runConfirmed } from './admin-actions.ts';
import './admin-worker-wait.ts';
import { askToDelete } from './admin-deletion.ts';
import './admin-filters.ts';
import { filterQuery, NO_FILTERS, type RecordingFilters } from './admin-filters.ts';
import { adminListStyles } from './admin-list-styles.ts';
import { failureNotice } from './admin-notices.ts';
import { recordingRow } from './admin-recording-row.ts';
import { adminStyles } from './admin-styles.ts';
import type { GridcastConfirmDialog } from './confirm-dialog.ts';
import './confirm-dialog.ts';
import { icons } from './icons.ts';
import './notice.ts';

const IDLE_MS = 5000;
const BUSY_MS = 1000;
const PAGE = 50;

/** Sends `gridcast-changed`, `gridcast-unauthorized`, and `gridcast-filters` when the reader wants others. */
@customElement('gridcast-admin-recordings')
export class GridcastAdminRecordings extends LitElement {
  static override styles = [inherited, buttons, surfaces, adminStyles, adminListStyles];

  @property({ attribute: false }) api!: AdminClient;
  @property({ attribute: false }) filters: RecordingFilters = NO_FILTERS;
  @state() busy = '';
  @state() failure: unknown;
  @state() private reading = false;
  @state() private asking = '';
  @state() private said = '';
  @query('gridcast-confirm-dialog') private confirm!: GridcastConfirmDialog;
  protected readonly rowFocus = new RowFocus(this, { rows: '.item', last: '#recordings' });
  readonly #words = new WordsUser<AdminKey>(this);
  #pages: RecordingPages | undefined;
  readonly #top = pollAsAdmin(
    this,
    () => this.#everyMs(),
    async (signal) => {
      const top = await this.api.recordings({ ...filterQuery(this.filters), limit: String(PAGE) }, signal);
      this.#pages = refreshTop(this.#pages, top);
    },
  );
  // Names for the filter; a server without rooms has none to offer.
  readonly #rooms = new Poller(
    this,
    () => 10 * IDLE_MS,
    async (signal) => (await this.api.rooms(signal)).items,
  );

  /** Asks the server now. */
  refresh(): void {
    this.#top.refresh();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated || !changed.has('filters')) return;
    this.#pages = undefined;
    this.#top.refresh();
  }

  override render(): TemplateResult {
    const { error } = this.#top;
    const { say } = this.#words.words;
    const pages = this.#pages;
    return html`<section aria-labelledby="recordings">
      <div class="head">
        <h1 id="recordings" tabindex="-1">${say('admin.recordings')}</h1>
        <a class="button small quiet trash" href=${adminHref('trash')}>${icons.trash} ${say('adminTrash.title')}</a>
      </div>
      <gridcast-admin-filters .value=${this.filters} .rooms=${this.#rooms.value ?? []}></gridcast-admin-filters>
      <div class="list">
        ${failureNotice(this.#words.words, say('admin.refused'), this.failure)}
        ${
          error === undefined
            ? nothing
            : html`<gridcast-notice tone="error" heading=${say('admin.stale')}>
                ${reasonIn(this.#words.words, error)} ${say('adminRecordings.failedAgain')}
                <button slot="actions" class="button small" type="button" @click=${() => this.refresh()}>
                  ${say('adminRecordings.ask')}
                </button>
              </gridcast-notice>`
        }
        ${
          pages?.items.some(({ state }) => state === 'archiving')
            ? html`<gridcast-admin-worker-wait .api=${this.api}></gridcast-admin-worker-wait>`
            : nothing
        }
        ${
          pages
            ? this.#list(pages.items)
            : error
              ? nothing
              : html`<p class="muted wait"><span class="spinner"></span> ${say('adminRecordings.loading')}</p>`
        }
        ${
          pages?.next === undefined
            ? nothing
            : html`<div class="actions more">
                <button
                  class="button"
                  type="button"
                  aria-disabled=${this.reading ? 'true' : 'false'}
                  @click=${() => void this.#more()}
                  ${handsOn()}
                >
                  ${say(this.reading ? 'adminRecordings.moreLoading' : 'adminRecordings.more')}
                </button>
              </div>`
        }
      </div>
      <span class="visually-hidden" role="status">${this.said}</span>
      <gridcast-confirm-dialog keep=${say('admin.keep')}></gridcast-confirm-dialog>
    </section>`;
  }

  #list(items: readonly RecordingInfo[]): unknown {
    if (items.length === 0) return this.#empty();
    const { words } = this.#words;
    const dates = this.#dates();
    return repeat(
      items,
      (recording) => recording.id,
      (recording) =>
        recordingRow(recording, {
          words,
          dates,
          api: this.api,
          busy: this.busy !== '',
          asking: this.asking,
          act: (id, request) => void runAction(this, id, request),
          remove: (one) => void this.#remove(one),
        }),
    );
  }

  #dates(): Intl.DateTimeFormat {
    return new Intl.DateTimeFormat(this.#words.words.dateLocale, { dateStyle: 'medium', timeStyle: 'short' });
  }

  #empty(): TemplateResult {
    const { say } = this.#words.words;
    if (Object.values(this.filters).some((part) => part !== '')) {
      return html`<div class="empty">
        <strong>${say('adminRecordings.noMatch')}</strong>
        <p class="muted">${say('adminRecordings.noMatchHint')}</p>
        <button class="button small" type="button" @click=${() => this.#want(NO_FILTERS)}>
          ${say('adminRecordings.all')}
        </button>
      </div>`;
    }
    return html`<div class="empty">
      <strong>${say('adminRecordings.none')}</strong>
      <p class="muted">${say('adminRecordings.noneHint')}</p>
      <a class="button small" href=${adminHref('rooms')}>${say('adminRecordings.rooms')}</a>
    </div>`;
  }

  #want(detail: RecordingFilters): void {
    this.dispatchEvent(new CustomEvent('gridcast-filters', { detail, bubbles: true, composed: true }));
  }

  async #more(): Promise<void> {
    const known = this.#pages;
    if (known?.next === undefined || this.reading) return;
    this.reading = true;
    this.failure = undefined;
    try {
      const query = { ...filterQuery(this.filters), limit: String(PAGE), cursor: known.next };
      const page = await this.api.recordings(query);
      // Another filter has been chosen meanwhile, or the top was read anew.
      if (this.#pages?.next === known.next) this.#pages = appendPage(this.#pages, page);
    } catch (error) {
      this.failure = error;
      reportUnauthorized(this, error);
    } finally {
      this.reading = false;
    }
  }

  async #remove(recording: RecordingInfo): Promise<void> {
    if (this.asking !== '') return;
    const { api, confirm } = this;
    const { id, title } = recording;
    Object.assign(this, { asking: id, said: '' });
    try {
      const host = { api, confirm, words: this.#words.words, dates: this.#dates() };
      const agreed = await askToDelete(recording, host).finally(() => {
        this.asking = '';
      });
      if (!agreed) return;
      await runConfirmed(this, id, async () => {
        await agreed();
        this.said = this.#words.say('adminRecordings.deleted', { title });
      });
    } catch (error) {
      this.failure = error;
      reportUnauthorized(this, error);
    }
  }

  #everyMs(): number {
    const moving = this.#pages?.items.some(({ state }) => state === 'recording' || state === 'archiving');
    return moving ? BUSY_MS : IDLE_MS;
  }
}
