/** The chat of somebody who is in the room: over their connection. */
import type { ChatClientMessage, ChatEntry } from '../../src/protocol/chat.ts';
import { CHAT_HISTORY } from '../../src/protocol/limits.ts';
import type { ServerMessage } from '../../src/protocol/messages.ts';
import { sentenceOf } from '../api-client.ts';
import { ChatBook } from './chat-book.ts';
import { type ChatDesk, EARLIER, messageKey, takeEarlier } from './chat-desk.ts';

/** What it needs of its surroundings. */
export interface SocketChatOptions {
  /** Says something to the server; lost while there is no connection. */
  readonly say: (message: ChatClientMessage) => void;
  /** This person, once they are in. */
  readonly self: () =>
    | { readonly id: string; readonly name: string; readonly role: 'host' | 'participant' }
    | undefined;
  /** Messages before one. Rejects with a sentence. */
  readonly before: (id: string, limit: number) => Promise<readonly ChatEntry[]>;
  readonly changed: () => void;
}

/** Kept for a whole stay, over cuts of the connection. */
export class SocketChat implements ChatDesk {
  readonly book = new ChatBook();
  readonly mayWrite = true;
  readonly #options: SocketChatOptions;
  #problem: string | undefined;
  #hasEarlier = false;
  #begun = false;

  constructor(options: SocketChatOptions) {
    this.#options = options;
  }

  get self(): string | undefined {
    return this.#options.self()?.id;
  }

  get name(): string {
    return this.#options.self()?.name ?? '';
  }

  get moderates(): boolean {
    return this.#options.self()?.role === 'host';
  }

  get problem(): string | undefined {
    return this.#problem;
  }

  get hasEarlier(): boolean {
    return this.#hasEarlier;
  }

  /** In, or in again: what is on its way may not have arrived, and something may have been missed. */
  joined(): void {
    if (this.book.rev > 0) this.#options.say({ type: 'chat-since', rev: this.book.rev });
    for (const { key, text, replyTo, problem } of this.book.pending) {
      if (problem === undefined) this.#options.say(saying(key, text, replyTo));
    }
  }

  /** Takes a message of the server in; whether it was one of the chat. */
  receive(message: ServerMessage): boolean {
    if (message.type === 'chat') {
      const first = !this.#begun && message.entries.length > 1;
      if (first) this.#hasEarlier = message.entries.length >= CHAT_HISTORY;
      this.#begun = true;
      this.book.take(message.entries, this.self, !first);
      if (message.key !== undefined) this.book.settle(message.key);
      if (message.more) this.#options.say({ type: 'chat-since', rev: this.book.rev });
      return true;
    }
    if (message.type !== 'chat-refused') return false;
    if (message.key === undefined) this.#problem = message.message;
    else this.book.refuse(message.key, message.message);
    return true;
  }

  say(text: string, replyTo?: string): void {
    this.#send(messageKey(), text, replyTo);
  }

  retry(key: string): void {
    const message = this.book.pending.find((each) => each.key === key);
    if (message) this.#send(key, message.text, message.replyTo);
  }

  edit(id: string, text: string): void {
    this.#problem = undefined;
    this.#options.say({ type: 'chat-edit', id, text });
  }

  remove(id: string): void {
    this.#problem = undefined;
    this.#options.say({ type: 'chat-delete', id });
  }

  async earlier(): Promise<void> {
    const [oldest] = this.book.entries;
    if (!oldest) return;
    try {
      this.#hasEarlier = takeEarlier(this.book, await this.#options.before(oldest.id, EARLIER), this.self);
    } catch (error) {
      this.#problem = sentenceOf(error);
    }
    this.#options.changed();
  }

  #send(key: string, text: string, replyTo: string | undefined): void {
    this.#problem = undefined;
    this.book.send({ key, text, replyTo });
    this.#options.say(saying(key, text, replyTo));
    this.#options.changed();
  }
}

function saying(key: string, text: string, replyTo: string | undefined): ChatClientMessage {
  return { type: 'chat-say', key, text, ...(replyTo !== undefined && { replyTo }) };
}
