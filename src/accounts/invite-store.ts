/** Invites in SQL, and who came by those that let in only so many. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import type { StoredInvite } from './invite.ts';

interface InviteRow {
  id: string;
  room: string;
  role: StoredInvite['role'];
  label: string;
  created_at: number;
  expires_at: number;
  max_uses: number | null;
  uses: number;
  made_by: string;
}

interface InviteTables {
  invites: InviteRow;
  invite_guests: { invite: string; guest: string };
}

/** Steps that make the tables of this store; after those of the rooms. */
export const inviteMigrations: readonly Migration[] = [
  {
    name: 'invites-1-create',
    async up(db) {
      await sql`create table invites (
        id text primary key,
        room text not null references rooms(id) on delete cascade,
        role text not null check (role in ('host', 'participant', 'viewer')),
        label text not null,
        created_at real not null,
        expires_at real not null,
        max_uses integer,
        uses integer not null default 0,
        made_by text not null
      ) strict`.execute(db);
      await sql`create index invites_by_room on invites (room)`.execute(db);
      await sql`create table invite_guests (
        invite text not null references invites(id) on delete cascade,
        guest text not null,
        primary key (invite, guest)
      ) strict, without rowid`.execute(db);
    },
  },
];

/** The tables `invites` and `invite_guests`. */
export class InviteStore {
  readonly #db: Kysely<InviteTables>;

  constructor(database: Database) {
    this.#db = database.tables<InviteTables>();
  }

  /** All of them, oldest first, with who came by those that count. */
  async all(): Promise<StoredInvite[]> {
    const rows = await this.#db.selectFrom('invites').selectAll().orderBy('created_at').execute();
    const guests = await this.#db.selectFrom('invite_guests').selectAll().execute();
    const byInvite = new Map<string, string[]>();
    for (const { invite, guest } of guests) byInvite.set(invite, [...(byInvite.get(invite) ?? []), guest]);
    return rows.map((row) => fromRow(row, byInvite.get(row.id) ?? []));
  }

  /** Rejects when the room is not stored. */
  async insert(invite: StoredInvite): Promise<void> {
    const { id, room, role, label, createdMs, expiresMs, maxUses, uses, by } = invite;
    const times = { created_at: createdMs, expires_at: expiresMs };
    const counts = { max_uses: maxUses ?? null, uses };
    await this.#db
      .insertInto('invites')
      .values({ id, room, role, label, ...times, ...counts, made_by: by })
      .execute();
  }

  /** One more came; `guest` is remembered where it counts. */
  async use(id: string, uses: number, guest: string | undefined): Promise<void> {
    await this.#db.transaction().execute(async (change) => {
      await change.updateTable('invites').set({ uses }).where('id', '=', id).execute();
      if (guest !== undefined) await change.insertInto('invite_guests').values({ invite: id, guest }).execute();
    });
  }

  /** Takes those who came by it along. */
  async remove(id: string): Promise<void> {
    await this.#db.deleteFrom('invites').where('id', '=', id).execute();
  }

  async removeExpired(nowMs: number): Promise<void> {
    await this.#db.deleteFrom('invites').where('expires_at', '<=', nowMs).execute();
  }
}

function fromRow(row: Selectable<InviteRow>, guests: readonly string[]): StoredInvite {
  const { id, room, role, label, created_at: createdMs, expires_at: expiresMs, uses, made_by: by } = row;
  const limit = row.max_uses === null ? {} : { maxUses: row.max_uses };
  return { id, room, role, label, createdMs, expiresMs, uses, by, guests, ...limit };
}
