/** The field that looks for people among those who can be called. */
import { html, type TemplateResult } from 'lit';
import type { Words } from '../i18n/words.ts';
import { icons } from './icons.ts';

/** @param search is called with what was entered, at each change */
export function peopleSearch(words: Words, search: (wanted: string) => void): TemplateResult {
  return html`<div class="search">
    ${icons.search}
    <input
      type="text"
      maxlength="100"
      aria-label=${words.say('contacts.search')}
      placeholder=${words.say('contacts.search')}
      autocomplete="off"
      spellcheck="false"
      @input=${(event: Event) => search((event.target as HTMLInputElement).value)}
    />
  </div>`;
}
