/** Removals and bans of rooms, in the database; deleted with their room. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import type { KeptOutEntry } from './kept-out.ts';

interface BanRow {
  room: string;
  id: string;
  kind: KeptOutEntry['kind'];
  participant: string;
  client_key: string | null;
  name: string;
  by: string;
  at: number;
}

interface BanTables {
  bans: BanRow;
}

/** Steps that make the table of this store; after those of the rooms. */
export const banMigrations: readonly Migration[] = [
  {
    name: 'bans-1-create',
    async up(db) {
      await sql`create table bans (
        room text not null references rooms(id) on delete cascade,
        id text not null,
        kind text not null check (kind in ('removed', 'banned')),
        participant text not null,
        client_key text,
        name text not null,
        "by" text not null,
        at real not null,
        primary key (room, id)
      ) strict`.execute(db);
    },
  },
];

/** The table `bans`. */
export class BanStore {
  readonly #db: Kysely<BanTables>;

  constructor(database: Database) {
    this.#db = database.tables<BanTables>();
  }

  /** Everybody of all rooms, oldest first. */
  async list(): Promise<ReadonlyArray<{ readonly room: string; readonly entry: KeptOutEntry }>> {
    const rows = await this.#db.selectFrom('bans').selectAll().orderBy('at').orderBy('id').execute();
    return rows.map((row) => ({ room: row.room, entry: entryOf(row) }));
  }

  /** Adds one, and takes those away that it replaces. */
  async add(room: string, entry: KeptOutEntry, replaced: readonly KeptOutEntry[]): Promise<void> {
    await this.remove(room, replaced);
    await this.#db
      .insertInto('bans')
      .values({
        room,
        id: entry.id,
        kind: entry.kind,
        participant: entry.participant,
        client_key: entry.clientKey ?? null,
        name: entry.name,
        by: entry.by,
        at: entry.at.getTime(),
      })
      .execute();
  }

  /** Takes some away; does nothing for those that are gone already. */
  async remove(room: string, entries: readonly KeptOutEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const ids = entries.map(({ id }) => id);
    await this.#db.deleteFrom('bans').where('room', '=', room).where('id', 'in', ids).execute();
  }
}

function entryOf(row: Selectable<BanRow>): KeptOutEntry {
  const { id, kind, participant, name, by } = row;
  return { id, kind, participant, name, by, clientKey: row.client_key ?? undefined, at: new Date(row.at) };
}
