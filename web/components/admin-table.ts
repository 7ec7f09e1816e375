/** What the views of the admin page that are tables have in common. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Poller } from '../controllers/poller.ts';
import type { AdminKey } from '../i18n/message.ts';
import type { Words } from '../i18n/words.ts';
import { failureNotice } from './admin-notices.ts';

/** What has been read so far, and how to read it again. */
export type TableSource<Value> = Pick<Poller<Value>, 'value' | 'error' | 'refresh'>;

/** The table of what was read; until then, that it is being read, or why it could not be. */
export function whenRead<Value>(
  words: Words<AdminKey>,
  said: { readonly failed: string; readonly loading: string },
  source: TableSource<Value>,
  table: (value: Value) => TemplateResult,
): TemplateResult {
  const { value, error } = source;
  return html`${failureNotice(words, said.failed, error, () => source.refresh())}
  ${
    value !== undefined
      ? table(value)
      : error !== undefined
        ? nothing
        : html`<p class="muted wait"><span class="spinner"></span> ${said.loading}</p>`
  }`;
}

/** In the place of a table without rows. */
export function emptyTable(title: string, hint: string): TemplateResult {
  return html`<div class="empty">
    <strong>${title}</strong>
    <p class="muted">${hint}</p>
  </div>`;
}

/** @param labelledBy id of a heading; by default the page's own says what the table is about */
export function tableOf(
  heads: readonly string[],
  rows: readonly TemplateResult[],
  labelledBy?: string,
): TemplateResult {
  return html`<div class="table">
    <table aria-labelledby=${labelledBy ?? nothing}>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** How the times of a log are written. */
export function logDates({ dateLocale }: Words<AdminKey>): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(dateLocale, { dateStyle: 'medium', timeStyle: 'medium' });
}

/**
 * A row of a log: when it was, what it was, and more about it.
 * @param at ISO 8601
 * @param others the cells that follow
 */
export function logRow(
  { at, what, details }: { readonly at: string; readonly what: string; readonly details: readonly string[] },
  dates: Intl.DateTimeFormat,
  others: TemplateResult,
): TemplateResult {
  return html`<tr>
    <th scope="row"><time datetime=${at}>${dates.format(new Date(at))}</time></th>
    <td>
      <span class="what">${what}</span>
      ${details.length === 0 ? nothing : html`<br /><span class="muted">${details.join(', ')}</span>`}
    </td>
    ${others}
  </tr>`;
}
