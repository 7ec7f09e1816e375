/** Links to recordings in SQL: what each opens and until when, never the link itself. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';

/** A link that somebody was given. */
export interface StoredShare {
  readonly id: string;
  readonly recording: string;
  /** SHA-256 of the token, hexadecimal. */
  readonly tokenHash: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** The token, encrypted, of a link that is shown to viewers of the room; absent in others. */
  readonly watchToken?: string;
}

/** Which link viewers of a room are shown. */
export interface ViewerShareFilter {
  readonly room: string;
  /** When the room was made: another one had its name before, and other people's recordings. */
  readonly since: Date;
  /** Undefined: that of the room's newest recording. */
  readonly session: string | undefined;
  readonly now: Date;
}

interface ShareRow {
  id: string;
  recording: string;
  token_hash: string;
  created_at: string;
  expires_at: string;
  watch_token: string | null;
}

interface ShareTables {
  shares: ShareRow;
  /** The table of recordings, as far as it is needed to find the newest of a session. */
  recordings: {
    id: string;
    room: string;
    session: string;
    state: string;
    started_at: string;
    trashed_at: string | null;
  };
}

/** Steps that make the tables of this store; after those of the recordings. */
export const shareMigrations: readonly Migration[] = [
  {
    name: 'shares-1-create',
    async up(db) {
      await sql`create table shares (
        id text primary key,
        recording text not null references recordings(id) on delete cascade,
        token_hash text not null unique,
        created_at text not null,
        expires_at text not null,
        watch_token text
      ) strict`.execute(db);
      await sql`create index shares_by_recording on shares (recording, created_at)`.execute(db);
    },
  },
];

/** The table `shares`. A share goes with its recording. */
export class ShareStore {
  readonly #db: Kysely<ShareTables>;

  constructor(database: Database) {
    this.#db = database.tables<ShareTables>();
  }

  /** Rejects when the recording is not stored. */
  async insert(share: StoredShare): Promise<void> {
    const { id, recording, tokenHash, createdAt, expiresAt, watchToken } = share;
    await this.#db
      .insertInto('shares')
      .values({
        id,
        recording,
        token_hash: tokenHash,
        created_at: createdAt.toISOString(),
        expires_at: expiresAt.toISOString(),
        watch_token: watchToken ?? null,
      })
      .execute();
  }

  /** None of a recording in the trash: as if it were gone. */
  async findByHash(tokenHash: string): Promise<StoredShare | undefined> {
    const row = await this.#db
      .selectFrom('shares')
      .innerJoin('recordings', 'recordings.id', 'shares.recording')
      .selectAll('shares')
      .where('shares.token_hash', '=', tokenHash)
      .where('recordings.trashed_at', 'is', null)
      .executeTakeFirst();
    return row && fromRow(row);
  }

  /** Newest first. */
  async list(recording: string): Promise<StoredShare[]> {
    const query = this.#db.selectFrom('shares').selectAll().where('recording', '=', recording);
    return (await query.orderBy('created_at', 'desc').orderBy('id').execute()).map(fromRow);
  }

  /** Whether there was one. */
  async remove(recording: string, id: string): Promise<boolean> {
    const query = this.#db.deleteFrom('shares').where('recording', '=', recording).where('id', '=', id);
    return (await query.executeTakeFirst()).numDeletedRows > 0n;
  }

  /** Forgets what has ended before. */
  async removeExpired(before: Date): Promise<void> {
    await this.#db.deleteFrom('shares').where('expires_at', '<', before.toISOString()).execute();
  }

  /** The newest link for viewers that holds, of a finished recording of one session. */
  async newestForViewers({ room, since, session, now }: ViewerShareFilter): Promise<StoredShare | undefined> {
    const lastRecorded = this.#db
      .selectFrom('recordings as newest')
      .select('newest.session')
      .where('newest.room', '=', room)
      .where('newest.trashed_at', 'is', null)
      .where('newest.started_at', '>=', since.toISOString())
      .orderBy('newest.started_at', 'desc')
      .limit(1);
    const row = await this.#db
      .selectFrom('shares')
      .innerJoin('recordings', 'recordings.id', 'shares.recording')
      .selectAll('shares')
      .where('recordings.room', '=', room)
      .where('recordings.trashed_at', 'is', null)
      .where('recordings.started_at', '>=', since.toISOString())
      .where('recordings.state', '=', 'ready')
      .where('recordings.session', '=', session ?? lastRecorded)
      .where('shares.watch_token', 'is not', null)
      .where('shares.expires_at', '>', now.toISOString())
      .orderBy('recordings.started_at', 'desc')
      .orderBy('shares.created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && fromRow(row);
  }
}

function fromRow(row: Selectable<ShareRow>): StoredShare {
  return {
    id: row.id,
    recording: row.recording,
    tokenHash: row.token_hash,
    createdAt: new Date(row.created_at),
    expiresAt: new Date(row.expires_at),
    ...(row.watch_token === null ? {} : { watchToken: row.watch_token }),
  };
}
