/** The audit log in SQL: who did what with recordings, and when. */
import { type Generated, type Kysely, type Selectable, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';

/** What is written down. */
export type AuditAction =
  | 'download'
  | 'rename'
  | 'trash'
  | 'restore'
  | 'delete'
  | 'share_made'
  | 'share_revoked'
  | 'share_used'
  | 'render'
  | 'clip_saved'
  | 'retention_delete'
  | 'settings';

/** What somebody did. */
export interface AuditEntry {
  /** `admin`, `host:IDENTITY`, `link` (whoever has one), `share:ID` or `server` (itself, as configured). */
  readonly who: string;
  readonly action: AuditAction;
  readonly recording?: string;
  readonly room?: string;
  /** Network address of the asker. */
  readonly address?: string;
  /** Whatever else tells it from others; never a secret. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
}

/** An entry as it is stored. */
export interface AuditRecord extends AuditEntry {
  /** Grows with each entry. */
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly at: string;
}

interface AuditRow {
  id: Generated<number>;
  at: string;
  who: string;
  action: AuditAction;
  recording: string | null;
  room: string | null;
  address: string | null;
  detail: string | null;
}

interface AuditTables {
  audit: AuditRow;
}

/** Steps that make the tables of this store. */
export const auditMigrations: readonly Migration[] = [
  {
    name: 'audit-1-create',
    async up(db) {
      // No reference to the recordings: that one was deleted is what it has to tell.
      await sql`create table audit (
        id integer primary key autoincrement,
        at text not null,
        who text not null,
        action text not null,
        recording text,
        room text,
        address text,
        detail text
      ) strict`.execute(db);
    },
  },
];

/** The table `audit`, which holds the newest `maxEntries` entries. */
export class AuditStore {
  readonly #db: Kysely<AuditTables>;
  readonly #maxEntries: number;

  constructor(database: Database, maxEntries: number) {
    this.#db = database.tables<AuditTables>();
    this.#maxEntries = maxEntries;
  }

  /** Adds one and drops what is too old for the table's limit. */
  async add(entry: AuditEntry, at: Date): Promise<void> {
    const { who, action, recording, room, address, detail } = entry;
    const { id } = await this.#db
      .insertInto('audit')
      .values({
        at: at.toISOString(),
        who,
        action,
        recording: recording ?? null,
        room: room ?? null,
        address: address ?? null,
        detail: detail ? JSON.stringify(detail) : null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    // Numbers are given in order, so the oldest to keep is known by its number.
    await this.#db
      .deleteFrom('audit')
      .where('id', '<=', id - this.#maxEntries)
      .execute();
  }

  /** The newest of its kind. */
  async newest(action: AuditAction): Promise<AuditRecord | undefined> {
    const query = this.#db.selectFrom('audit').selectAll().where('action', '=', action);
    const row = await query.orderBy('id', 'desc').limit(1).executeTakeFirst();
    return row && fromRow(row);
  }

  /** Newest first, those before the entry `before`. */
  async list(page: { readonly limit: number; readonly before?: number }): Promise<AuditRecord[]> {
    let query = this.#db.selectFrom('audit').selectAll();
    if (page.before !== undefined) query = query.where('id', '<', page.before);
    return (await query.orderBy('id', 'desc').limit(page.limit).execute()).map(fromRow);
  }
}

function fromRow({ id, at, who, action, recording, room, address, detail }: Selectable<AuditRow>): AuditRecord {
  return {
    id,
    at,
    who,
    action,
    ...(recording === null ? {} : { recording }),
    ...(room === null ? {} : { room }),
    ...(address === null ? {} : { address }),
    ...(detail === null ? {} : { detail: JSON.parse(detail) as NonNullable<AuditEntry['detail']> }),
  };
}
