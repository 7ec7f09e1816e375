/** The chats of all rooms: changes are made one at a time in each room, and stored before anybody is told. */
import { randomBytes } from 'node:crypto';
import { BadRequestError, ForbiddenError, NotFoundError } from '../errors.ts';
import { type ChatAuthor, type ChatEntry, isPrivate } from '../protocol/chat.ts';
import { CHAT_HISTORY, MAX_CHAT_ENTRIES } from '../protocol/limits.ts';
import type { Clock } from '../util/clock.ts';
import { KeyedQueue } from '../util/keyed-queue.ts';
import { ChatLimits } from './chat-limits.ts';
import type { ChatReader, ChatStore } from './chat-store.ts';
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
  /** Id of the participant it is for; undefined: everybody. */
  readonly to?: string | undefined;
}

/** What has changed, in the order of the changes. */
export interface ChatChanges {
  readonly entries: readonly ChatEntry[];
  /** There are more: ask again behind the last of these. */
  readonly more: boolean;
}

/** Emits each change as the event `chat` of its room, or as `privateChat` when it is for one person. */
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
   * @throws ForbiddenError `private_off`; LimitError `chat_…`; NotFoundError `message_gone` for an answer to one that is
   * not there, `recipient_gone`; BadRequestError `to_oneself`, `reply_private`.
   */
  say(room: Room, author: ChatAuthor, { key, text, replyTo, to }: ChatSaying, address?: string): Promise<ChatEntry> {
    return this.#queue.run(room.id, async () => {
      const before = await this.#store.findKey(room.id, author.id, key);
      if (before) return before;
      // Before the limits: whoever is refused this has written nothing, and may write something else at once.
      if (to !== undefined) mayBePrivate(room);
      const recipient = recipientOf(room, author, to);
      if (replyTo !== undefined) mayAnswer(await this.#existing(room, replyTo, author.id), author.id, to);
      this.#limits.take(room.id, author, room.chat.slowSeconds, address);
      const entry: ChatEntry = {
        // Whoever knows the id of a message knows nothing of others.
        id: randomBytes(12).toString('base64url'),
        rev: (await this.#store.revision(room.id)) + 1,
        at: Math.round(this.#clock.wallMs()),
        author,
        text,
        ...(replyTo !== undefined && { replyTo }),
        ...(recipient && { to: recipient }),
      };
      await this.#store.insert(room.id, key, entry);
      tell(room, entry);
      return entry;
    });
  }

  /**
   * Gives one's own message another text.
   * @throws NotFoundError `message_gone`, ForbiddenError `not_yours` or `private_off`, LimitError.
   */
  edit(room: Room, by: ChatAuthor, id: string, text: string): Promise<ChatEntry> {
    return this.#change(room, id, by, (entry) => {
      if (entry.author.id !== by.id)
        throw new ForbiddenError('Only the author of a message can change it.', 'not_yours');
      // Another text would be another private message.
      if (isPrivate(entry)) mayBePrivate(room);
      this.#limits.takeChange(room.id, by);
      return { ...entry, text, edited: true };
    });
  }

  /** Takes a message back: one's own, or as a host anybody's. @throws NotFoundError `message_gone`, ForbiddenError `not_yours`. */
  remove(room: Room, by: ChatAuthor, id: string): Promise<ChatEntry> {
    return this.#change(room, id, by, (entry) => {
      if (entry.author.id !== by.id && by.role !== 'host') {
        throw new ForbiddenError('Only who wrote a message, or a host, can delete it.', 'not_yours');
      }
      return { ...entry, text: '', deleted: true };
    });
  }

  /** Whole seconds until somebody may write again in slow mode; 0: at once. */
  waitSeconds(room: Room, author: Pick<ChatAuthor, 'id' | 'role'>): number {
    return this.#limits.waitSeconds(room.id, author, room.chat.slowSeconds);
  }

  /** Tells the others that somebody is writing; too often is left out. */
  typing(room: Room, { id }: Pick<ChatAuthor, 'id'>, to: string | undefined): void {
    if (to !== undefined && !room.chat.private) return;
    if (this.#limits.mayType(room.id, id)) room.events.emit('typing', { participant: id, to });
  }

  /** What has changed since a revision; 0: the newest messages. */
  async since(room: string, rev: number, reader?: ChatReader): Promise<ChatChanges> {
    if (rev === 0) return { entries: await this.#store.before(room, undefined, CHAT_HISTORY, reader), more: false };
    const entries = await this.#store.since(room, rev, MAX_CHAT_ENTRIES + 1, reader);
    return { entries: entries.slice(0, MAX_CHAT_ENTRIES), more: entries.length > MAX_CHAT_ENTRIES };
  }

  /** Up to `limit` messages before one, or the newest, oldest first. */
  before(room: string, id: string | undefined, limit: number, reader?: ChatReader): Promise<readonly ChatEntry[]> {
    return this.#store.before(room, id, limit, reader);
  }

  /** All that is kept for everybody, oldest first, so many at a time that a room of any length fits into memory. */
  async *all(room: string): AsyncGenerator<readonly ChatEntry[], void> {
    let rows = await this.#store.after(room, 0, MAX_CHAT_ENTRIES);
    while (rows.length > 0) {
      yield rows.map(({ entry }) => entry);
      rows = await this.#store.after(room, rows.at(-1)?.seq ?? 0, MAX_CHAT_ENTRIES);
    }
  }

  #change(room: Room, id: string, by: ChatAuthor, changed: (entry: ChatEntry) => ChatEntry): Promise<ChatEntry> {
    return this.#queue.run(room.id, async () => {
      const entry = changed(await this.#existing(room, id, by.id));
      const next = { ...entry, rev: (await this.#store.revision(room.id)) + 1 };
      await this.#store.change(room.id, next);
      tell(room, next);
      return next;
    });
  }

  /** Whoever it is not for is told the same as of one that never was. */
  async #existing(room: Room, id: string, reader: string): Promise<ChatEntry> {
    const entry = await this.#store.find(room.id, id, reader);
    if (entry && !entry.deleted) return entry;
    throw new NotFoundError('message_gone', 'This message no longer exists.');
  }
}

function tell(room: Room, entry: ChatEntry): void {
  if (isPrivate(entry)) room.events.emit('privateChat', entry);
  else room.events.emit('chat', entry);
}

function recipientOf(room: Room, author: ChatAuthor, to: string | undefined): ChatEntry['to'] {
  if (to === undefined) return undefined;
  if (to === author.id) throw new BadRequestError('to_oneself', 'A private message is for somebody else.');
  const found = room.find(to);
  if (found) return { id: to, name: found.name };
  throw new NotFoundError('recipient_gone', 'They are no longer in the room; write to somebody who is.');
}

function mayBePrivate({ chat }: Room): void {
  if (chat.private) return;
  throw new ForbiddenError(
    'Private messages are switched off in this room; write to everybody, or let a host switch them on again.',
    'private_off',
  );
}

/** What two people say in private stays between the two. */
function mayAnswer(answered: ChatEntry, by: string, to: string | undefined): void {
  if (!isPrivate(answered)) return;
  const other = answered.author.id === by ? answered.to.id : answered.author.id;
  if (to !== other) throw new BadRequestError('reply_private', 'Reply to a private message in private, to its author.');
}
