/** Rooms that outlive the process: names, settings and the version of their tokens, never who is in them. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import { ConflictError, NotFoundError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { type RoomSettings, parseSettings } from './room-settings.ts';

/** One room as stored. */
export interface RoomRecord {
  readonly id: string;
  readonly title: string;
  readonly createdAt: Date;
  /** Tokens and passes of viewers of an older version do not hold any more. */
  readonly tokenVersion: number;
  readonly settings: RoomSettings;
}

/** What of a stored room can be changed. */
export type RoomRecordChange = Partial<Pick<RoomRecord, 'title' | 'tokenVersion' | 'settings'>>;

interface RoomTables {
  rooms: { id: string; title: string; created_at: string; token_version: number; settings: string };
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
  {
    name: 'rooms-2-settings',
    async up(db) {
      await sql`alter table rooms add column settings text not null default '{}'`.execute(db);
    },
  },
];

/** The table `rooms`. */
export class RoomStore {
  readonly #db: Kysely<RoomTables>;

  readonly #log: Logger;

  constructor(database: Database, log: Logger) {
    this.#db = database.tables<RoomTables>();
    this.#log = log;
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
        settings: JSON.stringify(room.settings),
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (result.numInsertedOrUpdatedRows === 0n) {
      throw new ConflictError('room_exists', `The room "${room.id}" exists already; choose another id.`);
    }
  }

  /** Every room, oldest first; settings that cannot be read are the defaults, and a line in the log. */
  async list(): Promise<RoomRecord[]> {
    const rows = await this.#db.selectFrom('rooms').selectAll().orderBy('created_at').orderBy('id').execute();
    return rows.map((row) => ({
      id: row.id,
      title: row.title,
      createdAt: new Date(row.created_at),
      tokenVersion: row.token_version,
      settings: parseSettings(row.settings, (fault) => {
        this.#log.warn('stored settings of a room do not fit; it goes on with the defaults', {
          room: row.id,
          ...fault,
        });
      }),
    }));
  }

  /** @throws NotFoundError `room_not_found`. */
  async update(id: string, change: RoomRecordChange): Promise<void> {
    const result = await this.#db
      .updateTable('rooms')
      .where('id', '=', id)
      .set({
        // Setting the key keeps the statement whole when nothing else changes.
        id,
        ...(change.title === undefined ? {} : { title: change.title }),
        ...(change.tokenVersion === undefined ? {} : { token_version: change.tokenVersion }),
        ...(change.settings === undefined ? {} : { settings: JSON.stringify(change.settings) }),
      })
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) {
      throw new NotFoundError('room_not_found', `There is no room "${id}"; create it first.`);
    }
  }

  /** Takes its pictures along; does nothing when the room is gone already. */
  async remove(id: string): Promise<void> {
    await this.#db.deleteFrom('rooms').where('id', '=', id).execute();
  }
}
