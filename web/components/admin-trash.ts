/** `<gridcast-admin-trash>`: recordings that were deleted, until they are gone for good. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { TrashedRecording } from '../../src/client/types.ts';
import type { AdminClient } from '../admin-client.ts';
import { handsOn } from '../controllers/focus-heir.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { adminHref } from '../util/admin-route.ts';
import { formatBytes, formatDuration } from '../util/format.ts';
import { pollAsAdmin, runAction, runConfirmed } from './admin-actions.ts';
import { clipsStay } from './admin-deletion.ts';
import { adminListStyles } from './admin-list-styles.ts';
import { failureNotice } from './admin-notices.ts';
import { adminStyles } from './admin-styles.ts';
import type { GridcastConfirmDialog } from './confirm-dialog.ts';
import './confirm-dialog.ts';
import { icons } from './icons.ts';
import './notice.ts';

const REFRESH_MS = 15_000;
const PAGE = 100;

/** What is shown of the trash. */
interface Shown {
  readonly items: readonly TrashedRecording[];
  readonly isAll: boolean;
  readonly days: number;
}

/** Sends `gridcast-changed` and `gridcast-unauthorized`. */
@customElement('gridcast-admin-trash')
export class GridcastAdminTrash extends LitElement {
  static override styles = [inherited, buttons, surfaces, adminStyles, adminListStyles];

  @property({ attribute: false }) api!: AdminClient;
  @state() busy = '';
  @state() failure: unknown;
  @state() private said = '';
  @query('gridcast-confirm-dialog') private confirm!: GridcastConfirmDialog;
  protected readonly rowFocus = new RowFocus(this, { rows: '.item', last: '#trash' });
  readonly #words = new WordsUser<AdminKey>(this);
  #pages = 1;
  readonly #look = pollAsAdmin(
    this,
    () => REFRESH_MS,
    (signal) => this.#read(signal),
  );

  /** Asks the server now. */
  refresh(): void {
    this.#look.refresh();
  }

  override render(): TemplateResult {
    const { words } = this.#words;
    const { say } = words;
    const { value, error } = this.#look;
    return html`<section aria-labelledby="trash">
      <div class="head">
        <h1 id="trash" tabindex="-1">${say('adminTrash.title')}</h1>
        <a class="button small" href=${adminHref('recordings')}>${icons.back} ${say('adminRecording.back')}</a>
      </div>
      <div class="list">
        ${failureNotice(words, say('admin.refused'), this.failure)}
        ${failureNotice(words, say('admin.stale'), error, () => this.refresh())}
        ${
          value
            ? this.#list(value)
            : error === undefined
              ? html`<p class="muted wait"><span class="spinner"></span> ${say('adminTrash.loading')}</p>`
              : nothing
        }
      </div>
      <span class="visually-hidden" role="status">${this.said}</span>
      <gridcast-confirm-dialog keep=${say('admin.keep')}></gridcast-confirm-dialog>
    </section>`;
  }

  #list({ items, isAll, days }: Shown): TemplateResult {
    const { say } = this.#words.words;
    if (items.length === 0) {
      return html`<div class="empty">
        <strong>${say('adminTrash.none')}</strong>
        <p class="muted">${days === 0 ? say('adminTrash.off') : say('adminTrash.noneHint', { count: days })}</p>
      </div>`;
    }
    const { dateLocale } = this.#words.words;
    const dates = new Intl.DateTimeFormat(dateLocale, { dateStyle: 'medium', timeStyle: 'short' });
    return html`<p class="muted">${say('adminTrash.intro')}</p>
      ${repeat(
        items,
        ({ id }) => id,
        (one) => this.#row(one, dates),
      )}
      ${
        isAll
          ? nothing
          : html`<div class="actions more">
              <button class="button" type="button" @click=${this.#more} ${handsOn()}>${say('adminRecordings.more')}</button>
            </div>`
      }`;
  }

  #row(one: TrashedRecording, dates: Intl.DateTimeFormat): TemplateResult {
    const { title, room, startedAt, duration, size, trashedAt, deletesAt } = one;
    const { say, locale } = this.#words.words;
    const date = (time: string): string => dates.format(new Date(time));
    const busy = this.busy === '' ? 'false' : 'true';
    return html`<article class="item">
      <div class="about">
        <h2><bdi>${title}</bdi></h2>
        <p class="facts">
          ${date(startedAt)} · ${room} · ${formatDuration(duration)}
          ${size === undefined ? nothing : html` · ${formatBytes(size, locale)}`}
        </p>
        <p class="facts">${say('adminTrash.until', { deleted: date(trashedAt), until: date(deletesAt) })}</p>
      </div>
      <div class="actions">
        <button
          class="button small"
          type="button"
          aria-label=${say('adminTrash.restoreName', { title })}
          aria-disabled=${busy}
          @click=${() => void this.#restore(one)}
        >
          ${icons.retry} ${say('adminTrash.restore')}
        </button>
        <button
          class="button small quiet"
          type="button"
          aria-label=${say('adminTrash.forGoodName', { title })}
          @click=${() => void this.#remove(one)}
        >
          ${icons.trash} ${say('adminTrash.forGood')}
        </button>
      </div>
    </article>`;
  }

  async #read(signal: AbortSignal): Promise<Shown> {
    const items: TrashedRecording[] = [];
    let cursor: string | undefined;
    let days = 0;
    for (let page = 0; page < this.#pages; page += 1) {
      const read = await this.api.trash({ limit: PAGE, ...(cursor !== undefined && { cursor }) }, signal);
      items.push(...read.items);
      ({ days, next: cursor } = read);
      if (cursor === undefined) break;
    }
    return { items, isAll: cursor === undefined, days };
  }

  readonly #more = (): void => {
    this.#pages += 1;
    this.refresh();
  };

  async #restore({ id, title }: TrashedRecording): Promise<void> {
    this.said = '';
    await runAction(this, id, async () => {
      await this.api.restoreRecording(id);
      this.said = this.#words.say('adminTrash.restored', { title });
    });
  }

  async #remove(recording: TrashedRecording): Promise<void> {
    const { id, title, startedAt, duration } = recording;
    const { words } = this.#words;
    const { say, dateLocale } = words;
    // Without it the question can be answered, too.
    const clips = await clipsStay(this.api, words, recording).catch(() => '');
    const dates = new Intl.DateTimeFormat(dateLocale, { dateStyle: 'medium', timeStyle: 'short' });
    const agreed = await this.confirm.ask({
      heading: say('adminTrash.forGoodTitle', { title }),
      text:
        say('adminRecordings.deleteAll', {
          date: dates.format(new Date(startedAt)),
          length: formatDuration(duration),
        }) + clips,
      action: say('adminTrash.forGood'),
    });
    if (!agreed) return;
    this.said = '';
    await runConfirmed(this, id, async () => {
      await this.api.removeTrashed(id);
      this.said = this.#words.say('adminTrash.gone', { title });
    });
  }
}
