/** Chat messages, in the database; deleted with their room. */
import { type Generated, type Kysely, type Selectable, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import type { ChatAuthor, ChatEntry } from '../protocol/chat.ts';

interface ChatRow {
  seq: Generated<number>;
  room: string;
  id: string;
  key: string;
  rev: number;
  at: number;
  author: string;
  name: string;
  role: ChatAuthor['role'];
  text: string;
  reply_to: string | null;
  edited: number;
  deleted: number;
  recipient: string | null;
  recipient_name: string | null;
}

interface ChatTables {
  chat: ChatRow;
}

/** Messages that are kept of one room; the oldest go. */
export const MAX_STORED_MESSAGES = 10_000;
/** Changes of a room after which its oldest messages are looked for. */
const PRUNE_EVERY = 100;

/** Steps that make the table of this store; after those of the rooms. */
export const chatMigrations: readonly Migration[] = [
  {
    name: 'chat-1-create',
    async up(db) {
      await sql`create table chat (
        seq integer primary key autoincrement,
        room text not null references rooms(id) on delete cascade,
        id text not null,
        key text not null,
        rev integer not null,
        at real not null,
        author text not null,
        name text not null,
        role text not null check (role in ('host', 'participant', 'viewer')),
        text text not null,
        reply_to text,
        edited integer not null default 0,
        deleted integer not null default 0,
        unique (room, id),
        unique (room, author, key)
      ) strict`.execute(db);
      await sql`create index chat_by_rev on chat (room, rev)`.execute(db);
    },
  },
  {
    name: 'chat-2-private',
    async up(db) {
      await sql`alter table chat add column recipient text`.execute(db);
      await sql`alter table chat add column recipient_name text`.execute(db);
    },
  },
  {
    name: 'chat-3-places',
    async up(db) {
      // Whoever joins looks at the newest messages: without it all that the room has are sorted for them.
      await sql`create index chat_by_place on chat (room, seq)`.execute(db);
    },
  },
];

/** Who reads: an id sees what is for everybody and what is from and for them; undefined only what is for everybody. */
export type ChatReader = string | undefined;

/** The table `chat`. */
export class ChatStore {
  readonly #db: Kysely<ChatTables>;
  readonly #limit: number;

  constructor(database: Database, limit = MAX_STORED_MESSAGES) {
    this.#db = database.tables<ChatTables>();
    this.#limit = limit;
  }

  /** The largest revision of a room, 0 for none. */
  async revision(room: string): Promise<number> {
    const query = this.#db.selectFrom('chat').select((of) => of.fn.max('rev').as('rev'));
    return (await query.where('room', '=', room).executeTakeFirst())?.rev ?? 0;
  }

  /** Rejects when the room is not stored. */
  async insert(room: string, key: string, entry: ChatEntry): Promise<void> {
    const { id, rev, at, author, text, replyTo, to } = entry;
    const who = { author: author.id, name: author.name, role: author.role };
    const whom = { recipient: to?.id ?? null, recipient_name: to?.name ?? null };
    await this.#db
      .insertInto('chat')
      .values({ room, id, key, rev, at, ...who, ...whom, text, reply_to: replyTo ?? null, edited: 0, deleted: 0 })
      .execute();
    await this.#pruneNowAndThen(room, rev);
  }

  /** Stores another form of a message. */
  async change(room: string, { id, rev, text, edited, deleted }: ChatEntry): Promise<void> {
    await this.#db
      .updateTable('chat')
      .set({ rev, text, edited: edited ? 1 : 0, deleted: deleted ? 1 : 0 })
      .where('room', '=', room)
      .where('id', '=', id)
      .execute();
    await this.#pruneNowAndThen(room, rev);
  }

  /** The message, if `reader` may know of it. */
  async find(room: string, id: string, reader: ChatReader): Promise<ChatEntry | undefined> {
    const row = await this.#visible(room, reader).where('id', '=', id).executeTakeFirst();
    return row && fromRow(row);
  }

  /** The message that its writer sent with this key. */
  async findKey(room: string, author: string, key: string): Promise<ChatEntry | undefined> {
    const query = this.#db.selectFrom('chat').selectAll().where('room', '=', room);
    const row = await query.where('author', '=', author).where('key', '=', key).executeTakeFirst();
    return row && fromRow(row);
  }

  /** What has changed since a revision, in the order of the changes. */
  async since(room: string, rev: number, limit: number, reader: ChatReader): Promise<ChatEntry[]> {
    const query = this.#visible(room, reader).where('rev', '>', rev);
    return (await query.orderBy('rev').limit(limit).execute()).map(fromRow);
  }

  /** The newest, or those before a message, oldest first. */
  async before(room: string, id: string | undefined, limit: number, reader: ChatReader): Promise<ChatEntry[]> {
    let query = this.#visible(room, reader);
    if (id !== undefined) {
      query = query.where('seq', '<', (of) =>
        of.selectFrom('chat').select('seq').where('room', '=', room).where('id', '=', id),
      );
    }
    const rows = await query.orderBy('seq', 'desc').limit(limit).execute();
    return rows.reverse().map(fromRow);
  }

  /** Messages for everybody behind a place, 0: from the first on, oldest first, each with its place. */
  async after(room: string, seq: number, limit: number): Promise<{ seq: number; entry: ChatEntry }[]> {
    const query = this.#visible(room, undefined).where('seq', '>', seq);
    const rows = await query.orderBy('seq').limit(limit).execute();
    return rows.map((row) => ({ seq: row.seq, entry: fromRow(row) }));
  }

  /** The only way to messages: what is private is left out here, for whoever it is not for. */
  #visible(room: string, reader: ChatReader) {
    const query = this.#db.selectFrom('chat').selectAll().where('room', '=', room);
    if (reader === undefined) return query.where('recipient', 'is', null);
    return query.where((of) =>
      of.or([of('recipient', 'is', null), of('recipient', '=', reader), of('author', '=', reader)]),
    );
  }

  /** By the room's own count: whoever writes in two rooms chooses which numbers of all messages one of them gets. */
  async #pruneNowAndThen(room: string, rev: number): Promise<void> {
    if (rev % PRUNE_EVERY !== 0) return;
    await this.#db
      .deleteFrom('chat')
      .where('room', '=', room)
      // Revisions go on from the largest, which an old message has that was changed a moment ago.
      .where('rev', '<', rev)
      .where('seq', '<=', (of) =>
        of
          .selectFrom('chat')
          .select('seq')
          .where('room', '=', room)
          .orderBy('seq', 'desc')
          .limit(1)
          .offset(this.#limit),
      )
      .execute();
  }
}

function fromRow(row: Selectable<ChatRow>): ChatEntry {
  const { id, rev, at, author, name, role, text, reply_to: replyTo, recipient } = row;
  return {
    id,
    rev,
    at,
    author: { id: author, name, role },
    text,
    ...(replyTo !== null && { replyTo }),
    ...(recipient !== null && { to: { id: recipient, name: row.recipient_name ?? '' } }),
    ...(row.edited !== 0 && { edited: true }),
    ...(row.deleted !== 0 && { deleted: true }),
  };
}
