/** Slow mode where one writes: the line that says so, and the button that counts. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ChatDesk } from '../controllers/chat-desk.ts';
import type { Words } from '../i18n/words.ts';

/** Id of the line. */
export const SLOW_LINE = 'slow';

/** Everybody sees that there is slow mode, and hosts that it is not for them. */
export function slowLine({ slowSeconds, moderates }: ChatDesk, words: Words): TemplateResult | typeof nothing {
  if (slowSeconds <= 0) return nothing;
  const line = words.say(moderates ? 'chat.slowOthers' : 'chat.slowOn', { seconds: slowSeconds });
  return html`<p class="small" id=${SLOW_LINE} role="status">${line}</p>`;
}

/** @param word what it does; @param waitS seconds until it does that; @param off it does not, whatever one waits */
export function sendButton(word: string, waitS: number, off: boolean, words: Words): TemplateResult {
  return html`<button
    class="button primary send"
    type="submit"
    aria-label=${waitS > 0 ? words.say('chat.sendIn', { seconds: waitS }) : nothing}
    ?disabled=${off || waitS > 0}
  >
    ${waitS > 0 ? words.say('chat.wait', { seconds: waitS }) : word}
  </button>`;
}
