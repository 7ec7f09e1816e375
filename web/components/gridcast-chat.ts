/** `<gridcast-chat>`: a room's chat, in the room and beside the player. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { FileView } from '../../src/protocol/files.ts';
import type { ChatDesk } from '../controllers/chat-desk.ts';
import type { FilesDesk } from '../controllers/files-desk.ts';
import { handsOn } from '../controllers/focus-heir.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { chatFlow } from '../util/chat-flow.ts';
import { isInSight } from '../util/in-sight.ts';
import type { GridcastChatComposer } from './chat-composer.ts';
import './chat-composer.ts';
import { chatEntry, type EntryParts, pendingEntry, typingLine } from './chat-entry.ts';
import './chat-menu.ts';
import { chatStyles } from './chat-styles.ts';
import { fileRow } from './file-row.ts';
import { fileRows } from './file-styles.ts';
import { icons } from './icons.ts';
import type { GridcastRoomFiles } from './room-files.ts';
import './room-files.ts';

/** Messages that are drawn at first, and more with each look back: a page stays quick whatever was written. */
const STEP = 150;
const TO_MINUTES: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
/** Closer to the end than this, the list follows what comes. */
const NEAR_END_PX = 60;

/** Sends `gridcast-close` when its button is pressed, and `gridcast-name` with the name that a viewer has entered. */
@customElement('gridcast-chat')
export class GridcastChat extends LitElement {
  static override styles = [inherited, buttons, surfaces, panelParts, fileRows, chatStyles];

  @property({ attribute: false }) desk!: ChatDesk;
  /** Renewed by the owner whenever `desk` changed. */
  @property({ type: Number }) revision = 0;
  /** What people share; undefined where nobody does. */
  @property({ attribute: false }) files: FilesDesk | undefined;
  /** Has a button that closes it. */
  @property({ type: Boolean }) closable = false;
  @state() private shown = STEP;
  @state() private atEnd = true;
  @state() private menu = false;
  @state() private tab: 'messages' | 'files' = 'messages';
  @query('.list') private list!: HTMLElement;
  @query('gridcast-room-files') private shared!: GridcastRoomFiles | null;
  @query('gridcast-chat-composer') private composer!: GridcastChatComposer | null;
  protected readonly rowFocus = new RowFocus(this, { last: '.list' });
  readonly #words = new WordsUser(this);
  readonly #size = new ResizeObserver(() => this.#resized());
  #sized: HTMLElement | undefined;
  #height = 0;

  /** Puts the cursor where one writes, once it is drawn. */
  async begin(): Promise<void> {
    await this.updateComplete;
    if (this.composer) await this.composer.begin();
    else this.list.focus();
  }

  /** Turns to the files. */
  showFiles(): void {
    this.tab = 'files';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#size.disconnect();
    this.#sized = undefined;
    if (this.hasUpdated) this.desk.watching = false;
  }

  override updated(changed: PropertyValues): void {
    this.#watchSize();
    const uncovers = changed.has('menu');
    if (!uncovers && !changed.has('revision') && !changed.has('desk')) return;
    if (uncovers) this.shared?.requestUpdate('revision');
    this.desk.watching = this.tab === 'messages' && isInSight(this.list);
    if (!this.atEnd || this.tab === 'files') return;
    this.list.scrollTop = this.list.scrollHeight;
    if (document.visibilityState === 'visible') this.#read();
  }

  override render(): TemplateResult {
    return html`<div class="head">
        <h2>${this.#words.say('chat.title')}</h2>
        ${this.#tabs()}
        <div class="tools-right">${this.#menuButton()} ${this.#closeButton()}</div>
      </div>
      ${
        this.menu
          ? html`<gridcast-chat-menu
              .desk=${this.desk}
              .revision=${this.revision}
              @keydown=${this.#onMenuKey}
            ></gridcast-chat-menu>`
          : nothing
      }
      ${
        this.tab === 'files' && this.files
          ? html`<gridcast-room-files
              class="list-of-files"
              .desk=${this.files}
              .self=${this.desk.self ?? ''}
              .revision=${this.revision}
            ></gridcast-room-files>`
          : html`${this.#messages()} ${typingLine(this.desk, this.#words.words)} ${this.#foot()}`
      }`;
  }

  #tabs(): TemplateResult | typeof nothing {
    const { files } = this;
    if (!files) return nothing;
    const tab = (name: 'messages' | 'files', news: number): TemplateResult => {
      const word = this.#words.say(`files.${name === 'files' ? 'title' : 'messages'}`);
      const told = this.#words.say(name === 'files' ? 'files.new' : 'chat.new', { count: news });
      return html`<button
        type="button"
        aria-pressed=${this.tab === name ? 'true' : 'false'}
        aria-label=${news > 0 ? `${word}: ${told}` : word}
        @click=${() => this.#turn(name)}
      >
        ${word}${news > 0 ? html`<span class="count">${news}</span>` : nothing}
      </button>`;
    };
    return html`<div class="tabs" role="group" aria-label=${this.#words.say('files.tabs')}>
      ${tab('messages', this.tab === 'files' || this.#covered ? this.desk.book.unread : 0)}
      ${tab('files', this.tab === 'files' ? 0 : files.unseen)}
    </div>`;
  }

  #turn(tab: 'messages' | 'files'): void {
    this.tab = tab;
    // On a phone it would cover what was asked for.
    this.menu = false;
    if (tab === 'messages') {
      this.atEnd = true;
      void this.updateComplete.then(() => this.requestUpdate('revision'));
    }
  }

  async #attach(): Promise<void> {
    this.tab = 'files';
    await this.updateComplete;
    await this.shared?.updateComplete;
    this.shared?.choose();
  }

  readonly #onMenuKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.menu = false;
    this.renderRoot.querySelector<HTMLButtonElement>('.tools-right [aria-expanded]')?.focus();
  };

  #menuButton(): TemplateResult | typeof nothing {
    const { notices, save, change } = this.desk;
    if (!notices && !save && !change) return nothing;
    const word = this.#words.say('chat.menu');
    return html`<button
      class="tool large"
      type="button"
      aria-label=${word}
      title=${word}
      aria-expanded=${this.menu ? 'true' : 'false'}
      @click=${() => {
        this.menu = !this.menu;
      }}
    >
      ${icons.more}
    </button>`;
  }

  #closeButton(): TemplateResult | typeof nothing {
    if (!this.closable) return nothing;
    return html`<button
      class="tool large"
      type="button"
      aria-label=${this.#words.say('chat.close')}
      @click=${this.#close}
    >
      ${icons.close}
    </button>`;
  }

  #messages(): TemplateResult {
    const { entries, pending } = this.desk.book;
    const files = this.files?.files ?? [];
    if (entries.length === 0 && pending.length === 0 && files.length === 0) return this.#empty();
    const flow = chatFlow(entries, files, this.desk.hasEarlier);
    const from = Math.max(0, flow.length - this.shown);
    const drawn = flow.slice(from);
    const parts = this.#parts();
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
          ({ entry, file }, index) =>
            entry ? chatEntry(entry, drawn[index - 1]?.entry, parts) : this.#file(file, parts),
        )}
        ${pending.map((message) => pendingEntry(message, parts, (key) => this.#giveUp(key)))}
      </ol>
      ${this.#jump()}
    </div>`;
  }

  #file(file: FileView, { words, time }: EntryParts): TemplateResult {
    const own = file.by.id === this.desk.self;
    const when = new Date(file.at);
    const word = own ? words.say('files.inChatOwn') : words.say('files.inChat', { name: file.by.name });
    const look = async (act: 'open' | 'download'): Promise<void> => {
      this.tab = 'files';
      await this.updateComplete;
      await this.shared?.updateComplete;
      await this.shared?.[act](file);
    };
    return html`<li class="first">
      <p class="who">
        <b dir="auto">${word}</b>
        <time datetime=${when.toISOString()} title=${when.toLocaleString(words.dateLocale)}>${time.format(when)}</time>
      </p>
      ${fileRow(file, own, words, { open: () => void look('open'), download: () => void look('download') })}
    </li>`;
  }

  #parts(): EntryParts {
    return {
      desk: this.desk,
      words: this.#words.words,
      time: new Intl.DateTimeFormat(this.#words.words.dateLocale, TO_MINUTES),
      write: (draft) => this.composer?.write(draft),
    };
  }

  #empty(): TemplateResult {
    const { mayWrite, problem } = this.desk;
    const known = mayWrite !== undefined;
    const hint = mayWrite ? html`<p class="muted">${this.#words.say('chat.noneHint')}</p>` : nothing;
    // Small as it may be, it scrolls: by keyboard, too.
    return html`<div class="list" role="log" tabindex="0" aria-label=${this.#words.say('chat.messages')}>
      <div class="none" role="status">
        <p>${problem ? this.#words.words.problem(problem).detail : this.#words.say(known ? 'chat.none' : 'chat.opening')}</p>
        ${known ? hint : nothing}
      </div>
    </div>`;
  }

  #jump(): TemplateResult | typeof nothing {
    if (this.atEnd) return nothing;
    const { unread } = this.desk.book;
    const word = unread > 0 ? this.#words.say('chat.new', { count: unread }) : this.#words.say('chat.latest');
    return html`<button class="button small primary jump" type="button" @click=${this.#toEnd} ${handsOn()}>${word}</button>`;
  }

  #foot(): TemplateResult | typeof nothing {
    const { mayWrite } = this.desk;
    if (mayWrite === false) return html`<p class="foot read-only">${this.#words.say('chat.readOnly')}</p>`;
    if (!mayWrite) return nothing;
    return html`<gridcast-chat-composer
      class="foot"
      .desk=${this.desk}
      .revision=${this.revision}
      @gridcast-name=${({ detail }: CustomEvent<unknown>) =>
        this.dispatchEvent(new CustomEvent('gridcast-name', { detail }))}
      @gridcast-said=${() => {
        this.atEnd = true;
      }}
      @gridcast-close=${this.#close}
      >${this.#attachButton()}</gridcast-chat-composer
    >`;
  }

  #attachButton(): TemplateResult | typeof nothing {
    if (!this.files || this.files.enabled === false) return nothing;
    const word = this.#words.say('files.attach');
    return html`<button
      slot="tools"
      class="tool"
      type="button"
      aria-label=${word}
      title=${word}
      @click=${() => void this.#attach()}
    >
      ${icons.attach}
    </button>`;
  }

  /** One list stands for another when the first message comes. */
  #watchSize(): void {
    const list = this.tab === 'messages' ? this.list : undefined;
    if (list === this.#sized) return;
    this.#size.disconnect();
    this.#sized = list;
    if (list) this.#size.observe(list);
  }

  /** A keyboard came up, or what one writes has more lines: whoever read the end still does. */
  #resized(): void {
    if (!this.#sized) return;
    this.#height = this.#sized.clientHeight;
    if (this.atEnd) this.#toEnd();
  }

  readonly #onScroll = (): void => {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    // Nobody has scrolled: the list became smaller, and its observer comes a moment later.
    if (clientHeight !== this.#height) return;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (!this.atEnd) return;
    this.#read();
    // Who has looked back is back: with thousands of messages on the page, each that comes would hold it up.
    if (!this.list.querySelector('li:focus-within')) this.shown = STEP;
  };

  /** On a phone the menu lies over the messages: what comes meanwhile is read when it is closed. */
  get #covered(): boolean {
    return this.menu && this.hasUpdated && !isInSight(this.list);
  }

  #read(): void {
    if (isInSight(this.list)) this.desk.book.read();
  }

  readonly #toEnd = (): void => {
    this.list.scrollTop = this.list.scrollHeight;
  };

  readonly #earlier = async (): Promise<void> => {
    const { list } = this;
    const fromEnd = list.scrollHeight - list.scrollTop;
    if (this.desk.book.entries.length + (this.files?.files.length ?? 0) <= this.shown) await this.desk.earlier();
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
