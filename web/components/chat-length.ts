/** How much more there is space for in a message of the chat. */
import { html, nothing, type TemplateResult } from 'lit';
import { MAX_CHAT_LENGTH } from '../../src/protocol/limits.ts';
import type { Words } from '../i18n/words.ts';

/** Id of the line. */
export const LENGTH_LINE = 'length';
/** From here on one is told, characters. */
const NEARLY_FULL = MAX_CHAT_LENGTH - 200;

/** Characters beyond what a message may have. Nothing is cut off: whoever pastes much would not notice what is missing. */
export function tooMany(length: number): number {
  return Math.max(0, length - MAX_CHAT_LENGTH);
}

/** Whether the line is there. */
export function isNearlyFull(length: number): boolean {
  return length > NEARLY_FULL;
}

/** @param length characters that would be sent */
export function lengthLine(length: number, words: Words): TemplateResult | typeof nothing {
  const count = tooMany(length);
  if (count > 0) {
    return html`<p id=${LENGTH_LINE} class="error" role="alert">${words.say('chat.tooLong', { count })}</p>`;
  }
  if (!isNearlyFull(length)) return nothing;
  const left = MAX_CHAT_LENGTH - length;
  return html`<p id=${LENGTH_LINE} class="small">${words.say('chat.left', { count: left })}</p>`;
}
