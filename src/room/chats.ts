/** The chats of all rooms: one change after the other in each, stored before anybody hears of it. */
import { randomBytes } from 'node:crypto';
import { ForbiddenError, NotFoundError } from '../errors.ts';
import type { ChatAuthor, ChatEntry } from '../protocol/chat.ts';
import { CHAT_HISTORY, MAX_CHAT_ENTRIES } from '../protocol/limits.ts';
import type { Clock } from '../util/clock.ts';
import { KeyedQueue } from '../util/keyed-queue.ts';
import { ChatLimits } from './chat-limits.ts';
import type { ChatStore } from './chat-store.ts';
import type { Room } from './room.ts';

/** Options of the chats. */
export interface ChatsOptions {
  readonly store: ChatStore;
  readonly clock: Clock;
}

/** A new message. */
export interface ChatSaying {
  readonly key: string;
  readonly text: string;
  readonly replyTo?: string | undefined;
}

/** What has changed, in the order of the changes. */
export interface ChatChanges {
  readonly entries: readonly ChatEntry[];
  /** There are more: ask again behind the last of these. */
  readonly more: boolean;
}

/** Tells each change as the event `chat` of its room. */
export class Chats {
  readonly #store: ChatStore;
  readonly #clock: Clock;
  readonly #limits: ChatLimits;
  readonly #queue = new KeyedQueue();

  constructor({ store, clock }: ChatsOptions) {
    this.#store = store;
    this.#clock = clock;
    this.#limits = new ChatLimits(clock);
  }

  /**
   * Takes a message; one that was sent before is the same again.
   * @param address of viewers: whoever has many names has one address
   * @throws LimitError `chat_…`; NotFoundError `message_gone` for an answer to one that is not there.
   */
  say(room: Room, author: ChatAuthor, { key, text, replyTo }: ChatSaying, address?: string): Promise<ChatEntry> {
    return this.#queue.run(room.id, async () => {
      const before = await this.#store.findKey(room.id, author.id, key);
      if (before) return before;
      this.#limits.take(room.id, author, room.chat.slowSeconds, address);
      if (replyTo !== undefined) await this.#existing(room, replyTo);
      const entry: ChatEntry = {
        // Whoever knows the id of a message knows nothing of others.
        id: randomBytes(12).toString('base64url'),
        rev: (await this.#store.revision(room.id)) + 1,
        at: Math.round(this.#clock.wallMs()),
        author,
        text,
        ...(replyTo !== undefined && { replyTo }),
      };
      await this.#store.insert(room.id, key, entry);
      room.events.emit('chat', entry);
      return entry;
    });
  }

  /** Gives one's own message another text. @throws NotFoundError `message_gone`, ForbiddenError `not_yours`, LimitError. */
  edit(room: Room, by: ChatAuthor, id: string, text: string): Promise<ChatEntry> {
    return this.#change(room, id, (entry) => {
      if (entry.author.id !== by.id) throw new ForbiddenError('Only who wrote a message can change it.', 'not_yours');
      this.#limits.take(room.id, by, 0);
      return { ...entry, text, edited: true };
    });
  }

  /** Takes a message back: one's own, or as a host anybody's. @throws NotFoundError `message_gone`, ForbiddenError `not_yours`. */
  remove(room: Room, by: ChatAuthor, id: string): Promise<ChatEntry> {
    return this.#change(room, id, (entry) => {
      if (entry.author.id !== by.id && by.role !== 'host') {
        throw new ForbiddenError('Only who wrote a message, or a host, can delete it.', 'not_yours');
      }
      return { ...entry, text: '', deleted: true };
    });
  }

  /** What has changed since a revision; 0: the newest messages. */
  async since(room: string, rev: number): Promise<ChatChanges> {
    if (rev === 0) return { entries: await this.#store.before(room, undefined, CHAT_HISTORY), more: false };
    const entries = await this.#store.since(room, rev, MAX_CHAT_ENTRIES + 1);
    return { entries: entries.slice(0, MAX_CHAT_ENTRIES), more: entries.length > MAX_CHAT_ENTRIES };
  }

  /** Up to `limit` messages before one, or the newest, oldest first. */
  before(room: string, id: string | undefined, limit: number): Promise<readonly ChatEntry[]> {
    return this.#store.before(room, id, limit);
  }

  #change(room: Room, id: string, changed: (entry: ChatEntry) => ChatEntry): Promise<ChatEntry> {
    return this.#queue.run(room.id, async () => {
      const entry = changed(await this.#existing(room, id));
      const next = { ...entry, rev: (await this.#store.revision(room.id)) + 1 };
      await this.#store.change(room.id, next);
      room.events.emit('chat', next);
      return next;
    });
  }

  async #existing(room: Room, id: string): Promise<ChatEntry> {
    const entry = await this.#store.find(room.id, id);
    if (entry && !entry.deleted) return entry;
    throw new NotFoundError('message_gone', 'This message is not there any more.');
  }
}
