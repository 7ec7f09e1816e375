/** What stands in place of a recording that is not in the list: it is in the trash, or it is not there. */
import { html, type TemplateResult } from 'lit';
import type { TrashedRecording } from '../../src/client/types.ts';
import type { AdminKey } from '../i18n/message.ts';
import type { Words } from '../i18n/words.ts';
import { adminHref } from '../util/admin-route.ts';
import { failureNotice } from './admin-notices.ts';
import { icons } from './icons.ts';
import './notice.ts';

/** What it needs of the page around it. */
export interface TrashedHost {
  readonly words: Words<AdminKey>;
  readonly busy: boolean;
  /** What was thrown last; undefined when all went well. */
  readonly failure: unknown;
  restore(): void;
}

/** One that is in the trash, with the way out of it. */
export function trashedRecording(
  { title, trashedAt, deletesAt }: TrashedRecording,
  { words, busy, failure, restore }: TrashedHost,
): TemplateResult {
  const { say } = words;
  const dates = new Intl.DateTimeFormat(words.dateLocale, { dateStyle: 'medium', timeStyle: 'short' });
  const [deleted, until] = [dates.format(new Date(trashedAt)), dates.format(new Date(deletesAt))];
  return html`<h1 id="title" tabindex="-1">${title}</h1>
    ${failureNotice(words, say('admin.refused'), failure)}
    <gridcast-notice tone="warning" heading=${say('adminRecording.trashed')}>
      ${say('adminTrash.until', { deleted, until })}
      <button
        slot="actions"
        class="button small"
        type="button"
        aria-label=${say('adminTrash.restoreName', { title })}
        aria-disabled=${busy ? 'true' : 'false'}
        @click=${restore}
      >
        ${icons.retry} ${say('adminTrash.restore')}
      </button>
      <a slot="actions" class="button small" href=${adminHref('trash')}>${say('adminTrash.title')}</a>
    </gridcast-notice>`;
}

/** One that is not there at all. */
export function missingRecording({ say }: Words<AdminKey>): TemplateResult {
  return html`<h1 id="title" tabindex="-1">${say('adminRecording.missing')}</h1>
    <gridcast-notice tone="warning" heading=${say('adminRecording.missingWhy')}>
      ${say('adminRecording.missingHint')}
    </gridcast-notice>`;
}
