/** How the views of the admin page say that something does not work. */
import { html, nothing, type TemplateResult } from 'lit';
import { reasonIn } from '../api-client.ts';
import type { RecordingInfo } from '../api-types.ts';
import type { AdminKey } from '../i18n/message.ts';
import type { Words } from '../i18n/words.ts';
import './notice.ts';

/**
 * Nothing while nothing was thrown.
 * @param again tries it again, by a button
 */
export function failureNotice(
  words: Words<AdminKey>,
  heading: string,
  thrown: unknown,
  again?: () => void,
): TemplateResult | typeof nothing {
  if (thrown === undefined) return nothing;
  return html`<gridcast-notice tone="error" heading=${heading}
    >${reasonIn(words, thrown)}${
      again === undefined
        ? nothing
        : html`<button slot="actions" class="button small" type="button" @click=${again}>${words.say('admin.again')}</button>`
    }</gridcast-notice
  >`;
}

/** Why it keeps nothing at the moment; nothing while it keeps all. */
export function recordingTrouble(
  words: Words<AdminKey>,
  heading: string,
  recording: Pick<RecordingInfo, 'problem'> | undefined,
): TemplateResult | typeof nothing {
  const { problem } = recording ?? {};
  if (problem === undefined) return nothing;
  const { code, message: detail } = problem;
  const known = code === 'interrupted' ? 'recording.interrupted' : `notice.${code}`;
  const said = words.problem({ code: known, title: '', detail, retry: false });
  return html`<gridcast-notice tone="warning" heading=${heading}>${said.detail}</gridcast-notice>`;
}

/** Why an archive, or a step of it, was not made: the cause in the reader's language, and what the machine said. */
export function archiveReason(
  words: Words<AdminKey>,
  { failure, error }: Pick<RecordingInfo, 'failure' | 'error'>,
): TemplateResult | typeof nothing {
  if (failure === undefined) return error === undefined ? nothing : saidByServer(error);
  const { code, message: detail } = failure;
  const said = words.problem({ code: `archive.${code}`, title: '', detail, retry: false });
  return html`${said.detail} ${error === undefined || error === detail ? nothing : saidByServer(error)}`;
}

/** What its machine says has no translation: it is read as the English that it is. */
export function saidByServer(text: string): TemplateResult {
  return html`<span lang="en">${text}</span>`;
}
