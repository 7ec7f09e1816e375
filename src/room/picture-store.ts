/** Still pictures of rooms and of people in them, as uploaded; they go with their room. */
import { type Generated, type Kysely, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import type { RoomImage } from './room.ts';

/** Where a picture belongs: to the room, or to whoever has this id in it. */
export type PictureSlot = RoomImage | `avatar/${string}`;

interface PictureTables {
  room_pictures: { room: string; slot: PictureSlot; data: Uint8Array; stored: Generated<number> };
}

/** Avatars kept for one room, for those who come back; the oldest makes room for the next. */
export const MAX_STORED_AVATARS = 50;

/** Steps that make the tables of this store; after those of the rooms. */
export const pictureMigrations: readonly Migration[] = [
  {
    name: 'pictures-1-create',
    async up(db) {
      await sql`create table room_pictures (
        stored integer primary key autoincrement,
        room text not null references rooms(id) on delete cascade,
        slot text not null,
        data blob not null,
        unique (room, slot)
      ) strict`.execute(db);
    },
  },
];

/** The table `room_pictures`. */
export class PictureStore {
  readonly #db: Kysely<PictureTables>;

  constructor(database: Database) {
    this.#db = database.tables<PictureTables>();
  }

  async get(room: string, slot: PictureSlot): Promise<Uint8Array | undefined> {
    const row = await this.#db
      .selectFrom('room_pictures')
      .select('data')
      .where('room', '=', room)
      .where('slot', '=', slot)
      .executeTakeFirst();
    return row?.data;
  }

  /** Replaces what was there. Rejects when the room is not stored. */
  async put(room: string, slot: PictureSlot, data: Uint8Array): Promise<void> {
    await this.#db.transaction().execute(async (change) => {
      // A new row has a new number, so that `stored` tells the order in which pictures came.
      await change.deleteFrom('room_pictures').where('room', '=', room).where('slot', '=', slot).execute();
      await change.insertInto('room_pictures').values({ room, slot, data }).execute();
      await change
        .deleteFrom('room_pictures')
        .where('room', '=', room)
        .where('slot', 'like', 'avatar/%')
        .where('stored', '<=', (query) =>
          query
            .selectFrom('room_pictures')
            .select('stored')
            .where('room', '=', room)
            .where('slot', 'like', 'avatar/%')
            .orderBy('stored', 'desc')
            .limit(1)
            .offset(MAX_STORED_AVATARS),
        )
        .execute();
    });
  }

  /** Does nothing when there is none. */
  async remove(room: string, slot: PictureSlot): Promise<void> {
    await this.#db.deleteFrom('room_pictures').where('room', '=', room).where('slot', '=', slot).execute();
  }
}
