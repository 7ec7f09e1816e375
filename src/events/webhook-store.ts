/** Webhooks and their deliveries in SQL: how far each receiver has got is all that an outbox needs beside the log. */
import { type Generated, type Kysely, type Selectable, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import type { Delivery, PauseReason, Webhook } from './webhook.ts';

interface WebhookRow {
  id: string;
  url: string;
  secret: string;
  types: string | null;
  rooms: string | null;
  created_at: number;
  cursor: number;
  paused: PauseReason | null;
  failures: number;
  failing_since: number | null;
  next_at: number;
}

interface DeliveryRow {
  id: Generated<number>;
  webhook: string;
  seq: number;
  type: string;
  at: number;
  attempt: number;
  took: number;
  status: number | null;
  answer: string;
}

interface WebhookTables {
  webhooks: WebhookRow;
  webhook_deliveries: DeliveryRow;
}

/** What of a webhook changes; `null` in a list: all of them. */
export type WebhookChange = Partial<
  Pick<Webhook, 'url' | 'secret' | 'cursor' | 'paused' | 'failures' | 'failingSinceMs' | 'nextMs'>
> & { readonly types?: readonly string[] | null; readonly rooms?: readonly string[] | null };

/** Tries of one webhook that are remembered. */
export const MAX_DELIVERIES = 100;

/** Steps that make the tables of this store. */
export const webhookMigrations: readonly Migration[] = [
  {
    name: 'webhooks-1-create',
    async up(db) {
      await sql`create table webhooks (
        id text primary key,
        url text not null,
        secret text not null,
        types text,
        rooms text,
        created_at integer not null,
        cursor integer not null,
        paused text,
        failures integer not null,
        failing_since integer,
        next_at integer not null
      ) strict`.execute(db);
      await sql`create table webhook_deliveries (
        id integer primary key autoincrement,
        webhook text not null references webhooks (id) on delete cascade,
        seq integer not null,
        type text not null,
        at integer not null,
        attempt integer not null,
        took integer not null,
        status integer,
        answer text not null
      ) strict`.execute(db);
      await sql`create index webhook_deliveries_webhook on webhook_deliveries (webhook, id)`.execute(db);
    },
  },
];

/** The tables `webhooks` and `webhook_deliveries`. */
export class WebhookStore {
  readonly #db: Kysely<WebhookTables>;

  constructor(database: Database) {
    this.#db = database.tables<WebhookTables>();
  }

  async insert(webhook: Webhook): Promise<void> {
    await this.#db.insertInto('webhooks').values(toRow(webhook)).execute();
  }

  async find(id: string): Promise<Webhook | undefined> {
    const row = await this.#db.selectFrom('webhooks').selectAll().where('id', '=', id).executeTakeFirst();
    return row && fromRow(row);
  }

  /** Oldest first. */
  async list(): Promise<Webhook[]> {
    const query = this.#db.selectFrom('webhooks').selectAll().orderBy('created_at').orderBy('id');
    return (await query.execute()).map(fromRow);
  }

  /** False when there is none, or when it has got to another event than `ifCursor` meanwhile. */
  async change(id: string, change: WebhookChange, ifCursor?: number): Promise<boolean> {
    const values = changedRow(change);
    let query = this.#db.updateTable('webhooks').set(values).where('id', '=', id);
    if (ifCursor !== undefined) query = query.where('cursor', '=', ifCursor);
    return (await query.executeTakeFirst()).numUpdatedRows > 0n;
  }

  /** With its deliveries; false when there is none. */
  async remove(id: string): Promise<boolean> {
    return (await this.#db.deleteFrom('webhooks').where('id', '=', id).executeTakeFirst()).numDeletedRows > 0n;
  }

  /** Writes down how a try ended, and what the webhook is now: both or none. False as for `change`. */
  async settle(id: string, delivery: Delivery, change: WebhookChange, ifCursor: number): Promise<boolean> {
    const { seq, type, atMs, attempt, tookMs, status, answer } = delivery;
    return this.#db.transaction().execute(async (db) => {
      const values = changedRow(change);
      const found = await db.selectFrom('webhooks').select('cursor').where('id', '=', id).executeTakeFirst();
      if (!found) return false;
      const row = { webhook: id, seq, type, at: Math.round(atMs), attempt, took: Math.round(tookMs), answer };
      await db
        .insertInto('webhook_deliveries')
        .values({ ...row, status: status ?? null })
        .execute();
      await sql`delete from webhook_deliveries where webhook = ${id} and id <= (
        select id from webhook_deliveries where webhook = ${id} order by id desc limit 1 offset ${MAX_DELIVERIES}
      )`.execute(db);
      // Somebody has sent it back to an earlier event while this one was on its way: that holds.
      if (found.cursor !== ifCursor) return false;
      await db.updateTable('webhooks').set(values).where('id', '=', id).execute();
      return true;
    });
  }

  /** The last ones, newest first. */
  async deliveries(id: string, limit: number): Promise<Delivery[]> {
    const query = this.#db.selectFrom('webhook_deliveries').selectAll().where('webhook', '=', id);
    const rows = await query.orderBy('id', 'desc').limit(limit).execute();
    return rows.map(({ seq, type, at, attempt, took, status, answer }) => ({
      seq,
      type,
      atMs: at,
      attempt,
      tookMs: took,
      status: status ?? undefined,
      answer,
    }));
  }
}

function toRow({ id, createdMs, ...webhook }: Webhook): WebhookRow {
  const { url, secret, cursor, failures } = webhook;
  const lists = { types: listText(webhook.types), rooms: listText(webhook.rooms) };
  const times = { failing_since: webhook.failingSinceMs ?? null, next_at: webhook.nextMs };
  return {
    id,
    url,
    secret,
    ...lists,
    created_at: createdMs,
    cursor,
    paused: webhook.paused ?? null,
    failures,
    ...times,
  };
}

function changedRow(change: WebhookChange): Partial<WebhookRow> {
  const { url, secret, cursor, failures, nextMs } = change;
  return {
    ...(url !== undefined && { url }),
    ...(secret !== undefined && { secret }),
    ...(cursor !== undefined && { cursor }),
    ...(failures !== undefined && { failures }),
    ...(nextMs !== undefined && { next_at: Math.round(nextMs) }),
    ...('types' in change && { types: listText(change.types) }),
    ...('rooms' in change && { rooms: listText(change.rooms) }),
    ...('paused' in change && { paused: change.paused ?? null }),
    ...('failingSinceMs' in change && {
      failing_since: change.failingSinceMs === undefined ? null : Math.round(change.failingSinceMs),
    }),
  };
}

function fromRow(row: Selectable<WebhookRow>): Webhook {
  const { id, url, secret, types, rooms, created_at, cursor, paused, failures, failing_since, next_at } = row;
  return {
    id,
    url,
    secret,
    ...(types !== null && { types: JSON.parse(types) as string[] }),
    ...(rooms !== null && { rooms: JSON.parse(rooms) as string[] }),
    createdMs: created_at,
    cursor,
    paused: paused ?? undefined,
    failures,
    failingSinceMs: failing_since ?? undefined,
    nextMs: next_at,
  };
}

function listText(list: readonly string[] | null | undefined): string | null {
  return list ? JSON.stringify(list) : null;
}
