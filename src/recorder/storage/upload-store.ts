/** Where archives are stored, in SQL: the source of truth about uploads, and about objects still to be deleted. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../database/database.ts';
import type { Migration } from '../../database/migrations.ts';

/** `uploading`: not all of it is in the store; `s3`: all of it is. */
export type StoredState = 'uploading' | 's3';

/** A recording whose upload is not over. */
export interface WaitingUpload {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

interface UploadTables {
  recordings: { id: string; state: string; stored: StoredState | null; started_at: string };
  object_removals: { recording: string };
}

/** Steps that make the tables of this store; after those of the recordings, which have the column `stored`. */
export const uploadMigrations: readonly Migration[] = [
  {
    name: 'uploads-1-create',
    async up(db) {
      await sql`create table object_removals (recording text primary key) strict`.execute(db);
    },
  },
];

/** The column `stored` of the table `recordings`, and the table `object_removals`. */
export class UploadStore {
  readonly #db: Kysely<UploadTables>;

  constructor(database: Database) {
    this.#db = database.tables<UploadTables>();
  }

  /** Finished recordings that are not in the store, oldest first, those behind another. */
  async waiting(limit: number, after?: WaitingUpload): Promise<WaitingUpload[]> {
    let query = this.#db
      .selectFrom('recordings')
      .select(['id', 'started_at as startedAt'])
      .where('state', '=', 'ready')
      .where((where) => where.or([where('stored', 'is', null), where('stored', '=', 'uploading')]));
    if (after) query = query.where(sql<boolean>`(started_at, id) > (${after.startedAt}, ${after.id})`);
    return query.orderBy('started_at').orderBy('id').limit(limit).execute();
  }

  async setState(recording: string, stored: StoredState): Promise<void> {
    await this.#db.updateTable('recordings').set({ stored }).where('id', '=', recording).execute();
  }

  /** All that are in the store. */
  async stored(): Promise<string[]> {
    const rows = await this.#db.selectFrom('recordings').select('id').where('stored', '=', 's3').execute();
    return rows.map(({ id }) => id);
  }

  /** Remembers that the objects of a recording are to be deleted, until they are. */
  async addRemoval(recording: string): Promise<void> {
    await this.#db
      .insertInto('object_removals')
      .values({ recording })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async removals(): Promise<string[]> {
    return (await this.#db.selectFrom('object_removals').select('recording').execute()).map((row) => row.recording);
  }

  async removed(recording: string): Promise<void> {
    await this.#db.deleteFrom('object_removals').where('recording', '=', recording).execute();
  }
}
