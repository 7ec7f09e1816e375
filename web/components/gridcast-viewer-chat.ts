/** `<gridcast-viewer-chat>`: the chat of a room for its viewers; stands in the slot `chat` of the player. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ChatClient } from '../chat-client.ts';
import { HttpChat } from '../controllers/http-chat.ts';
import type { Catalogue } from '../i18n/message.ts';
import { WordsProvider } from '../i18n/words-controller.ts';
import { tokens } from '../styles/tokens.ts';
import { nowMs } from '../util/monotonic.ts';
import { ownPen } from '../util/own-identity.ts';
import { recall, remember } from '../util/page-storage.ts';
import './gridcast-chat.ts';

const NAME_KEY = 'gridcast.chat-name';

/**
 * In another page: `<gridcast-viewer-chat server="https://…" room="ROOM">`. Sends
 * `gridcast-closed` where the room keeps its chat from viewers: the page then takes it away. */
@customElement('gridcast-viewer-chat')
export class GridcastViewerChat extends LitElement {
  static override styles = [
    tokens,
    css`
      :host {
        display: block;
        min-height: 0;
        height: 100%;
      }
      :host([hidden]) {
        display: none;
      }
    `,
  ];

  @property() server = location.origin;
  @property() room = '';
  /** For private rooms. */
  @property() token = '';
  /** Sentences in another language; undefined: English. */
  @property({ attribute: false }) catalogue: Catalogue | undefined;
  @state() private revision = 0;
  readonly #words = new WordsProvider(this);
  #chat: HttpChat | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#chat?.close();
  }

  protected override scheduleUpdate(): void | Promise<unknown> {
    return this.#words.draw(() => super.scheduleUpdate());
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('catalogue')) this.#words.speak(this.catalogue);
    const other = ['server', 'room', 'token'].some((name) => changed.has(name as keyof GridcastViewerChat));
    // It may have been taken away while its language was on its way.
    if (other && this.isConnected) this.#open();
  }

  override render(): TemplateResult | typeof nothing {
    const chat = this.#chat;
    if (!chat || chat.closed) return nothing;
    return html`<gridcast-chat
      .desk=${chat}
      .revision=${this.revision}
      @gridcast-name=${({ detail }: CustomEvent<{ name: string }>) => {
        chat.name = detail.name;
        remember('local', NAME_KEY, detail.name);
      }}
    ></gridcast-chat>`;
  }

  #open(): void {
    this.#chat?.close();
    this.#chat = undefined;
    if (this.room === '') return;
    const chat = new HttpChat({
      server: new ChatClient(this.server, this.token, this.room, ownPen()),
      after: (ms, fn) => {
        const timer = window.setTimeout(fn, ms);
        return () => window.clearTimeout(timer);
      },
      nowMs,
      changed: () => {
        if (chat.closed) this.dispatchEvent(new CustomEvent('gridcast-closed'));
        this.revision += 1;
      },
    });
    chat.name = recall('local', NAME_KEY);
    this.#chat = chat;
    chat.open();
  }
}
