/** The chats as the API sees them: rooms by their ids, and requests that wait for something new. */
import type { ChatAsk, ChatControl } from '../api/chat-port.ts';
import { LimitError, NotFoundError } from '../errors.ts';
import type { ChatAuthor, ChatEntry } from '../protocol/chat.ts';
import { ChatReads } from '../room/chat-reads.ts';
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

/** One room's chat, while requests wait for it. */
interface Watch {
  waiting: number;
  /** Aborts at the next change. */
  next: AbortController;
  /** The revision behind which there is nothing, once that was found out. */
  current: number | undefined;
  /** Since the last change, by revision. */
  readonly looks: Map<number, Promise<ChatChanges>>;
  readonly stop: () => void;
}

/** `close` lets everybody go who waits. */
export class RoomChats implements ChatControl {
  readonly #options: RoomChatsOptions;
  readonly #closing = new AbortController();
  readonly #reads: ChatReads;
  readonly #watches = new Map<Room, Watch>();
  #waiting = 0;

  constructor(options: RoomChatsOptions) {
    this.#options = options;
    this.#reads = new ChatReads(options.clock);
  }

  /** Requests that wait now. */
  get waiting(): number {
    return this.#waiting;
  }

  rules(room: string): ChatSettings {
    return this.#room(room).chat;
  }

  async changes(id: string, rev: number, { waitMs, signal, known, address }: ChatAsk): Promise<ChatChanges> {
    const { chats } = this.#options;
    const room = this.#room(id);
    // Between two requests of a viewer a host may have changed the rules.
    const news = known !== undefined && known !== viewersRules(room.chat);
    if (waitMs === 0 || news) {
      this.#reads.ask(address);
      const changes = await chats.since(id, rev);
      this.#reads.told(address, changes.entries.length);
      return changes;
    }
    if (this.#waiting >= (this.#options.maxWaiting ?? MAX_WAITING)) {
      throw new LimitError(
        'too_many_waiting',
        'Too many requests are waiting on this server; try again in a few seconds.',
        503,
      );
    }
    this.#waiting += 1;
    const watch = this.#watch(room);
    try {
      // From before the look on: what is written during it must not be missed.
      const written = watch.next.signal;
      const changes = await this.#look(room, watch, rev, address);
      if (changes.entries.length > 0) return changes;
      const enough = AbortSignal.any([written, signal, this.#closing.signal]);
      await sleep(this.#options.clock, waitMs, enough);
      return written.aborted ? await this.#look(room, watch, rev, address) : changes;
    } finally {
      this.#leave(room, watch);
      this.#waiting -= 1;
    }
  }

  async before(room: string, id: string, limit: number, address?: string): Promise<readonly ChatEntry[]> {
    this.#room(room);
    this.#reads.ask(address);
    const entries = await this.#options.chats.before(room, id, limit);
    this.#reads.told(address, entries.length);
    return entries;
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

  #watch(room: Room): Watch {
    let watch = this.#watches.get(room);
    if (!watch) {
      const changed = (): void => {
        const { next, looks } = opened;
        opened.next = new AbortController();
        opened.current = undefined;
        looks.clear();
        next.abort();
      };
      const stops = (['chat', 'chatSwitched'] as const).map((name) => room.events.on(name, changed));
      const stop = (): void => {
        for (const each of stops) each();
      };
      const opened: Watch = {
        waiting: 0,
        next: new AbortController(),
        current: undefined,
        looks: new Map(),
        stop,
      };
      watch = opened;
      this.#watches.set(room, watch);
    }
    watch.waiting += 1;
    return watch;
  }

  #leave(room: Room, watch: Watch): void {
    watch.waiting -= 1;
    if (watch.waiting > 0) return;
    watch.stop();
    this.#watches.delete(room);
  }

  /** A message wakes all who wait for it at the same moment: the database is asked once for those who ask for the same. */
  async #look(room: Room, watch: Watch, rev: number, address: string | undefined): Promise<ChatChanges> {
    if (rev === watch.current) return { entries: [], more: false };
    const { next, looks } = watch;
    const known = looks.get(rev);
    if (!known) this.#reads.ask(address);
    const look = known ?? this.#options.chats.since(room.id, rev);
    if (!known) looks.set(rev, look);
    try {
      const changes = await look;
      if (changes.entries.length === 0 && watch.next === next) watch.current = rev;
      this.#reads.told(address, changes.entries.length);
      return changes;
    } finally {
      if (looks.get(rev) === look) looks.delete(rev);
    }
  }

  #room(id: string): Room {
    const room = this.#options.room(id);
    if (room) return room;
    throw new NotFoundError('room_not_found', `There is no room "${id}"; create it first.`);
  }
}
