/** `<gridcast-chat-composer>`: where one writes, to everybody or to one person. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { MAX_NAME_LENGTH } from '../../src/protocol/limits.ts';
import type { ChatDesk, ChatPerson } from '../controllers/chat-desk.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons } from '../styles/controls.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { sendableText } from '../util/chat-text.ts';
import { composerStyles } from './chat-composer-styles.ts';
import { type Draft, draftLine, isSwitchedOff, waitOf } from './chat-draft.ts';
import { isNearlyFull, LENGTH_LINE, lengthLine, tooMany } from './chat-length.ts';
import { ChatMentions } from './chat-mentions.ts';
import { PRIVATE_OFF, recipient } from './chat-recipient.ts';
import { sendButton, SLOW_LINE, slowLine } from './chat-slow.ts';
import type { EmojiChoice, GridcastEmojiPicker } from './emoji-picker.ts';
import './emoji-picker.ts';

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
  /** Characters that would be sent. */
  @state() private length = 0;
  @query('textarea') private field!: HTMLTextAreaElement;
  @query('input') private nameField!: HTMLInputElement | null;
  @query('gridcast-emoji-picker') private picker!: GridcastEmojiPicker | null;
  readonly #words = new WordsUser(this);
  readonly #mentions = new ChatMentions(
    this,
    () => ({ field: this.field, people: this.desk.people }),
    () => this.#measure(),
  );

  /** Puts the cursor where one writes. */
  async begin(): Promise<void> {
    await this.updateComplete;
    this.field.focus();
  }

  /** Turns to another message; who was written to in private stays the one, unless the draft says otherwise. */
  write(draft: Draft): void {
    this.draft = draft;
    this.#mentions.close();
    this.field.value = draft.editing === undefined ? '' : (this.desk.book.find(draft.editing)?.text ?? '');
    this.#measure();
    this.field.focus();
  }

  override render(): TemplateResult {
    const { problem, book } = this.desk;
    const { to, editing } = this.draft;
    const { words } = this.#words;
    const word = to ? words.say('chat.writePrivate', { name: to.name }) : words.say('chat.write');
    const send = words.say(editing === undefined ? 'chat.send' : 'chat.save');
    const off = isSwitchedOff(this.draft, this.desk);
    const tooLong = tooMany(this.length) > 0;
    const offered = this.#mentions.ids;
    return html`<form class=${to && !off ? 'secret' : ''} @submit=${this.#submit} @keydown=${this.#stop}>
      ${problem !== undefined && book.entries.length > 0 ? html`<p class="error" role="alert">${words.problem(problem).detail}</p>` : nothing}
      ${draftLine(this.draft, this.desk, words, () => this.write({ to }))} ${this.#nameInput()}
      ${this.#mentions.render(words.say('chat.mentions'))} ${this.#emojiList()} ${slowLine(this.desk, words)}
      <div class="bar">
        ${recipient(this.draft, this.desk, words, this.#address)}
        <slot name="tools"></slot>
        <button
          class="tool emoji"
          type="button"
          aria-label=${words.say('chat.emoji')}
          aria-expanded=${this.emoji ? 'true' : 'false'}
          @click=${() => void this.#toggleEmoji()}
        >
          <span aria-hidden="true">☺</span>
        </button>
      </div>
      <div class="row">
        <textarea
          rows="1"
          aria-label=${editing === undefined ? word : words.say('chat.editing')}
          aria-autocomplete="list"
          aria-describedby=${this.#notes(off)}
          aria-invalid=${tooLong ? 'true' : 'false'}
          aria-controls=${offered?.list ?? nothing}
          aria-activedescendant=${offered?.chosen ?? nothing}
          placeholder=${word}
          title=${words.say('chat.writeHint')}
          @input=${this.#onInput}
          @click=${this.#onInput}
          @keydown=${this.#onKey}
        ></textarea>
        ${sendButton(send, waitOf(this.draft, this.desk), off || tooLong, words)}
      </div>
      ${lengthLine(this.length, words)}
      ${to && !off ? html`<p class="small">${words.say('chat.privateHint', { name: to.name })}</p>` : nothing}
    </form>`;
  }

  #measure(): void {
    this.length = sendableText(this.field.value).length;
  }

  /** Ids of what is to be known of the field. */
  #notes(off: boolean): string | typeof nothing {
    if (off) return PRIVATE_OFF;
    const notes = [
      ...(this.desk.slowSeconds > 0 ? [SLOW_LINE] : []),
      ...(isNearlyFull(this.length) ? [LENGTH_LINE] : []),
    ];
    return notes.length > 0 ? notes.join(' ') : nothing;
  }

  /** A viewer has no name before they give one. */
  #nameInput(): TemplateResult | typeof nothing {
    if (this.desk.name !== '' && !this.nameMissing) return nothing;
    return html`<label>
      <span class="small">${this.#words.say('chat.name')}</span>
      <input maxlength=${MAX_NAME_LENGTH} autocomplete="nickname" aria-invalid=${this.nameMissing ? 'true' : 'false'} />
      ${this.nameMissing ? html`<span class="error" role="alert">${this.#words.say('chat.nameMissing')}</span>` : nothing}
    </label>`;
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

  async #toggleEmoji(): Promise<void> {
    this.emoji = !this.emoji;
    await this.updateComplete;
    if (this.emoji) await this.picker?.begin();
    else this.field.focus();
  }

  readonly #address = (to: ChatPerson | undefined): void => {
    this.draft = { ...this.draft, to, replyTo: undefined };
    this.field.focus();
  };

  readonly #onInput = (event: Event): void => {
    this.#measure();
    this.#mentions.look();
    if (event.type === 'input' && this.field.value.trim() !== '' && this.draft.editing === undefined) {
      this.desk.writes(this.draft.to);
    }
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const text = sendableText(this.field.value);
    if (text === '' || tooMany(text.length) > 0) return;
    if (isSwitchedOff(this.draft, this.desk) || waitOf(this.draft, this.desk) > 0 || !this.#named()) return;
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

  /** Keys of the page around must not act while somebody writes; those with Alt do, where they type nothing. */
  readonly #stop = (event: KeyboardEvent): void => {
    if (!event.altKey) event.stopPropagation();
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
    if (this.#mentions.press(event.key)) event.preventDefault();
    else if (event.key === 'Enter' && !event.shiftKey) this.#submit(event);
  };
}
