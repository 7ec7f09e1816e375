/** What a host can do about somebody in the list, beside loudness and name. */
import { html, nothing, type TemplateResult } from 'lit';
import type { RosterEntry } from '../../src/protocol/messages.ts';
import type { Words } from '../i18n/words.ts';

/** One of them. */
export type PersonDeed =
  | 'ask-unmute'
  | 'ask-video'
  | 'stop-video'
  | 'lower-hand'
  | 'pin'
  | 'spotlight'
  | 'remove'
  | 'ban';

/** Who it is about. */
export interface PersonOrder {
  readonly deed: PersonDeed;
  readonly id: string;
  readonly name: string;
}

/** Buttons; each sends `gridcast-person-deed`, which passes through the elements around it, with a PersonOrder. */
export function personDeeds(
  { id, name, tracks, hand }: RosterEntry,
  { self, pinned, words }: { readonly self: boolean; readonly pinned: boolean; readonly words: Words },
): TemplateResult {
  const button = (deed: PersonDeed, word: string, tone = ''): TemplateResult => {
    const detail: PersonOrder = { deed, id, name };
    return html`<button
      class="button small ${tone}"
      type="button"
      data-deed=${deed}
      aria-pressed=${deed === 'pin' ? (pinned ? 'true' : 'false') : nothing}
      @click=${({ currentTarget }: Event) =>
        currentTarget?.dispatchEvent(
          new CustomEvent('gridcast-person-deed', { detail, bubbles: true, composed: true }),
        )}
    >
      ${word}
    </button>`;
  };
  const pictures = tracks.some(({ kind }) => kind === 'video');
  return html`<div class="deeds" role="group" aria-label=${words.say('people.actions', { name })}>
    ${button('pin', words.say('people.pin'))} ${button('spotlight', words.say('people.spotlight'))}
    ${hand === undefined ? nothing : button('lower-hand', words.say('people.lowerHand'))}
    ${
      self
        ? nothing
        : html`${button('ask-unmute', words.say('people.askUnmute'))}
          ${pictures ? button('stop-video', words.say('people.stopVideo')) : button('ask-video', words.say('people.askVideo'))}
          ${button('remove', words.say('people.remove'), 'danger')} ${button('ban', words.say('people.ban'), 'danger')}`
    }
  </div>`;
}
