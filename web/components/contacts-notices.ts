/** What is told above the contacts: what is wrong with the line, how the last call ended, what could be switched on. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ContactsDesk } from '../controllers/contacts-desk.ts';
import type { Words } from '../i18n/words.ts';
import type { CallLeft } from '../util/call-visit.ts';
import './notice.ts';

/** What it tells of. */
export interface ContactsNews {
  readonly desk: ContactsDesk | undefined;
  /** A call that this tab has left a moment ago. */
  readonly left: CallLeft | undefined;
  /** Calls could be told in windows that are not looked at. */
  readonly mayNotify: boolean;
  retry(): void;
  askToNotify(): void;
}

/** Nothing before there is a line. */
export function contactsNotices(
  { desk, left, mayNotify, retry, askToNotify }: ContactsNews,
  words: Words,
): TemplateResult | typeof nothing {
  if (!desk) return nothing;
  if (desk.state === 'refused') {
    return html`<gridcast-notice tone="error" heading=${words.say('contacts.refused')}>
      ${desk.refusal && words.problem(desk.refusal).detail}
      <button slot="actions" class="button small" type="button" @click=${retry}>${words.say('contacts.retry')}</button>
    </gridcast-notice>`;
  }
  return html`${
    desk.state === 'lost'
      ? html`<gridcast-notice tone="warning" heading=${words.say('contacts.lost')}
          >${words.say('contacts.lostDetail')}</gridcast-notice
        >`
      : nothing
  }
  ${
    desk.book.trouble
      ? html`<gridcast-notice tone="error" heading=${words.say('call.refused')}>
          ${words.problem(desk.book.trouble).detail}
        </gridcast-notice>`
      : nothing
  }
  ${
    left === undefined || left.end === 'left'
      ? nothing
      : html`<gridcast-notice>${words.say(`contacts.${left.end}`)}</gridcast-notice>`
  }
  ${desk.book.running === undefined ? nothing : html`<gridcast-notice>${words.say('contacts.inCall')}</gridcast-notice>`}
  ${
    mayNotify
      ? html`<gridcast-notice>
          ${words.say('contacts.notify')}
          <button slot="actions" class="button small" type="button" @click=${askToNotify}>
            ${words.say('contacts.notifyButton')}
          </button>
        </gridcast-notice>`
      : nothing
  }`;
}
