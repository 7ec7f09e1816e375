/** Links, audit log and event log of a test's server, in a database in memory. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { AuditLog } from '../../src/api/audit-log.ts';
import { AuditStore, auditMigrations } from '../../src/api/audit-store.ts';
import { ShareStore, shareMigrations } from '../../src/api/share-store.ts';
import { Shares } from '../../src/api/shares.ts';
import { Database } from '../../src/database/database.ts';
import { EventLog } from '../../src/events/event-log.ts';
import { EventStore, eventMigrations } from '../../src/events/event-store.ts';
import { Webhooks } from '../../src/events/webhooks.ts';
import { WebhookStore, webhookMigrations } from '../../src/events/webhook-store.ts';
import { nullLogger } from '../../src/logger.ts';
import { RecordingStore } from '../../src/recorder/recordings/recording-store.ts';
import { recordingMigrations } from '../../src/recorder/recordings/recording-tables.ts';
import type { Clock } from '../../src/util/clock.ts';

/** The token of a link that is there from the beginning: of `rec1`, for a day, not for viewers. */
export const SHARE_TOKEN = 'A'.repeat(22);

/** Parts of a server, and a look into its tables. */
export interface KeptApi {
  readonly shares: Shares;
  readonly audit: AuditLog;
  readonly events: EventLog;
  /** With `webhook1`, which is paused. */
  readonly webhooks: Webhooks;
  rows(table: string): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

/** With finished recordings of the session `s1`, by their ids, of these rooms, which began now unless told otherwise. */
export async function openKeptApi(
  clock: Clock,
  recordings: ReadonlyMap<string, { readonly room: string; readonly startedAt?: string }>,
  lastSession: () => string | undefined,
): Promise<KeptApi> {
  const migrations = [
    ...recordingMigrations,
    ...auditMigrations,
    ...shareMigrations,
    ...eventMigrations,
    ...webhookMigrations,
  ];
  const database = await Database.open({ path: ':memory:', migrations, log: nullLogger });
  const store = new RecordingStore(database);
  for (const [id, { room, startedAt = clock.wallMs() }] of recordings) {
    const about = { title: room, session: 's1', state: 'ready', ranges: [], framerate: 30 } as const;
    await store.insert({ ...about, id, room, startedAt: new Date(startedAt) });
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
  const events = await EventLog.open({ store: new EventStore(database), clock, log: nullLogger });
  const hooks = new WebhookStore(database);
  await hooks.insert({
    id: 'webhook1',
    url: 'https://hooks.example/gridcast',
    secret: 'whsec_test',
    types: ['room.*'],
    createdMs: clock.wallMs(),
    cursor: 0,
    paused: 'failing',
    failures: 3,
    failingSinceMs: clock.wallMs() - 60_000,
    nextMs: 0,
  });
  const webhooks = await Webhooks.open({
    store: hooks,
    events,
    maxWebhooks: 3,
    allowPrivate: false,
    pauseAfterMs: 3_600_000,
    // No test looks for a name outside.
    resolve: (_host, done) => done(new Error('no such name'), []),
    random: () => 0.5,
    version: '1.2.3',
    clock,
    log: nullLogger,
  });
  return {
    events,
    webhooks,
    shares: new Shares({ store: links, secret, clock, lastSession }),
    audit: new AuditLog({ store: new AuditStore(database, 1000), clock, log: nullLogger }),
    rows: async (table) => (await sql`select * from ${sql.table(table)}`.execute(database.tables<object>())).rows,
    async close() {
      await webhooks.close();
      await events.close();
      await database.close();
    },
  };
}
