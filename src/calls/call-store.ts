/** Past calls in the database, for the people who took part. */
import { type ExpressionBuilder, type Generated, type Kysely, type Selectable, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import type { CallState } from '../protocol/contacts.ts';
import { type Call, isMissed } from './call.ts';

interface CallRow {
  seq: Generated<number>;
  id: string;
  talk: string;
  room: string | null;
  from_id: string;
  from_name: string;
  to_id: string;
  to_name: string;
  state: CallState;
  offline: number;
  started: number;
  answered: number | null;
  ended: number | null;
  /** Whether it rang, or would have, in vain. */
  missed: number;
  /** Whether who was called has looked at it. */
  seen: number;
}

interface CallTables {
  calls: CallRow;
}

/** Calls that are kept of each person who makes them; the oldest go. */
export const MAX_CALLS_KEPT = 1000;

/** A call as it is stored. */
export interface StoredCall extends Call {
  /** Grows with each call. */
  readonly seq: number;
  readonly room?: string;
  readonly missed: boolean;
  readonly seen: boolean;
}

/** Steps that make the table of this store. */
export const callMigrations: readonly Migration[] = [
  {
    name: 'calls-1-create',
    async up(db) {
      // Names as they were then: a history tells of people who are gone, too.
      await sql`create table calls (
        seq integer primary key autoincrement,
        id text not null unique,
        talk text not null,
        room text,
        from_id text not null,
        from_name text not null,
        to_id text not null,
        to_name text not null,
        state text not null,
        offline integer not null,
        started real not null,
        answered real,
        ended real,
        missed integer not null,
        seen integer not null default 0
      ) strict`.execute(db);
      await sql`create index calls_made on calls (from_id, seq)`.execute(db);
      await sql`create index calls_got on calls (to_id, seq)`.execute(db);
    },
  },
];

/** The table `calls`. */
export class CallStore {
  readonly #db: Kysely<CallTables>;
  readonly #limit: number;

  constructor(database: Database, limit = MAX_CALLS_KEPT) {
    this.#db = database.tables<CallTables>();
    this.#limit = limit;
  }

  /** `room`: of a conversation that runs. */
  async insert(call: Call, room: string | undefined): Promise<void> {
    const { id, talk, from, to, state, offline, startedMs, endedMs } = call;
    const people = { from_id: from.id, from_name: from.name, to_id: to.id, to_name: to.name };
    const times = { started: startedMs, ended: endedMs ?? null };
    const row = {
      id,
      talk,
      room: room ?? null,
      ...people,
      state,
      offline: Number(offline),
      ...times,
      missed: Number(isMissed(call)),
    };
    await this.#db
      .insertInto('calls')
      .values({ ...row, seen: 0 })
      .execute();
    await this.#db
      .deleteFrom('calls')
      .where('from_id', '=', from.id)
      .where('seq', '<=', (of) =>
        of
          .selectFrom('calls')
          .select('seq')
          .where('from_id', '=', from.id)
          .orderBy('seq', 'desc')
          .limit(1)
          .offset(this.#limit),
      )
      .execute();
  }

  /** Stores what has become of it. */
  async change(call: Call): Promise<void> {
    const { id, state, answeredMs, endedMs } = call;
    await this.#db
      .updateTable('calls')
      .set({ state, answered: answeredMs ?? null, ended: endedMs ?? null, missed: Number(isMissed(call)) })
      .where('id', '=', id)
      .execute();
  }

  /** The room that a conversation will have, or has no more. */
  async setRoom(talk: string, room: string | undefined): Promise<void> {
    await this.#db
      .updateTable('calls')
      .set({ room: room ?? null })
      .where('talk', '=', talk)
      .execute();
  }

  /** Somebody's, newest first, those before the number `before`. */
  async list(
    user: string,
    page: { readonly limit: number; readonly before?: number; readonly missed?: boolean },
  ): Promise<StoredCall[]> {
    let query = this.#db.selectFrom('calls').selectAll();
    query = page.missed
      ? query.where('to_id', '=', user).where('missed', '=', 1)
      : query.where((of) => of.or([of('to_id', '=', user), of('from_id', '=', user)]));
    if (page.before !== undefined) query = query.where('seq', '<', page.before);
    return (await query.orderBy('seq', 'desc').limit(page.limit).execute()).map(fromRow);
  }

  /** Missed calls that somebody has not looked at. */
  async missedCount(user: string): Promise<number> {
    const row = await this.#db
      .selectFrom('calls')
      .select((of) => of.fn.countAll<number>().as('count'))
      .where((of) => unseen(of, user))
      .executeTakeFirst();
    return row?.count ?? 0;
  }

  async markSeen(user: string): Promise<void> {
    await this.#db
      .updateTable('calls')
      .set({ seen: 1 })
      .where((of) => unseen(of, user))
      .execute();
  }

  /** What rang or ran or had a room when the server ended, oldest first. */
  async unfinished(): Promise<StoredCall[]> {
    const query = this.#db
      .selectFrom('calls')
      .selectAll()
      .where((of) => of.or([of('state', 'in', ['ringing', 'accepted']), of('room', 'is not', null)]));
    return (await query.orderBy('seq').execute()).map(fromRow);
  }
}

function unseen(of: ExpressionBuilder<CallTables, 'calls'>, user: string) {
  return of.and([of('to_id', '=', user), of('missed', '=', 1), of('seen', '=', 0)]);
}

function fromRow(row: Selectable<CallRow>): StoredCall {
  const { seq, id, talk, room, state, started: startedMs, answered, ended } = row;
  return {
    seq,
    id,
    talk,
    ...(room !== null && { room }),
    from: { id: row.from_id, name: row.from_name },
    to: { id: row.to_id, name: row.to_name },
    state,
    offline: row.offline !== 0,
    startedMs,
    ...(answered !== null && { answeredMs: answered }),
    ...(ended !== null && { endedMs: ended }),
    missed: row.missed !== 0,
    seen: row.seen !== 0,
  };
}
