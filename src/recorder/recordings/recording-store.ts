/** Recordings in SQL: their properties and state, never media. */
import { type Kysely, sql } from 'kysely';
import { containing } from '../../database/containing.ts';
import type { Database } from '../../database/database.ts';
import { NotFoundError } from '../../errors.ts';
import { Emitter } from '../../util/emitter.ts';
import { type OpenRange, openRangesSchema } from './frame-range.ts';
import { type RecordingChange, recordingOf, rowChange } from './recording-row.ts';
import { searchText } from './recording-search.ts';
import type { RecordingTables } from './recording-tables.ts';
import type { Cursor, Recording, RecordingState } from './recording-view.ts';
import { type TrashEvents, TrashStore } from './trash-store.ts';

/** Which recordings of a list are wanted. */
export interface RecordingListFilter {
  readonly room?: string;
  /** Id of the account that made the room. */
  readonly owner?: string;
  readonly state?: RecordingState;
  /** All of them are to be found, as `searchWords` gives them. */
  readonly words?: readonly string[];
  /** Started then or later. */
  readonly since?: Date;
  /** Started before. */
  readonly until?: Date;
  readonly limit: number;
  readonly after?: Cursor;
}

/** When a recording ended; times in milliseconds since 1970. */
export interface FinishedRecording {
  readonly id: string;
  readonly endedMs: number;
  /** Since when it is in the trash. */
  readonly trashedMs?: number;
}

type RecordingStoreEvents = TrashEvents & {
  /** It has just been stored in another state than the one it was in, as one of `from`; none: it is new. */
  stored: { readonly recording: Recording; readonly from: readonly RecordingState[] };
  /** It has just been stored with another title than `before`. */
  renamed: { readonly recording: Recording; readonly before: string };
  /** It is not there any more. */
  removed: Recording;
};

/** The table `recordings`. */
export class RecordingStore {
  readonly events = new Emitter<RecordingStoreEvents>();
  readonly trash: TrashStore;
  readonly #db: Kysely<RecordingTables>;

  constructor(database: Database) {
    this.#db = database.tables<RecordingTables>();
    this.trash = new TrashStore(this.#db, this.events);
  }

  /** A recording begins. */
  async insert(recording: Recording): Promise<void> {
    await this.adopt(recording);
    this.events.emit('stored', { recording, from: [] });
  }

  /** Takes one that began long ago into the list, without telling that it begins. */
  async adopt(recording: Recording): Promise<void> {
    const { id, room, title, session, state, startedAt, stoppedAt, ranges, framerate, owner = null } = recording;
    await this.#db
      .insertInto('recordings')
      .values({
        id,
        room,
        title,
        session,
        state,
        started_at: startedAt.toISOString(),
        stopped_at: stoppedAt?.toISOString() ?? null,
        ranges: JSON.stringify(ranges),
        framerate,
        progress: null,
        error: null,
        duration: null,
        size: null,
        sha256: null,
        stop_reason: null,
        recovered: null,
        stored: null,
        people: null,
        search: searchText(title, room, []),
        owner,
        trashed_at: null,
        deleting: null,
      })
      .execute();
  }

  /** Undefined when there is none, or when it is in the trash: whoever looks at recordings is told that there is none. */
  async shown(id: string): Promise<Recording | undefined> {
    const recording = await this.find(id);
    return recording?.trashedAt ? undefined : recording;
  }

  /** Also when it is in the trash. */
  async find(id: string): Promise<Recording | undefined> {
    const row = await this.#db.selectFrom('recordings').selectAll().where('id', '=', id).executeTakeFirst();
    return row && recordingOf(row);
  }

  /** @throws NotFoundError `recording_not_found`. */
  async existing(id: string): Promise<Recording> {
    const recording = await this.find(id);
    if (!recording) throw new NotFoundError('recording_not_found', `There is no recording "${id}".`);
    return recording;
  }

  /** Changes a recording that is in one of the states `from`; whether there was one. */
  async change(id: string, from: readonly RecordingState[], change: RecordingChange): Promise<boolean> {
    const changed = change.people
      ? // As one, or a title that comes between would not be found.
        await this.#db.transaction().execute((db) => update(db, id, from, change))
      : await update(this.#db, id, from, change);
    const now = changed && change.state !== undefined ? await this.find(id) : undefined;
    if (now) this.events.emit('stored', { recording: now, from });
    return changed;
  }

  /** Gives a recording another title; undefined when there is no such recording. */
  async rename(id: string, title: string): Promise<Recording | undefined> {
    const before = await this.#db.transaction().execute(async (db) => {
      const row = await db.selectFrom('recordings').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row || row.title === title) return row;
      const { room, people = [] } = recordingOf(row);
      const search = searchText(title, room, people);
      await db.updateTable('recordings').set({ title, search }).where('id', '=', id).execute();
      return row;
    });
    if (!before) return undefined;
    const recording = { ...recordingOf(before), title };
    if (before.title !== title) this.events.emit('renamed', { recording, before: before.title });
    return recording;
  }

  /** An account is gone: what it owned is nobody's from now on. */
  async disown(owner: string): Promise<void> {
    await this.#db.updateTable('recordings').set({ owner: null }).where('owner', '=', owner).execute();
  }

  /** That it was removed is remembered for good: a worker may still make files of it, and an old copy of the data folder has some. */
  async remove(id: string, at: Date): Promise<void> {
    const recording = await this.find(id);
    await this.#db.transaction().execute(async (change) => {
      await change.deleteFrom('recordings').where('id', '=', id).execute();
      const row = { id, removed_at: at.toISOString() };
      await change
        .insertInto('removed_recordings')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
    if (recording) this.events.emit('removed', recording);
  }

  /** Whether there was such a recording, and somebody removed it. */
  async wasRemoved(id: string): Promise<boolean> {
    const query = this.#db.selectFrom('removed_recordings').select('id').where('id', '=', id);
    return (await query.executeTakeFirst()) !== undefined;
  }

  /** Newest first, behind the cursor, without the trash. */
  async list(filter: RecordingListFilter): Promise<Recording[]> {
    let query = this.#db.selectFrom('recordings').selectAll().where('trashed_at', 'is', null);
    const { after, limit, owner, room, since, state, until, words = [] } = filter;
    if (room !== undefined) query = query.where('room', '=', room);
    if (owner !== undefined) query = query.where('owner', '=', owner);
    if (state !== undefined) query = query.where('state', '=', state);
    if (since) query = query.where('started_at', '>=', since.toISOString());
    if (until) query = query.where('started_at', '<', until.toISOString());
    for (const word of words) query = query.where(containing('search', word));
    if (after) query = query.where(sql<boolean>`(started_at, id) < (${after.startedAt}, ${after.id})`);
    const rows = await query.orderBy('started_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
    return rows.map(recordingOf);
  }

  /** All in these states, oldest first. */
  async inStates(states: readonly RecordingState[]): Promise<Recording[]> {
    const query = this.#db
      .selectFrom('recordings')
      .selectAll()
      .where('state', 'in', [...states]);
    return (await query.orderBy('started_at').orderBy('id').execute()).map(recordingOf);
  }

  /** All that are `ready`, as far as it takes to tell which of them are too old: looked at again and again, however many there are. */
  async finished(): Promise<FinishedRecording[]> {
    const query = this.#db.selectFrom('recordings').select(['id', 'started_at', 'stopped_at', 'trashed_at']);
    const rows = await query.where('state', '=', 'ready').execute();
    return rows.map(({ id, started_at, stopped_at, trashed_at }) => ({
      id,
      endedMs: Date.parse(stopped_at ?? started_at),
      ...(trashed_at !== null && { trashedMs: Date.parse(trashed_at) }),
    }));
  }

  /** State and title of each recording, by its id. */
  async outline(): Promise<ReadonlyMap<string, Pick<Recording, 'state' | 'title'>>> {
    const rows = await this.#db.selectFrom('recordings').select(['id', 'state', 'title']).execute();
    return new Map(rows.map(({ id, state, title }) => [id, { state, title }]));
  }

  /** How many recordings there are in each state that has any. */
  async countByState(): Promise<ReadonlyMap<RecordingState, number>> {
    const rows = await this.#db
      .selectFrom('recordings')
      .select((of) => ['state', of.fn.countAll<number>().as('count')])
      .groupBy('state')
      .execute();
    return new Map(rows.map(({ state, count }) => [state, count]));
  }

  /** All of a session that are not archived yet, oldest first. */
  async unfinishedOf(session: string): Promise<Recording[]> {
    const query = this.#db
      .selectFrom('recordings')
      .selectAll()
      .where('session', '=', session)
      .where('state', '!=', 'ready');
    return (await query.orderBy('started_at').orderBy('id').execute()).map(recordingOf);
  }

  /** The ranges of each recording of a session, whatever has become of it. */
  async rangesOf(session: string): Promise<(readonly OpenRange[])[]> {
    const query = this.#db.selectFrom('recordings').select('ranges').where('session', '=', session);
    return (await query.execute()).map(({ ranges }) => openRangesSchema.parse(JSON.parse(ranges)));
  }

  /** Whether any recording of the session still needs its media. */
  async needsSession(session: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('recordings')
      .select('id')
      .where('session', '=', session)
      .where('state', '!=', 'ready')
      .where('ranges', '!=', '[]')
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }
}

/** Whether there was one in one of the states `from`. */
async function update(
  db: Kysely<RecordingTables>,
  id: string,
  from: readonly RecordingState[],
  change: RecordingChange,
): Promise<boolean> {
  const found =
    change.people &&
    (await db.selectFrom('recordings').select(['title', 'room']).where('id', '=', id).executeTakeFirst());
  const search = found && { search: searchText(found.title, found.room, change.people ?? []) };
  const result = await db
    .updateTable('recordings')
    .set({ id, ...rowChange(change), ...search })
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
