/** Names that are offered while somebody writes an `@`: the list, and the keys that choose from it. */
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import type { ChatPerson } from '../controllers/chat-desk.ts';
import { type MentionQuery, mentionBefore, mentioned, withMention } from '../util/mention-query.ts';

/** Where somebody writes. */
interface MentionPlace {
  /** As much of a text field as this needs. */
  readonly field: {
    value: string;
    readonly selectionStart: number;
    setSelectionRange(start: number, end: number): void;
  };
  /** Who can be called. */
  readonly people: readonly ChatPerson[];
}

const LIST = 'mentions';

/** Redraws its host whenever the list is another. */
export class ChatMentions {
  readonly #host: Pick<LitElement, 'requestUpdate'>;
  readonly #place: () => MentionPlace;
  readonly #onCalled: () => void;
  #query: MentionQuery | undefined;
  #chosen = 0;

  /** @param onCalled a name was put into the text */
  constructor(host: Pick<LitElement, 'requestUpdate'>, place: () => MentionPlace, onCalled: () => void) {
    this.#host = host;
    this.#place = place;
    this.#onCalled = onCalled;
  }

  /** Ids for the field: of the list, and of the name that Enter would take; undefined while no list is there. */
  get ids(): { readonly list: string; readonly chosen: string } | undefined {
    return this.#query && { list: LIST, chosen: optionId(this.#chosen) };
  }

  /** The text or the cursor is another. */
  look(): void {
    const { field } = this.#place();
    this.#query = mentionBefore(field.value, field.selectionStart);
    this.#chosen = 0;
    if (this.#fitting.length === 0) this.#query = undefined;
    this.#host.requestUpdate();
  }

  /** The list goes. */
  close(): void {
    this.#query = undefined;
    this.#host.requestUpdate();
  }

  /** Whether the key did something to the list. */
  press(key: string): boolean {
    if (!this.#query) return false;
    const people = this.#fitting;
    if (people.length === 0) {
      // Whoever was offered has left.
      this.close();
      return false;
    }
    const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) this.#chosen = (this.#chosen + step + people.length) % people.length;
    else if (key === 'Enter' || key === 'Tab') this.#call(people[this.#chosen]?.name ?? '');
    else if (key === 'Escape') this.#query = undefined;
    else return false;
    this.#host.requestUpdate();
    return true;
  }

  /** The list; `label` names it for those who do not see it. */
  render(label: string): TemplateResult | typeof nothing {
    if (!this.#query) return nothing;
    return html`<ul id=${LIST} class="mentions" role="listbox" aria-label=${label}>
      ${this.#fitting.map(
        ({ name }, index) =>
          html`<li
            id=${optionId(index)}
            role="option"
            aria-selected=${index === this.#chosen ? 'true' : 'false'}
            @mousedown=${(event: Event) => {
              // The field keeps the cursor.
              event.preventDefault();
              this.#call(name);
            }}
          >
            ${name}
          </li>`,
      )}
    </ul>`;
  }

  get #fitting(): readonly ChatPerson[] {
    return this.#query ? mentioned(this.#place().people, this.#query.query) : [];
  }

  #call(name: string): void {
    if (!this.#query) return;
    const { field } = this.#place();
    const { text, caret } = withMention(field.value, field.selectionStart, this.#query, name);
    field.value = text;
    field.setSelectionRange(caret, caret);
    this.#onCalled();
    this.close();
  }
}

function optionId(index: number): string {
  return `mention-${index}`;
}
