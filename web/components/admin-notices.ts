/** How the views of the admin page say that something does not work. */
import { html, nothing, type TemplateResult } from 'lit';
import { reasonIn } from '../api-client.ts';
import type { AdminKey } from '../i18n/message.ts';
import type { Words } from '../i18n/words.ts';
import './notice.ts';

/** Nothing while nothing was thrown. */
export function failureNotice(
  words: Words<AdminKey>,
  heading: string,
  thrown: unknown,
): TemplateResult | typeof nothing {
  if (thrown === undefined) return nothing;
  return html`<gridcast-notice tone="error" heading=${heading}>${reasonIn(words, thrown)}</gridcast-notice>`;
}
