/** For whom something is written in the chat: everybody, or one person. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ChatDesk, ChatPerson } from '../controllers/chat-desk.ts';
import type { Words } from '../i18n/words.ts';
import type { Draft } from './chat-draft.ts';

/** Id of the line that says that a host has switched private messages off. */
export const PRIVATE_OFF = 'private-off';

/** @param address is told who was chosen; undefined: everybody, also when that is all that is left */
export function recipient(
  { to, editing }: Draft,
  desk: ChatDesk,
  words: Words,
  address: (to: ChatPerson | undefined) => void,
): TemplateResult {
  const { people } = desk;
  // Whose message it is, and for whom, does not change with its text.
  if ((people.length === 0 && !to) || editing !== undefined) return html`<span class="space"></span>`;
  if (!desk.privately) return noChoice(to, words, () => address(undefined));
  const gone = to && !people.some(({ id }) => id === to.id) ? [to] : [];
  const choose = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    address(desk.people.find(({ id }) => id === value));
  };
  return html`<label>
    <span class="small" aria-hidden="true">${words.say('chat.to')}</span>
    <select aria-label=${words.say('chat.to')} .value=${to?.id ?? ''} @change=${choose}>
      <option value="" ?selected=${!to}>${words.say('chat.everybody')}</option>
      ${[...people, ...gone].map(
        ({ id, name }) =>
          html`<option value=${id} ?selected=${to?.id === id}>${words.say('chat.toOne', { name })}</option>`,
      )}
    </select>
  </label>`;
}

/** Why there is no choice; nothing that was meant for one person goes to everybody by itself. */
function noChoice(to: ChatPerson | undefined, words: Words, toEverybody: () => void): TemplateResult {
  const why = to ? words.say('chat.privateOffTo', { name: to.name }) : words.say('chat.privateOff');
  return html`<p class="small off">
    <span id=${PRIVATE_OFF} role="status">${why}</span>
    ${
      to
        ? html`<button class="button small" type="button" @click=${toEverybody}>${words.say('chat.toEverybody')}</button>`
        : nothing
    }
  </p>`;
}
