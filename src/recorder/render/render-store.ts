/** Renders in SQL: what was ordered and where it stands, never media. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Database } from '../../database/database.ts';
import type { Migration } from '../../database/migrations.ts';
import { type RenderOrder, renderOrderSchema } from './render-request.ts';

/** Where a render stands. */
export type RenderState = 'waiting' | 'active' | 'ready' | 'failed';

/** One render as stored. */
export interface StoredRender {
  readonly id: string;
  readonly recording: string;
  readonly state: RenderState;
  readonly order: RenderOrder;
  readonly createdAt: Date;
  /** 0–1. */
  readonly progress: number;
  /** One sentence with cause and remedy; only when failed. */
  readonly error?: string;
  /** Plain name, bytes, hash and seconds; only when ready. */
  readonly file?: { readonly name: string; readonly size: number; readonly sha256: string; readonly duration: number };
}

/** What may change. */
export type RenderChange = Partial<Pick<StoredRender, 'state' | 'progress' | 'error' | 'file'>>;

interface RenderRow {
  id: string;
  recording: string;
  state: RenderState;
  request: string;
  created_at: string;
  progress: number;
  error: string | null;
  file: string | null;
  size: number | null;
  sha256: string | null;
  duration: number | null;
}

interface RenderTables {
  renders: RenderRow;
  removed_renders: { id: string; removed_at: string };
}

/** Steps that make the tables of this store. */
export const renderMigrations: readonly Migration[] = [
  {
    name: 'renders-1-create',
    async up(db) {
      await sql`create table renders (
        id text primary key,
        recording text not null,
        state text not null check (state in ('waiting', 'active', 'ready', 'failed')),
        request text not null,
        created_at text not null,
        progress real not null,
        error text,
        file text,
        size integer,
        sha256 text,
        duration real
      ) strict`.execute(db);
      await sql`create index renders_by_recording on renders (recording, created_at desc, id desc)`.execute(db);
      await sql`create index renders_by_state on renders (state)`.execute(db);
    },
  },
  {
    name: 'renders-2-removed',
    async up(db) {
      await sql`create table removed_renders (id text primary key, removed_at text not null) strict`.execute(db);
    },
  },
];

/** The tables `renders` and `removed_renders`. */
export class RenderStore {
  readonly #db: Kysely<RenderTables>;

  constructor(database: Database) {
    this.#db = database.tables<RenderTables>();
  }

  /** As it is: one that waits, or one that was finished long ago. */
  async insert({ id, recording, state, order, createdAt, progress, file }: StoredRender): Promise<void> {
    const empty = { error: null, file: null, size: null, sha256: null, duration: null };
    const values = { id, recording, state, request: JSON.stringify(order), created_at: createdAt.toISOString() };
    await this.#db
      .insertInto('renders')
      .values({ ...values, ...empty, ...toRow({ progress, ...(file && { file }) }), progress })
      .execute();
  }

  async find(id: string): Promise<StoredRender | undefined> {
    const row = await this.#db.selectFrom('renders').selectAll().where('id', '=', id).executeTakeFirst();
    return row && fromRow(row);
  }

  /** Renders of a recording, newest first. */
  async list(recording: string): Promise<StoredRender[]> {
    const query = this.#db.selectFrom('renders').selectAll().where('recording', '=', recording);
    return (await query.orderBy('created_at', 'desc').orderBy('id', 'desc').execute()).map(fromRow);
  }

  /** Everything that is not settled, oldest first. */
  async pending(): Promise<StoredRender[]> {
    const query = this.#db.selectFrom('renders').selectAll().where('state', 'in', ['waiting', 'active']);
    return (await query.orderBy('created_at').orderBy('id').execute()).map(fromRow);
  }

  /** How many are not settled, of all recordings; and how many there are of this one. */
  async counts(recording: string): Promise<{ readonly pending: number; readonly ofRecording: number }> {
    const rows = await this.#db
      .selectFrom('renders')
      .select((of) => ['state', of.fn.countAll<number>().as('count')])
      .where((where) => where.or([where('state', 'in', ['waiting', 'active']), where('recording', '=', recording)]))
      .select(sql<number>`case when recording = ${recording} then 1 else 0 end`.as('own'))
      .groupBy(['state', 'own'])
      .execute();
    const sum = (counted: typeof rows): number => counted.reduce((all, { count }) => all + count, 0);
    return {
      pending: sum(rows.filter(({ state }) => state === 'waiting' || state === 'active')),
      ofRecording: sum(rows.filter(({ own }) => own === 1)),
    };
  }

  /** Changes a render that is not settled; whether there was one. */
  async change(id: string, change: RenderChange): Promise<boolean> {
    const result = await this.#db
      .updateTable('renders')
      .set({ id, ...toRow(change) })
      .where('id', '=', id)
      .where('state', 'in', ['waiting', 'active'])
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  /** That it was removed is remembered for good: its files may be there a moment longer, and an old copy of the data folder has them. */
  async remove(id: string, at: Date): Promise<void> {
    await this.#db.transaction().execute(async (change) => {
      await change.deleteFrom('renders').where('id', '=', id).execute();
      const row = { id, removed_at: at.toISOString() };
      await change
        .insertInto('removed_renders')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
  }

  /** Whether there was such a render, and it was removed. */
  async wasRemoved(id: string): Promise<boolean> {
    const query = this.#db.selectFrom('removed_renders').select('id').where('id', '=', id);
    return (await query.executeTakeFirst()) !== undefined;
  }
}

function fromRow(row: Selectable<RenderRow>): StoredRender {
  const { id, recording, state, progress, error, file, size, sha256, duration } = row;
  const whole = file !== null && size !== null && sha256 !== null && duration !== null;
  return {
    id,
    recording,
    state,
    order: renderOrderSchema.parse(JSON.parse(row.request)),
    createdAt: new Date(row.created_at),
    progress,
    ...(error === null ? {} : { error }),
    ...(whole ? { file: { name: file, size, sha256, duration } } : {}),
  };
}

function toRow({ state, progress, error, file }: RenderChange): Partial<RenderRow> {
  return {
    ...(state === undefined ? {} : { state }),
    ...(progress === undefined ? {} : { progress }),
    ...(error === undefined ? {} : { error }),
    ...(file === undefined ? {} : { file: file.name, size: file.size, sha256: file.sha256, duration: file.duration }),
  };
}
