/** Rooms that outlive the process: their names and the version of their tokens, never who is in them. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import { ConflictError, NotFoundError } from '../errors.ts';

/** One room as stored. */
export interface RoomRecord {
  readonly id: string;
  readonly title: string;
  readonly createdAt: Date;
  /** Tokens of an older version do not hold any more. */
  readonly tokenVersion: number;
}

interface RoomTables {
  rooms: { id: string; title: string; created_at: string; token_version: number };
}

/** Steps that make the tables of this store. */
export const roomMigrations: readonly Migration[] = [
  {
    name: 'rooms-1-create',
    async up(db) {
      await sql`create table rooms (
        id text primary key,
        title text not null,
        created_at text not null,
        token_version integer not null default 1
      ) strict`.execute(db);
    },
  },
];

/** The table `rooms`. */
export class RoomStore {
  readonly #db: Kysely<RoomTables>;

  constructor(database: Database) {
    this.#db = database.tables<RoomTables>();
  }

  /** @throws ConflictError `room_exists`. */
  async insert(room: RoomRecord): Promise<void> {
    const result = await this.#db
      .insertInto('rooms')
      .values({
        id: room.id,
        title: room.title,
        created_at: room.createdAt.toISOString(),
        token_version: room.tokenVersion,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (result.numInsertedOrUpdatedRows === 0n) {
      throw new ConflictError('room_exists', `The room "${room.id}" exists already; choose another id.`);
    }
  }

  /** Every room, oldest first. */
  async list(): Promise<RoomRecord[]> {
    const rows = await this.#db.selectFrom('rooms').selectAll().orderBy('created_at').orderBy('id').execute();
    return rows.map((row) => ({
      id: row.id,
      title: row.title,
      createdAt: new Date(row.created_at),
      tokenVersion: row.token_version,
    }));
  }

  /** @throws NotFoundError `room_not_found`. */
  async update(id: string, change: { readonly title?: string; readonly tokenVersion?: number }): Promise<void> {
    const result = await this.#db
      .updateTable('rooms')
      .where('id', '=', id)
      .set({
        // Setting the key keeps the statement whole when nothing else changes.
        id,
        ...(change.title === undefined ? {} : { title: change.title }),
        ...(change.tokenVersion === undefined ? {} : { token_version: change.tokenVersion }),
      })
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) {
      throw new NotFoundError('room_not_found', `There is no room "${id}"; create it first.`);
    }
  }

  /** Does nothing when the room is gone already. */
  async remove(id: string): Promise<void> {
    await this.#db.deleteFrom('rooms').where('id', '=', id).execute();
  }
}
