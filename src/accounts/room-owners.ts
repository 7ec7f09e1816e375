/** Which account made which room. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';

interface OwnerTables {
  room_owners: { room: string; account: string };
}

/** Steps that make the table; after those of the rooms and the accounts. */
export const ownerMigrations: readonly Migration[] = [
  {
    name: 'owners-1-create',
    async up(db) {
      await sql`create table room_owners (
        room text primary key references rooms(id) on delete cascade,
        account text not null references accounts(id) on delete cascade
      ) strict`.execute(db);
    },
  },
];

/** In memory as well as stored, because every request of whoever has signed in asks. */
export class RoomOwners {
  readonly #db: Kysely<OwnerTables>;
  readonly #owners = new Map<string, string>();

  private constructor(database: Database) {
    this.#db = database.tables<OwnerTables>();
  }

  /** Brings back what is stored. */
  static async open(database: Database): Promise<RoomOwners> {
    const owners = new RoomOwners(database);
    for (const { room, account } of await owners.#db.selectFrom('room_owners').selectAll().execute()) {
      owners.#owners.set(room, account);
    }
    return owners;
  }

  /** The id of the account that made `room`, if one did. */
  ownerOf(room: string): string | undefined {
    return this.#owners.get(room);
  }

  /** Rejects when one of them is not stored. */
  async set(room: string, account: string): Promise<void> {
    await this.#db.insertInto('room_owners').values({ room, account }).execute();
    this.#owners.set(room, account);
  }

  /** Forgets a room that is gone; the store's row goes with it. */
  removeRoom(room: string): void {
    this.#owners.delete(room);
  }

  /** Forgets an account that is gone; the store's rows go with it. */
  removeAccount(account: string): void {
    for (const [room, owner] of this.#owners) if (owner === account) this.#owners.delete(room);
  }
}
