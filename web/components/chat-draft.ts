/** What is about to be written in the chat, and the line above the field that says which message it is about. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ChatDesk, ChatPerson } from '../controllers/chat-desk.ts';
import type { Words } from '../i18n/words.ts';

/** An answer, another text for a message, or something for one person. */
export interface Draft {
  /** Id of the message that is answered. */
  readonly replyTo?: string | undefined;
  /** Id of the message that gets another text. */
  readonly editing?: string | undefined;
  readonly to?: ChatPerson | undefined;
}

/** Whether it is for one person, and a host has switched that off. */
export function isSwitchedOff({ to, editing }: Draft, desk: ChatDesk): boolean {
  return to !== undefined && editing === undefined && !desk.privately;
}

/** Seconds until it can be sent; another text for a message needs no wait. */
export function waitOf({ editing }: Draft, desk: ChatDesk): number {
  return editing === undefined ? desk.waitS : 0;
}

/** The message that is answered or changed; `cancel` turns away from it. */
export function draftLine(
  { replyTo, editing }: Draft,
  desk: ChatDesk,
  words: Words,
  cancel: () => void,
): TemplateResult | typeof nothing {
  const answered = replyTo === undefined ? undefined : desk.book.find(replyTo);
  if (!answered && editing === undefined) return nothing;
  const word = answered ? words.say('chat.replyTo', { name: answered.author.name }) : words.say('chat.editing');
  return html`<p class="context">
    <span>${word}</span>
    <button class="button small" type="button" @click=${cancel}>${words.say('chat.cancel')}</button>
  </p>`;
}
