/** Links and audit log of a test's server, in a database in memory. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { AuditLog } from '../../src/api/audit-log.ts';
import { AuditStore, auditMigrations } from '../../src/api/audit-store.ts';
import { ShareStore, shareMigrations } from '../../src/api/share-store.ts';
import { Shares } from '../../src/api/shares.ts';
import { Database } from '../../src/database/database.ts';
import { nullLogger } from '../../src/logger.ts';
import { RecordingStore, recordingMigrations } from '../../src/recorder/recordings/recording-store.ts';
import type { Clock } from '../../src/util/clock.ts';

/** The token of a link that is there from the beginning: of `rec1`, for a day, not for viewers. */
export const SHARE_TOKEN = 'A'.repeat(22);

/** Parts of a server, and a look into its tables. */
export interface KeptApi {
  readonly shares: Shares;
  readonly audit: AuditLog;
  rows(table: string): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

/** With finished recordings of the session `s1`, by their ids, of these rooms. */
export async function openKeptApi(
  clock: Clock,
  recordings: ReadonlyMap<string, { readonly room: string }>,
  lastSession: () => string | undefined,
): Promise<KeptApi> {
  const migrations = [...recordingMigrations, ...auditMigrations, ...shareMigrations];
  const database = await Database.open({ path: ':memory:', migrations, log: nullLogger });
  const store = new RecordingStore(database);
  for (const [id, { room }] of recordings) {
    const startedAt = new Date(clock.wallMs());
    await store.insert({ id, room, title: room, session: 's1', state: 'ready', startedAt, ranges: [], framerate: 30 });
  }
  const links = new ShareStore(database);
  if (recordings.has('rec1')) {
    await links.insert({
      id: 'share1',
      recording: 'rec1',
      tokenHash: createHash('sha256').update(SHARE_TOKEN).digest('hex'),
      createdAt: new Date(clock.wallMs() - 1000),
      expiresAt: new Date(clock.wallMs() + 86_400_000),
    });
  }
  const secret = new Uint8Array(32).fill(7);
  return {
    shares: new Shares({ store: links, secret, clock, lastSession }),
    audit: new AuditLog({ store: new AuditStore(database, 1000), clock, log: nullLogger }),
    rows: async (table) => (await sql`select * from ${sql.table(table)}`.execute(database.tables<object>())).rows,
    close: () => database.close(),
  };
}
