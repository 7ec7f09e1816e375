/** What is known of the files of rooms, in the database; it goes with its room. The bytes lie in the data folder. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import type { FilePerson } from '../protocol/files.ts';
import type { FileUsage } from './file-limits.ts';

interface FileRow {
  id: string;
  room: string;
  owner: string;
  person: string;
  role: FilePerson['role'];
  name: string;
  type: string;
  size: number;
  begun: number;
  completed: number | null;
  expires: number | null;
  sha256: string | null;
}

interface FileTables {
  files: FileRow;
  removed_files: { id: string; removed_at: string };
  /** The rooms' own table: a file goes with its room. */
  rooms: { id: string; created_at: string };
}

/** One file. Times are milliseconds since 1970. */
export interface StoredFile {
  readonly id: string;
  readonly room: string;
  readonly by: FilePerson;
  readonly name: string;
  readonly type: string;
  /** Bytes it has, or will have. */
  readonly size: number;
  readonly begun: number;
  /** Absent: not all of it has arrived. */
  readonly completed?: { readonly at: number; readonly sha256: string };
  readonly expires?: number;
}

/** One of which every byte is there. */
export type CompleteFile = StoredFile & Required<Pick<StoredFile, 'completed'>>;

/** Steps that make the tables of this store; after those of the rooms. */
export const fileMigrations: readonly Migration[] = [
  {
    name: 'files-1-create',
    async up(db) {
      await sql`create table files (
        id text primary key,
        room text not null references rooms(id) on delete cascade,
        owner text not null,
        person text not null,
        role text not null check (role in ('host', 'participant')),
        name text not null,
        type text not null,
        size integer not null,
        begun real not null,
        completed real,
        expires real,
        sha256 text
      ) strict`.execute(db);
      await sql`create index files_by_room on files (room, begun)`.execute(db);
      await sql`create index files_by_expiry on files (expires) where expires is not null`.execute(db);
    },
  },
  {
    name: 'files-2-removed',
    async up(db) {
      await sql`create table removed_files (id text primary key, removed_at text not null) strict`.execute(db);
    },
  },
];

/** The tables `files` and `removed_files`. */
export class FileStore {
  readonly #db: Kysely<FileTables>;

  constructor(database: Database) {
    this.#db = database.tables<FileTables>();
  }

  /** Rejects when the room is not stored. */
  async insert(file: StoredFile): Promise<void> {
    await this.adopt(file);
  }

  /** Takes one as it is, complete or not. Rejects when the room is not stored. */
  async adopt({ id, room, by, name, type, size, begun, completed, expires }: StoredFile): Promise<void> {
    const who = { owner: by.id, person: by.name, role: by.role };
    const times = { begun, completed: completed?.at ?? null, expires: expires ?? null };
    await this.#db
      .insertInto('files')
      .values({ id, room, ...who, name, type, size, ...times, sha256: completed?.sha256 ?? null })
      .execute();
  }

  async find(room: string, id: string): Promise<StoredFile | undefined> {
    const row = await this.#db
      .selectFrom('files')
      .selectAll()
      .where('room', '=', room)
      .where('id', '=', id)
      .executeTakeFirst();
    return row && fromRow(row);
  }

  /** All of a room, in the order they were complete; those that are not come last. */
  async ofRoom(room: string): Promise<StoredFile[]> {
    const rows = await this.#db
      .selectFrom('files')
      .selectAll()
      .where('room', '=', room)
      .orderBy(sql`completed is null`)
      .orderBy('completed')
      .orderBy('begun')
      .execute();
    return rows.map(fromRow);
  }

  /** Files of all rooms of which something is missing. */
  async unfinished(): Promise<StoredFile[]> {
    const rows = await this.#db.selectFrom('files').selectAll().where('completed', 'is', null).execute();
    return rows.map(fromRow);
  }

  /** Complete files of all rooms. */
  async complete(): Promise<CompleteFile[]> {
    const rows = await this.#db.selectFrom('files').selectAll().where('completed', 'is not', null).execute();
    return rows.map(fromRow).filter((file): file is CompleteFile => file.completed !== undefined);
  }

  /** When the room was made, milliseconds since 1970; undefined: it is not stored. */
  async roomMadeMs(room: string): Promise<number | undefined> {
    const query = this.#db.selectFrom('rooms').select('created_at').where('id', '=', room);
    const row = await query.executeTakeFirst();
    return row && Date.parse(row.created_at);
  }

  /** Ids of all files. */
  async ids(): Promise<ReadonlySet<string>> {
    const rows = await this.#db.selectFrom('files').select('id').execute();
    return new Set(rows.map(({ id }) => id));
  }

  /** Whose time is over. */
  async expired(now: number): Promise<StoredFile[]> {
    const rows = await this.#db.selectFrom('files').selectAll().where('expires', '<=', now).execute();
    return rows.map(fromRow);
  }

  /** False when it is complete already, or gone. */
  async completed(id: string, { at, sha256 }: { at: number; sha256: string }, expires?: number): Promise<boolean> {
    const result = await this.#db
      .updateTable('files')
      .set({ completed: at, sha256, expires: expires ?? null })
      .where('id', '=', id)
      .where('completed', 'is', null)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  /** False when it is gone already. That a complete one was removed is remembered for good: an old copy of the data folder has it. */
  remove(id: string, at: Date): Promise<boolean> {
    return this.#db.transaction().execute(async (change) => {
      const row = await change.deleteFrom('files').where('id', '=', id).returning('completed').executeTakeFirst();
      if (row && row.completed !== null) {
        const removed = { id, removed_at: at.toISOString() };
        await change.insertInto('removed_files').values(removed).execute();
      }
      return row !== undefined;
    });
  }

  /** Whether there was such a file, and it was removed. */
  async wasRemoved(id: string): Promise<boolean> {
    const query = this.#db.selectFrom('removed_files').select('id').where('id', '=', id);
    return (await query.executeTakeFirst()) !== undefined;
  }

  /** How much there is in a room, and how much of it is one person's. */
  async usage(room: string, owner: string): Promise<FileUsage> {
    const own = sql<number>`coalesce(sum(case when owner = ${owner} then size else 0 end), 0)`;
    const unfinished = sql<number>`coalesce(sum(case when owner = ${owner} and completed is null then 1 else 0 end), 0)`;
    return this.#db
      .selectFrom('files')
      .select([
        sql<number>`coalesce(sum(size), 0)`.as('roomBytes'),
        sql<number>`count(*)`.as('roomFiles'),
        own.as('ownBytes'),
        unfinished.as('ownUnfinished'),
      ])
      .where('room', '=', room)
      .executeTakeFirstOrThrow();
  }
}

function fromRow(row: Selectable<FileRow>): StoredFile {
  const { id, room, owner, person, role, name, type, size, begun, completed, expires, sha256 } = row;
  return {
    id,
    room,
    by: { id: owner, name: person, role },
    name,
    type,
    size,
    begun,
    ...(completed !== null && sha256 !== null && { completed: { at: completed, sha256 } }),
    ...(expires !== null && { expires }),
  };
}
