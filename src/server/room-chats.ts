/** The chats as the API sees them: rooms by their ids, and requests that wait for something new. */
import type { ChatControl } from '../api/chat-port.ts';
import { LimitError, NotFoundError } from '../errors.ts';
import type { ChatAuthor, ChatEntry } from '../protocol/chat.ts';
import { type ChatSettings, viewersRules } from '../room/chat-settings.ts';
import type { ChatChanges, Chats, ChatSaying } from '../room/chats.ts';
import type { Room } from '../room/room.ts';
import { type Clock, sleep } from '../util/clock.ts';

/** Options of the chats. */
export interface RoomChatsOptions {
  readonly chats: Chats;
  readonly room: (id: string) => Room | undefined;
  readonly clock: Clock;
  /** Requests that may wait at the same time; default 5000. */
  readonly maxWaiting?: number;
}

const MAX_WAITING = 5000;

/** `close` lets everybody go who waits. */
export class RoomChats implements ChatControl {
  readonly #options: RoomChatsOptions;
  readonly #closing = new AbortController();
  #waiting = 0;

  constructor(options: RoomChatsOptions) {
    this.#options = options;
  }

  /** Requests that wait now. */
  get waiting(): number {
    return this.#waiting;
  }

  rules(room: string): ChatSettings {
    return this.#room(room).chat;
  }

  async changes(id: string, rev: number, waitMs: number, signal: AbortSignal, known?: string): Promise<ChatChanges> {
    const { chats } = this.#options;
    const room = this.#room(id);
    // Between two requests of a viewer a host may have changed the rules.
    const news = known !== undefined && known !== viewersRules(room.chat);
    if (waitMs === 0 || news) return chats.since(id, rev);
    if (this.#waiting >= (this.#options.maxWaiting ?? MAX_WAITING)) {
      throw new LimitError(
        'too_many_waiting',
        'Too many requests are waiting on this server; try again in a few seconds.',
        503,
      );
    }
    this.#waiting += 1;
    const written = new AbortController();
    // From before the look on: what is written during it must not be missed.
    const stops = (['chat', 'chatSwitched'] as const).map((name) => room.events.on(name, () => written.abort()));
    try {
      const changes = await chats.since(id, rev);
      if (changes.entries.length > 0) return changes;
      const enough = AbortSignal.any([written.signal, signal, this.#closing.signal]);
      await sleep(this.#options.clock, waitMs, enough);
      return written.signal.aborted ? await chats.since(id, rev) : changes;
    } finally {
      for (const stop of stops) stop();
      this.#waiting -= 1;
    }
  }

  before(room: string, id: string, limit: number): Promise<readonly ChatEntry[]> {
    this.#room(room);
    return this.#options.chats.before(room, id, limit);
  }

  all(room: string): AsyncIterable<readonly ChatEntry[]> {
    return this.#options.chats.all(this.#room(room).id);
  }

  say(room: string, author: ChatAuthor, saying: ChatSaying, address: string): Promise<ChatEntry> {
    return this.#options.chats.say(this.#room(room), author, saying, address);
  }

  edit(room: string, by: ChatAuthor, id: string, text: string): Promise<ChatEntry> {
    return this.#options.chats.edit(this.#room(room), by, id, text);
  }

  remove(room: string, by: ChatAuthor, id: string): Promise<ChatEntry> {
    return this.#options.chats.remove(this.#room(room), by, id);
  }

  close(): void {
    this.#closing.abort();
  }

  #room(id: string): Room {
    const room = this.#options.room(id);
    if (room) return room;
    throw new NotFoundError('room_not_found', `There is no room "${id}"; create it first.`);
  }
}
