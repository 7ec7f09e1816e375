/** `<gridcast-chat-composer>`: where one writes, to everybody or to one person. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { MAX_CHAT_LENGTH, MAX_NAME_LENGTH } from '../../src/protocol/limits.ts';
import type { ChatDesk, ChatPerson } from '../controllers/chat-desk.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons } from '../styles/controls.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { sendableText } from '../util/chat-text.ts';
import { type MentionQuery, mentionBefore, mentioned, withMention } from '../util/mention-query.ts';
import { composerStyles } from './chat-composer-styles.ts';
import { sendButton, SLOW_LINE, slowLine } from './chat-slow.ts';
import type { EmojiChoice, GridcastEmojiPicker } from './emoji-picker.ts';
import './emoji-picker.ts';

/** From here on one is told how much more there is space for. */
const NEARLY_FULL = MAX_CHAT_LENGTH - 200;

/** What is about to be written: an answer, another text for a message, or something for one person. */
export interface Draft {
  readonly replyTo?: string | undefined;
  readonly editing?: string | undefined;
  readonly to?: ChatPerson | undefined;
}

/** Sends `gridcast-name` with what a viewer is called, `gridcast-said`, and `gridcast-close` for Escape. */
@customElement('gridcast-chat-composer')
export class GridcastChatComposer extends LitElement {
  static override styles = [inherited, buttons, panelParts, composerStyles];

  @property({ attribute: false }) desk!: ChatDesk;
  /** Renewed by the owner whenever `desk` changed. */
  @property({ type: Number }) revision = 0;
  @state() private draft: Draft = {};
  @state() private nameMissing = false;
  @state() private emoji = false;
  @state() private mention: MentionQuery | undefined;
  @state() private chosen = 0;
  /** Characters that would be sent. */
  @state() private length = 0;
  @query('textarea') private field!: HTMLTextAreaElement;
  @query('input') private nameField!: HTMLInputElement | null;
  @query('gridcast-emoji-picker') private picker!: GridcastEmojiPicker | null;
  readonly #words = new WordsUser(this);

  /** Puts the cursor where one writes. */
  async begin(): Promise<void> {
    await this.updateComplete;
    this.field.focus();
  }

  /** Turns to another message; who was written to in private stays the one, unless the draft says otherwise. */
  write(draft: Draft): void {
    this.draft = draft;
    this.mention = undefined;
    this.field.value = draft.editing === undefined ? '' : (this.desk.book.find(draft.editing)?.text ?? '');
    this.#measure();
    this.field.focus();
  }

  override render(): TemplateResult {
    const { problem, book } = this.desk;
    const { to, editing } = this.draft;
    const word = to ? this.#words.say('chat.writePrivate', { name: to.name }) : this.#words.say('chat.write');
    const send = this.#words.say(editing === undefined ? 'chat.send' : 'chat.save');
    const off = this.#switchedOff;
    return html`<form class=${to && !off ? 'secret' : ''} @submit=${this.#submit} @keydown=${this.#stop}>
      ${problem !== undefined && book.entries.length > 0 ? html`<p class="error" role="alert">${this.#words.words.problem(problem).detail}</p>` : nothing}
      ${this.#context()} ${this.#nameInput()} ${this.#mentions()} ${this.#emojiList()}
      ${slowLine(this.desk, this.#words.words)}
      <div class="bar">
        ${this.#recipient()}
        <slot name="tools"></slot>
        <button
          class="tool emoji"
          type="button"
          aria-label=${this.#words.say('chat.emoji')}
          aria-expanded=${this.emoji ? 'true' : 'false'}
          @click=${() => void this.#toggleEmoji()}
        >
          <span aria-hidden="true">☺</span>
        </button>
      </div>
      <div class="row">
        <textarea
          rows="1"
          aria-label=${editing === undefined ? word : this.#words.say('chat.editing')}
          aria-autocomplete="list"
          aria-describedby=${this.#notes(off)}
          aria-invalid=${this.#tooMany > 0 ? 'true' : 'false'}
          aria-controls=${this.mention ? 'mentions' : nothing}
          aria-activedescendant=${this.mention ? `mention-${this.chosen}` : nothing}
          placeholder=${word}
          title=${this.#words.say('chat.writeHint')}
          @input=${this.#onInput}
          @click=${this.#onInput}
          @keydown=${this.#onKey}
        ></textarea>
        ${sendButton(send, this.#waitS, off || this.#tooMany > 0, this.#words.words)}
      </div>
      ${this.#space()}
      ${to && !off ? html`<p class="small">${this.#words.say('chat.privateHint', { name: to.name })}</p>` : nothing}
    </form>`;
  }

  /** Characters beyond what a message may have. Nothing is cut off: whoever pastes much would not notice what is missing. */
  get #tooMany(): number {
    return Math.max(0, this.length - MAX_CHAT_LENGTH);
  }

  #space(): TemplateResult | typeof nothing {
    const count = this.#tooMany;
    if (count > 0) {
      return html`<p id="length" class="error" role="alert">${this.#words.say('chat.tooLong', { count })}</p>`;
    }
    if (this.length <= NEARLY_FULL) return nothing;
    const left = MAX_CHAT_LENGTH - this.length;
    return html`<p id="length" class="small">${this.#words.say('chat.left', { count: left })}</p>`;
  }

  #measure(): void {
    this.length = sendableText(this.field.value).length;
  }

  /** Ids of what is to be known of the field. */
  #notes(off: boolean): string | typeof nothing {
    if (off) return 'private-off';
    const notes = [...(this.desk.slowSeconds > 0 ? [SLOW_LINE] : []), ...(this.length > NEARLY_FULL ? ['length'] : [])];
    return notes.length > 0 ? notes.join(' ') : nothing;
  }

  /** Seconds until what is written here can be sent; another text for a message needs no wait. */
  get #waitS(): number {
    return this.draft.editing === undefined ? this.desk.waitS : 0;
  }

  #recipient(): TemplateResult {
    const { people } = this.desk;
    const { to, editing } = this.draft;
    // Whose message it is, and for whom, does not change with its text.
    if ((people.length === 0 && !to) || editing !== undefined) return html`<span class="space"></span>`;
    if (!this.desk.privately) return this.#noChoice(to);
    const gone = to && !people.some(({ id }) => id === to.id) ? [to] : [];
    return html`<label>
      <span class="small" aria-hidden="true">${this.#words.say('chat.to')}</span>
      <select aria-label=${this.#words.say('chat.to')} .value=${to?.id ?? ''} @change=${this.#address}>
        <option value="" ?selected=${!to}>${this.#words.say('chat.everybody')}</option>
        ${[...people, ...gone].map(
          ({ id, name }) =>
            html`<option value=${id} ?selected=${to?.id === id}>${this.#words.say('chat.toOne', { name })}</option>`,
        )}
      </select>
    </label>`;
  }

  /** Why there is no choice; nothing that was meant for one person goes to everybody by itself. */
  #noChoice(to: ChatPerson | undefined): TemplateResult {
    const why = to ? this.#words.say('chat.privateOffTo', { name: to.name }) : this.#words.say('chat.privateOff');
    return html`<p class="small off">
      <span id="private-off" role="status">${why}</span>
      ${
        to
          ? html`<button class="button small" type="button" @click=${this.#toEverybody}>
              ${this.#words.say('chat.toEverybody')}
            </button>`
          : nothing
      }
    </p>`;
  }

  /** What is being written is for one person, and a host has switched that off. */
  get #switchedOff(): boolean {
    const { to, editing } = this.draft;
    return to !== undefined && editing === undefined && !this.desk.privately;
  }

  readonly #toEverybody = (): void => {
    this.draft = {};
    this.field.focus();
  };

  /** A viewer has no name before they give one. */
  #nameInput(): TemplateResult | typeof nothing {
    if (this.desk.name !== '' && !this.nameMissing) return nothing;
    return html`<label>
      <span class="small">${this.#words.say('chat.name')}</span>
      <input maxlength=${MAX_NAME_LENGTH} autocomplete="nickname" aria-invalid=${this.nameMissing ? 'true' : 'false'} />
      ${this.nameMissing ? html`<span class="error" role="alert">${this.#words.say('chat.nameMissing')}</span>` : nothing}
    </label>`;
  }

  #context(): TemplateResult | typeof nothing {
    const { replyTo, editing, to } = this.draft;
    const answered = replyTo === undefined ? undefined : this.desk.book.find(replyTo);
    if (!answered && editing === undefined) return nothing;
    const word = answered
      ? this.#words.say('chat.replyTo', { name: answered.author.name })
      : this.#words.say('chat.editing');
    return html`<p class="context">
      <span>${word}</span>
      <button class="button small" type="button" @click=${() => this.write({ to })}>
        ${this.#words.say('chat.cancel')}
      </button>
    </p>`;
  }

  #mentions(): TemplateResult | typeof nothing {
    if (!this.mention) return nothing;
    return html`<ul id="mentions" class="mentions" role="listbox" aria-label=${this.#words.say('chat.mentions')}>
      ${this.#fitting.map(
        ({ name }, index) =>
          html`<li
            id="mention-${index}"
            role="option"
            aria-selected=${index === this.chosen ? 'true' : 'false'}
            @mousedown=${(event: Event) => {
              event.preventDefault();
              this.#call(name);
            }}
          >
            ${name}
          </li>`,
      )}
    </ul>`;
  }

  #emojiList(): TemplateResult | typeof nothing {
    if (!this.emoji) return nothing;
    return html`<gridcast-emoji-picker
      @gridcast-emoji=${({ detail }: CustomEvent<EmojiChoice>) => {
        this.field.setRangeText(detail.emoji, this.field.selectionStart, this.field.selectionEnd, 'end');
        this.#measure();
        this.desk.writes(this.draft.to);
      }}
      @gridcast-close=${() => void this.#toggleEmoji()}
    ></gridcast-emoji-picker>`;
  }

  get #fitting(): readonly ChatPerson[] {
    return this.mention ? mentioned(this.desk.people, this.mention.query) : [];
  }

  #call(name: string): void {
    if (!this.mention) return;
    const { text, caret } = withMention(this.field.value, this.field.selectionStart, this.mention, name);
    this.field.value = text;
    this.field.setSelectionRange(caret, caret);
    this.#measure();
    this.mention = undefined;
  }

  async #toggleEmoji(): Promise<void> {
    this.emoji = !this.emoji;
    await this.updateComplete;
    if (this.emoji) await this.picker?.begin();
    else this.field.focus();
  }

  readonly #address = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    const to = this.desk.people.find(({ id }) => id === value);
    this.draft = { ...this.draft, to, replyTo: undefined };
    this.field.focus();
  };

  readonly #onInput = (event: Event): void => {
    const { value, selectionStart } = this.field;
    this.#measure();
    this.mention = mentionBefore(value, selectionStart);
    this.chosen = 0;
    if (this.#fitting.length === 0) this.mention = undefined;
    if (event.type === 'input' && value.trim() !== '' && this.draft.editing === undefined) {
      this.desk.writes(this.draft.to);
    }
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const text = sendableText(this.field.value);
    if (text === '' || text.length > MAX_CHAT_LENGTH || this.#switchedOff || this.#waitS > 0 || !this.#named()) return;
    const { replyTo, editing, to } = this.draft;
    if (editing === undefined) this.desk.say(text, { replyTo, to });
    else this.desk.edit(editing, text);
    this.emoji = false;
    this.write(editing === undefined ? { to } : {});
    this.dispatchEvent(new CustomEvent('gridcast-said'));
  };

  #named(): boolean {
    if (!this.nameField) return true;
    const name = this.nameField.value.trim();
    this.nameMissing = name === '';
    if (this.nameMissing) this.nameField.focus();
    else this.dispatchEvent(new CustomEvent('gridcast-name', { detail: { name } }));
    return !this.nameMissing;
  }

  /** Keys of the page around must not act while somebody writes. */
  readonly #stop = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape' && !event.defaultPrevented) this.#escape();
  };

  #escape(): void {
    const { replyTo, editing, to } = this.draft;
    if (this.emoji) void this.#toggleEmoji();
    else if (replyTo !== undefined || editing !== undefined) this.write({ to });
    else this.dispatchEvent(new CustomEvent('gridcast-close'));
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    // While a word is being composed, Enter chooses it.
    if (event.isComposing) return;
    if (this.mention && this.#onMentionKey(event.key)) event.preventDefault();
    else if (event.key === 'Enter' && !event.shiftKey) this.#submit(event);
  };

  /** Whether the key did something to the list of names. */
  #onMentionKey(key: string): boolean {
    const people = this.#fitting;
    const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) this.chosen = (this.chosen + step + people.length) % people.length;
    else if (key === 'Enter' || key === 'Tab') this.#call(people[this.chosen]?.name ?? '');
    else if (key === 'Escape') this.mention = undefined;
    else return false;
    return true;
  }
}
