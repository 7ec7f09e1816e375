/** The chats of rooms that exist in a list only, kept in a database of their own. */
import { Database } from '../../src/database/database.ts';
import { nullLogger } from '../../src/logger.ts';
import type { ChatEntry } from '../../src/protocol/chat.ts';
import { ChatStore, chatMigrations } from '../../src/room/chat-store.ts';
import type { ChatSettings } from '../../src/room/chat-settings.ts';
import { Chats } from '../../src/room/chats.ts';
import { defaultSettings } from '../../src/room/room-settings.ts';
import { RoomStore, roomMigrations } from '../../src/room/room-store.ts';
import { Room } from '../../src/room/room.ts';
import { RoomChats } from '../../src/server/room-chats.ts';
import type { Clock } from '../../src/util/clock.ts';

/** A list of rooms with a chat each. */
export interface ChatRooms {
  readonly chats: RoomChats;
  /** How often the database was asked what has changed. */
  readonly looks: number;
  /** What it answers is told no sooner than this. */
  delay: Promise<void>;
  /** Puts a message of whoever has this id into a room. */
  put(room: string, id: string, author: string): Promise<void>;
  close(): Promise<void>;
}

/** A chat belongs to a room of the database: one is made with its first message. */
class KeptAnywhere extends ChatStore {
  readonly #rooms: RoomStore;
  looks = 0;
  delay: Promise<void> = Promise.resolve();

  constructor(database: Database, rooms: RoomStore) {
    super(database);
    this.#rooms = rooms;
  }

  override async insert(room: string, key: string, entry: ChatEntry): Promise<void> {
    const known = (await this.#rooms.list()).some(({ id }) => id === room);
    const stored = { id: room, title: room, createdAt: new Date(0), tokenVersion: 1, settings: defaultSettings() };
    if (!known) await this.#rooms.insert(stored);
    await super.insert(room, key, entry);
  }

  override async since(...asked: Parameters<ChatStore['since']>): Promise<ChatEntry[]> {
    this.looks += 1;
    const entries = await super.since(...asked);
    await this.delay;
    return entries;
  }
}

/** @param rooms asked with each call, so that it may grow */
export async function openChatRooms(
  clock: Clock,
  rooms: ReadonlyMap<string, { readonly chat: ChatSettings }>,
  maxWaiting?: number,
): Promise<ChatRooms> {
  const migrations = [...roomMigrations, ...chatMigrations];
  const database = await Database.open({ path: ':memory:', migrations, log: nullLogger });
  const store = new RoomStore(database, nullLogger);
  const made = new Map<string, Room>();
  const room = (id: string): Room | undefined => {
    const listed = rooms.get(id);
    if (!listed) return undefined;
    const limits = { maxParticipants: 16, maxTracksPerParticipant: 6 };
    const found = made.get(id) ?? new Room({ id, title: id, createdAt: new Date(0), limits });
    found.chat = listed.chat;
    made.set(id, found);
    return found;
  };
  const kept = new KeptAnywhere(database, store);
  const chats = new Chats({ store: kept, clock });
  const roomChats = new RoomChats({ chats, room, clock, ...(maxWaiting !== undefined && { maxWaiting }) });
  return {
    chats: roomChats,
    get looks() {
      return kept.looks;
    },
    get delay() {
      return kept.delay;
    },
    set delay(delay) {
      kept.delay = delay;
    },
    put: (where, id, author) => {
      const somebody = { id: author, name: 'Somebody', role: 'participant' } as const;
      return kept.insert(where, `key-of-${id}`, { id, rev: 1, at: 0, author: somebody, text: 'Hello' });
    },
    async close() {
      roomChats.close();
      await database.close();
    },
  };
}
