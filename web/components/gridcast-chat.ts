/** `<gridcast-chat>`: a room's chat, in the room and beside the player. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ChatEntry } from '../../src/protocol/chat.ts';
import { MAX_CHAT_LENGTH, MAX_NAME_LENGTH } from '../../src/protocol/limits.ts';
import type { PendingMessage } from '../controllers/chat-book.ts';
import type { ChatDesk } from '../controllers/chat-desk.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { callsFor, chatPieces } from '../util/chat-text.ts';
import { chatStyles } from './chat-styles.ts';
import { icons } from './icons.ts';

/** Messages that are drawn at first, and more with each look back: a page stays quick whatever was written. */
const STEP = 150;
/** Messages of one person within this time stand below one name. */
const TOGETHER_MS = 300_000;
/** Closer to the end than this, the list follows what comes. */
const NEAR_END_PX = 60;

/** Sends `gridcast-close` when its button is pressed, and `gridcast-name` with the name that a viewer has entered. */
@customElement('gridcast-chat')
export class GridcastChat extends LitElement {
  static override styles = [inherited, buttons, surfaces, panelParts, chatStyles];

  @property({ attribute: false }) desk!: ChatDesk;
  /** Renewed by the owner whenever `desk` changed. */
  @property({ type: Number }) revision = 0;
  /** Has a button that closes it. */
  @property({ type: Boolean }) closable = false;
  @state() private shown = STEP;
  @state() private replyTo: string | undefined;
  @state() private editing: string | undefined;
  @state() private nameMissing = false;
  @state() private atEnd = true;
  @query('.list') private list!: HTMLElement;
  @query('textarea') private field!: HTMLTextAreaElement | null;
  @query('input') private nameField!: HTMLInputElement | null;
  readonly #words = new WordsUser(this);
  #time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

  /** Puts the cursor where one writes, once it is drawn. */
  async begin(): Promise<void> {
    await this.updateComplete;
    (this.field ?? this.list).focus();
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('revision') && !changed.has('desk')) return;
    if (!this.atEnd) return;
    this.list.scrollTop = this.list.scrollHeight;
    if (this.checkVisibility() && document.visibilityState === 'visible') this.desk.book.read();
  }

  override render(): TemplateResult {
    return html`<div class="head">
        <h2>${this.#words.say('chat.title')}</h2>
        ${
          this.closable
            ? html`<button class="tool large" type="button" aria-label=${this.#words.say('chat.close')} @click=${this.#close}>
                ${icons.close}
              </button>`
            : nothing
        }
      </div>
      ${this.#messages()} ${this.#composer()}`;
  }

  #messages(): TemplateResult {
    const { entries, pending } = this.desk.book;
    if (entries.length === 0 && pending.length === 0) return this.#empty();
    const from = Math.max(0, entries.length - this.shown);
    const drawn = entries.slice(from);
    return html`<div
      class="list"
      role="log"
      tabindex="0"
      aria-label=${this.#words.say('chat.messages')}
      @scroll=${this.#onScroll}
    >
      ${
        from > 0 || this.desk.hasEarlier
          ? html`<p class="earlier">
              <button class="button small" type="button" @click=${this.#earlier}>
                ${this.#words.say('chat.earlier')}
              </button>
            </p>`
          : nothing
      }
      <ol>
        ${repeat(
          drawn,
          ({ id }) => id,
          (entry, index) => this.#entry(entry, drawn[index - 1]),
        )}
        ${pending.map((message) => this.#pending(message))}
      </ol>
      ${this.#jump()}
    </div>`;
  }

  #empty(): TemplateResult {
    const { mayWrite, problem } = this.desk;
    const known = mayWrite !== undefined;
    const hint = mayWrite ? html`<p class="muted">${this.#words.say('chat.noneHint')}</p>` : nothing;
    return html`<div class="list">
      <div class="none" role="status">
        <p>${problem ?? this.#words.say(known ? 'chat.none' : 'chat.opening')}</p>
        ${known ? hint : nothing}
      </div>
    </div>`;
  }

  #entry(entry: ChatEntry, before: ChatEntry | undefined): TemplateResult {
    const { author, at, deleted, edited } = entry;
    const joined = before?.author.id === author.id && at - before.at < TOGETHER_MS && entry.replyTo === undefined;
    const own = author.id === this.desk.self;
    const calls = !own && !deleted && callsFor(entry.text, this.desk.name);
    return html`<li class="${joined ? '' : 'first'} ${calls ? 'calls' : ''}">
      ${joined ? nothing : this.#who(entry, own)} ${this.#quote(entry)}
      ${
        deleted
          ? html`<p class="text deleted">${this.#words.say('chat.deleted')}</p>`
          : html`<p class="text" dir="auto">${this.#text(entry.text)}${
              edited ? html` <span class="small">(${this.#words.say('chat.edited')})</span>` : nothing
            }</p>`
      }
      ${deleted ? nothing : this.#tools(entry, own)}
    </li>`;
  }

  #who({ author, at }: ChatEntry, own: boolean): TemplateResult {
    const role =
      author.role === 'participant'
        ? nothing
        : html`<span class="role">${this.#words.say(`chat.${author.role}`)}</span>`;
    const when = new Date(at);
    return html`<p class="who">
      <b dir="auto">${own ? this.#words.say('chat.you') : author.name}</b>${role}
      <time datetime=${when.toISOString()} title=${when.toLocaleString()}>${this.#time.format(when)}</time>
    </p>`;
  }

  #quote({ replyTo }: ChatEntry): TemplateResult | typeof nothing {
    if (replyTo === undefined) return nothing;
    const answered = this.desk.book.find(replyTo);
    const words = answered
      ? `${answered.author.name}: ${answered.deleted ? this.#words.say('chat.deleted') : answered.text}`
      : this.#words.say('chat.gone');
    return html`<p class="quote" dir="auto">${words}</p>`;
  }

  #text(text: string): TemplateResult[] {
    return chatPieces(text, this.desk.name).map((piece) => {
      if (piece.kind === 'link') {
        return html`<a href=${piece.href} target="_blank" rel="noopener noreferrer nofollow ugc">${piece.text}</a>`;
      }
      return piece.kind === 'mention' ? html`<mark>${piece.text}</mark>` : html`${piece.text}`;
    });
  }

  #tools({ id }: ChatEntry, own: boolean): TemplateResult | typeof nothing {
    const { mayWrite, moderates } = this.desk;
    if (!mayWrite) return nothing;
    const button = (word: string, act: () => void): TemplateResult =>
      html`<button class="tool" type="button" @click=${act}>${word}</button>`;
    return html`<div class="tools">
      ${button(this.#words.say('chat.reply'), () => this.#begin({ replyTo: id }))}
      ${own ? button(this.#words.say('chat.edit'), () => this.#begin({ editing: id })) : nothing}
      ${own || moderates ? button(this.#words.say('chat.delete'), () => this.desk.remove(id)) : nothing}
    </div>`;
  }

  #pending({ key, text, problem }: PendingMessage): TemplateResult {
    return html`<li class="first pending">
      <p class="text" dir="auto">${text}</p>
      ${
        problem === undefined
          ? html`<p class="small" role="status">${this.#words.say('chat.sending')}</p>`
          : html`<p class="error" role="alert">${this.#words.say('chat.notSent', { reason: problem })}</p>
              <p>
                <button class="button small" type="button" @click=${() => this.desk.retry(key)}>
                  ${this.#words.say('chat.again')}
                </button>
                <button class="button small" type="button" @click=${() => this.#giveUp(key)}>
                  ${this.#words.say('chat.delete')}
                </button>
              </p>`
      }
    </li>`;
  }

  #jump(): TemplateResult | typeof nothing {
    if (this.atEnd) return nothing;
    const { unread } = this.desk.book;
    const word = unread > 0 ? this.#words.say('chat.new', { count: unread }) : this.#words.say('chat.latest');
    return html`<button class="button small primary jump" type="button" @click=${this.#toEnd}>${word}</button>`;
  }

  #composer(): TemplateResult | typeof nothing {
    const { mayWrite, problem, book } = this.desk;
    if (mayWrite === false) return html`<p class="read-only">${this.#words.say('chat.readOnly')}</p>`;
    if (!mayWrite) return nothing;
    const edited = this.editing === undefined ? undefined : book.find(this.editing);
    return html`<form @submit=${this.#submit}>
      ${problem !== undefined && book.entries.length > 0 ? html`<p class="error" role="alert">${problem}</p>` : nothing}
      ${this.#context()} ${this.#nameInput()}
      <div class="row">
        <textarea
          rows="1"
          maxlength=${MAX_CHAT_LENGTH}
          aria-label=${this.#words.say(edited ? 'chat.editing' : 'chat.write')}
          placeholder=${this.#words.say('chat.write')}
          title=${this.#words.say('chat.writeHint')}
          @keydown=${this.#onKey}
        ></textarea>
        <button class="button primary" type="submit">${this.#words.say(edited ? 'chat.save' : 'chat.send')}</button>
      </div>
    </form>`;
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

  #context(): TemplateResult | typeof nothing {
    const answered = this.replyTo === undefined ? undefined : this.desk.book.find(this.replyTo);
    if (!answered && this.editing === undefined) return nothing;
    const word = answered
      ? this.#words.say('chat.replyTo', { name: answered.author.name })
      : this.#words.say('chat.editing');
    return html`<p class="context">
      <span>${word}</span>
      <button class="button small" type="button" @click=${() => this.#begin({})}>${this.#words.say('chat.cancel')}</button>
    </p>`;
  }

  #begin({ replyTo, editing }: { replyTo?: string; editing?: string }): void {
    this.replyTo = replyTo;
    this.editing = editing;
    if (this.field) this.field.value = editing === undefined ? '' : (this.desk.book.find(editing)?.text ?? '');
    this.field?.focus();
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const text = this.field?.value.trim() ?? '';
    if (text === '' || !this.field) return;
    if (!this.#named()) return;
    if (this.editing === undefined) this.desk.say(text, this.replyTo);
    else this.desk.edit(this.editing, text);
    this.atEnd = true;
    this.#begin({});
  };

  #named(): boolean {
    if (!this.nameField) return true;
    const name = this.nameField.value.trim();
    this.nameMissing = name === '';
    if (this.nameMissing) this.nameField.focus();
    else this.dispatchEvent(new CustomEvent('gridcast-name', { detail: { name } }));
    return !this.nameMissing;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    // Keys of the page around must not act while somebody writes.
    event.stopPropagation();
    if (event.key === 'Escape' && (this.replyTo !== undefined || this.editing !== undefined)) this.#begin({});
    else if (event.key === 'Escape') this.#close();
    // While a word is being composed, Enter chooses it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    this.#submit(event);
  };

  readonly #onScroll = (): void => {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (this.atEnd) this.desk.book.read();
  };

  readonly #toEnd = (): void => {
    this.list.scrollTop = this.list.scrollHeight;
  };

  readonly #earlier = async (): Promise<void> => {
    const { list } = this;
    const fromEnd = list.scrollHeight - list.scrollTop;
    if (this.desk.book.entries.length <= this.shown) await this.desk.earlier();
    this.shown += STEP;
    await this.updateComplete;
    // What was read stays where it is.
    list.scrollTop = list.scrollHeight - fromEnd;
  };

  #giveUp(key: string): void {
    this.desk.book.settle(key);
    this.requestUpdate();
  }

  readonly #close = (): void => {
    if (this.closable) this.dispatchEvent(new CustomEvent('gridcast-close'));
  };
}
