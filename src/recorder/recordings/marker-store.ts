/** Markers of recordings in SQL: a frame of the session and what it is called. */
import { type Generated, type Kysely, sql } from 'kysely';
import type { Database } from '../../database/database.ts';
import type { Migration } from '../../database/migrations.ts';

/** One marker as stored. */
export interface StoredMarker {
  /** Of the session. */
  readonly frame: number;
  readonly label: string;
}

interface MarkerTables {
  recording_markers: { id: Generated<number>; recording: string; frame: number; label: string };
}

/** Steps that make the table of this store, after that of recordings. */
export const markerMigrations: readonly Migration[] = [
  {
    name: 'recording-markers-1-create',
    async up(db) {
      await sql`create table recording_markers (
        id integer primary key,
        recording text not null references recordings (id) on delete cascade,
        frame integer not null,
        label text not null
      ) strict`.execute(db);
      await sql`create index recording_markers_by_recording on recording_markers (recording, frame)`.execute(db);
    },
  },
];

/** The table `recording_markers`; markers go with their recording. */
export class MarkerStore {
  readonly #db: Kysely<MarkerTables>;

  constructor(database: Database) {
    this.#db = database.tables<MarkerTables>();
  }

  async insert(recording: string, { frame, label }: StoredMarker): Promise<void> {
    await this.#db.insertInto('recording_markers').values({ recording, frame, label }).execute();
  }

  async count(recording: string): Promise<number> {
    const query = this.#db.selectFrom('recording_markers').where('recording', '=', recording);
    const { count } = await query.select((of) => of.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    return count;
  }

  /** Of one recording, in the order of time. */
  async list(recording: string): Promise<StoredMarker[]> {
    return this.#db
      .selectFrom('recording_markers')
      .select(['frame', 'label'])
      .where('recording', '=', recording)
      .orderBy('frame')
      .orderBy('id')
      .execute();
  }
}
