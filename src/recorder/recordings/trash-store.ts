/** The trash in SQL: recordings that were deleted, and can be taken out again for a while. */
import { type Kysely, sql } from 'kysely';
import type { Emitter } from '../../util/emitter.ts';
import { recordingOf } from './recording-row.ts';
import type { RecordingTables } from './recording-tables.ts';
import type { Cursor, Recording } from './recording-view.ts';

/** A recording in the trash, as far as it takes to tell when it goes. */
export interface TrashedRecording {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly trashedMs: number;
  /** It is being deleted for good: nothing brings it back. */
  readonly isDeleting: boolean;
  /** Its files are all in the store. */
  readonly isStored: boolean;
}

/** What the store of recordings tells of the trash. */
export type TrashEvents = {
  /** It has just been put in the trash. */
  trashed: Recording;
  /** It has just been taken out. */
  restored: Recording;
};

/** Part of the table `recordings`. */
export class TrashStore {
  readonly #db: Kysely<RecordingTables>;
  readonly #events: Pick<Emitter<TrashEvents>, 'emit'>;

  constructor(db: Kysely<RecordingTables>, events: Pick<Emitter<TrashEvents>, 'emit'>) {
    this.#db = db;
    this.#events = events;
  }

  /** Undefined for what is not there, is in it already, or runs. */
  async putIn(id: string, at: Date): Promise<Recording | undefined> {
    const row = await this.#db
      .updateTable('recordings')
      .set({ trashed_at: at.toISOString() })
      .where('id', '=', id)
      .where('trashed_at', 'is', null)
      .where('state', 'not in', ['recording', 'paused'])
      .returningAll()
      .executeTakeFirst();
    const recording = row && recordingOf(row);
    if (recording) this.#events.emit('trashed', recording);
    return recording;
  }

  /** Undefined for what is not in it, or is being deleted for good. */
  async takeOut(id: string): Promise<Recording | undefined> {
    const row = await this.#db
      .updateTable('recordings')
      .set({ trashed_at: null })
      .where('id', '=', id)
      .where('trashed_at', 'is not', null)
      .where('deleting', 'is', null)
      .returningAll()
      .executeTakeFirst();
    const recording = row && recordingOf(row);
    if (recording) this.#events.emit('restored', recording);
    return recording;
  }

  /** Lets the days in the trash of one that is in it begin anew. */
  async begin(id: string, at: Date): Promise<void> {
    const query = this.#db.updateTable('recordings').set({ trashed_at: at.toISOString() }).where('id', '=', id);
    await query.where('trashed_at', 'is not', null).where('deleting', 'is', null).execute();
  }

  /** From now on nobody takes it out; whether it was in the trash. */
  async condemn(id: string): Promise<boolean> {
    const query = this.#db.updateTable('recordings').set({ deleting: 1 }).where('id', '=', id);
    return (await query.where('trashed_at', 'is not', null).executeTakeFirst()).numUpdatedRows > 0n;
  }

  /** What can be taken out; undefined when this is not among it. */
  async find(id: string): Promise<Recording | undefined> {
    const query = this.#db.selectFrom('recordings').selectAll().where('id', '=', id);
    const row = await query.where('trashed_at', 'is not', null).where('deleting', 'is', null).executeTakeFirst();
    return row && recordingOf(row);
  }

  /** What can be taken out, put in last first, behind the cursor, whose time is that. */
  async list({ limit, after }: { readonly limit: number; readonly after?: Cursor }): Promise<Recording[]> {
    let query = this.#db.selectFrom('recordings').selectAll();
    query = query.where('trashed_at', 'is not', null).where('deleting', 'is', null);
    if (after) query = query.where(sql<boolean>`(trashed_at, id) < (${after.startedAt}, ${after.id})`);
    const rows = await query.orderBy('trashed_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
    return rows.map(recordingOf);
  }

  /** All of it, what was put in first before the rest. */
  async all(): Promise<readonly TrashedRecording[]> {
    const query = this.#db.selectFrom('recordings').select(['id', 'trashed_at', 'deleting', 'stored']);
    const rows = await query.where('trashed_at', 'is not', null).orderBy('trashed_at').orderBy('id').execute();
    return rows.map(({ id, trashed_at, deleting, stored }) => ({
      id,
      trashedMs: Date.parse(trashed_at ?? ''),
      isDeleting: deleting !== null,
      isStored: stored === 's3',
    }));
  }
}
