/** The chat of somebody who is in the room: over their connection. */
import type { ChatClientMessage, ChatEntry } from '../../src/protocol/chat.ts';
import { CHAT_HISTORY } from '../../src/protocol/limits.ts';
import type { ServerMessage } from '../../src/protocol/messages.ts';
import { ChatBook, type PendingMessage } from './chat-book.ts';
import {
  type ChatChange,
  type ChatDesk,
  type ChatPerson,
  messageKey,
  type SavedFormat,
  type SayOptions,
  takeEarlier,
  type ViewersMay,
} from './chat-desk.ts';
import type { NoticesPort } from '../util/notice-kind.ts';
import type { ChatRules } from './room-facts.ts';
import { SlowMode } from './slow-mode.ts';
import { TypingPeople } from './typing-people.ts';
import { type Problem, saidProblem } from '../util/problem.ts';

/** What a page adds to a chat. */
export interface ChatSurroundings {
  /** Undefined: none. */
  readonly notices?: NoticesPort | undefined;
  /** Rejects with a sentence. */
  readonly save?: (format: SavedFormat) => Promise<void>;
  /** For hosts: changes the chat for everybody. Rejects with a sentence. */
  readonly change?: (change: ChatChange) => Promise<void>;
}

/** What it needs of its surroundings. */
export interface SocketChatOptions {
  /** Says something to the server; lost while there is no connection. */
  readonly say: (message: ChatClientMessage) => void;
  /** This person, once they are in. */
  readonly self: () =>
    | { readonly id: string; readonly name: string; readonly role: 'host' | 'participant' }
    | undefined;
  /** Everybody in the room. */
  readonly people: () => readonly ChatPerson[];
  /** As the server said last. */
  readonly rules: () => ChatRules;
  readonly after: (ms: number, fn: () => void) => () => void;
  readonly nowMs: () => number;
  /** The page is in the background. */
  readonly hidden: () => boolean;
  readonly surroundings: ChatSurroundings;
  readonly changed: () => void;
}

/** The server holds it for longer. */
const TYPING_EVERY_MS = 3000;

/** Kept for a whole stay, over cuts of the connection. */
export class SocketChat implements ChatDesk {
  readonly book = new ChatBook();
  readonly mayWrite = true;
  watching = false;
  readonly #options: SocketChatOptions;
  readonly #typing: TypingPeople;
  readonly #slow: SlowMode;
  #problem: Problem | undefined;
  #hasEarlier = false;
  #begun = false;
  #earlier: (() => void) | undefined;
  #saidTypingMs = Number.NEGATIVE_INFINITY;

  constructor(options: SocketChatOptions) {
    this.#options = options;
    this.#typing = new TypingPeople(options);
    this.#slow = new SlowMode({ ...options, everyS: () => (this.moderates ? 0 : this.slowSeconds) });
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

  get problem(): Problem | undefined {
    return this.#problem;
  }

  get hasEarlier(): boolean {
    return this.#hasEarlier;
  }

  get people(): readonly ChatPerson[] {
    return this.#options.people().filter(({ id }) => id !== this.self);
  }

  get privately(): boolean {
    return this.#options.rules().private;
  }

  get slowSeconds(): number {
    return this.#options.rules().slowSeconds;
  }

  /** While one's own message is on its way, the wait is a whole one: another would be refused. */
  get waitS(): number {
    if (this.moderates || this.slowSeconds === 0) return 0;
    return this.book.pending.some(({ problem }) => problem === undefined) ? this.slowSeconds : this.#slow.waitS;
  }

  get viewers(): ViewersMay {
    return this.#options.rules().viewers;
  }

  get writing(): ChatDesk['writing'] {
    const people = this.#options.people();
    return this.#typing.people.flatMap(({ id, privately }) => {
      const found = people.find((person) => person.id === id);
      return found ? [{ id, name: found.name, privately }] : [];
    });
  }

  get notices(): NoticesPort | undefined {
    return this.#options.surroundings.notices;
  }

  get save(): ChatDesk['save'] {
    return this.#options.surroundings.save;
  }

  get change(): ChatDesk['change'] {
    return this.moderates ? this.#options.surroundings.change : undefined;
  }

  /** In, or in again: what is on its way may not have arrived, and something may have been missed. */
  joined(): void {
    if (this.book.rev > 0) this.#options.say({ type: 'chat-since', rev: this.book.rev });
    for (const message of this.book.pending) if (message.problem === undefined) this.#options.say(saying(message));
    // The answer to a look back was lost with the connection.
    this.#earlier?.();
  }

  /** Takes a message of the server in; whether it was one of the chat. */
  receive(message: ServerMessage): boolean {
    if (message.type === 'chat-typing') {
      this.#typing.heard(message.participant, message.to !== undefined);
      return true;
    }
    if (message.type === 'chat') {
      this.#take(message);
      return true;
    }
    // Who writes, and how quickly, is among what the room tells of itself.
    if (message.type === 'room' || message.type === 'roster') this.#slow.look();
    if (message.type !== 'chat-refused') return false;
    const problem = saidProblem(message.message, message.code);
    if (message.key === undefined) this.#problem = problem;
    else this.book.refuse(message.key, problem);
    if (message.code === 'chat_slow' && message.retryAfter !== undefined) this.#slow.told(message.retryAfter);
    this.#earlier?.();
    return true;
  }

  say(text: string, { replyTo, to }: SayOptions = {}): void {
    this.#saidTypingMs = Number.NEGATIVE_INFINITY;
    this.#send({ key: messageKey(), text, replyTo, to });
  }

  writes(to: ChatPerson | undefined): void {
    const nowMs = this.#options.nowMs();
    if (nowMs - this.#saidTypingMs < TYPING_EVERY_MS) return;
    this.#saidTypingMs = nowMs;
    this.#options.say({ type: 'chat-typing', ...(to && { to: to.id }) });
  }

  retry(key: string): void {
    const message = this.book.pending.find((each) => each.key === key);
    if (message) this.#send(message);
  }

  edit(id: string, text: string): void {
    this.#problem = undefined;
    this.#options.say({ type: 'chat-edit', id, text });
  }

  remove(id: string): void {
    this.#problem = undefined;
    this.#options.say({ type: 'chat-delete', id });
  }

  /** Resolves when the answer is here, or will not come any more. */
  async earlier(): Promise<void> {
    const [oldest] = this.book.entries;
    if (!oldest) return;
    this.#earlier?.();
    await new Promise<void>((resolve) => {
      this.#earlier = resolve;
      this.#options.say({ type: 'chat-before', id: oldest.id });
    });
    this.#earlier = undefined;
    this.#options.changed();
  }

  close(): void {
    this.#typing.close();
    this.#slow.close();
    this.#earlier?.();
    this.notices?.close();
  }

  #take({ entries, key, more, before, wait }: Extract<ServerMessage, { type: 'chat' }>): void {
    if (before !== undefined) {
      this.#hasEarlier = takeEarlier(this.book, entries, this.self);
      this.#earlier?.();
      return;
    }
    const first = !this.#begun && entries.length > 1;
    if (first) this.#hasEarlier = entries.length >= CHAT_HISTORY;
    this.#begun = true;
    const news = first ? [] : entries.filter(({ id }) => this.book.find(id) === undefined);
    this.book.take(entries, this.self, !first);
    for (const { author } of entries) this.#typing.wrote(author.id);
    if (key !== undefined) {
      this.book.settle(key);
      this.#slow.wrote();
    }
    if (wait !== undefined) this.#slow.told(wait);
    // Not the largest of all: what is written meanwhile comes before the rest of what was missed.
    if (more) this.#options.say({ type: 'chat-since', rev: Math.max(...entries.map(({ rev }) => rev)) });
    for (const entry of news) this.#tell(entry);
  }

  #tell(entry: ChatEntry): void {
    const { self, name, watching } = this;
    this.notices?.tell(entry, { self, name, hidden: this.#options.hidden(), watching });
  }

  #send(message: Omit<PendingMessage, 'problem'>): void {
    this.#problem = undefined;
    this.book.send(message);
    this.#options.say(saying(message));
    this.#options.changed();
  }
}

function saying({ key, text, replyTo, to }: Omit<PendingMessage, 'problem'>): ChatClientMessage {
  return { type: 'chat-say', key, text, ...(replyTo !== undefined && { replyTo }), ...(to && { to: to.id }) };
}
