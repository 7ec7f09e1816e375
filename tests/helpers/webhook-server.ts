/** Event log and webhooks over a database, with the clock of a test. */
import { Database } from '../../src/database/database.ts';
import { EventLog } from '../../src/events/event-log.ts';
import { EventStore, eventMigrations } from '../../src/events/event-store.ts';
import type { EventType } from '../../src/events/event-types.ts';
import { systemResolve } from '../../src/events/public-address.ts';
import { WebhookStore, webhookMigrations } from '../../src/events/webhook-store.ts';
import { Webhooks, type WebhooksOptions } from '../../src/events/webhooks.ts';
import { nullLogger } from '../../src/logger.ts';
import type { Clock } from '../../src/util/clock.ts';

/** The parts. */
export interface WebhookServer {
  readonly store: EventStore;
  readonly events: EventLog;
  readonly webhooks: Webhooks;
  /** Records so many, and resolves when they are stored. */
  happen(count: number, type?: EventType): Promise<void>;
  close(): Promise<void>;
}

/** With receivers on this machine allowed, unless the options say otherwise. @param path of the database */
export async function openWebhookServer(
  path: string,
  clock: Clock,
  options: Partial<WebhooksOptions> = {},
): Promise<WebhookServer> {
  const migrations = [...eventMigrations, ...webhookMigrations];
  const database = await Database.open({ path, migrations, log: nullLogger });
  const store = new EventStore(database);
  const events = await EventLog.open({ store, clock, log: nullLogger });
  const webhooks = await Webhooks.open({
    store: new WebhookStore(database),
    events,
    maxWebhooks: 3,
    allowPrivate: true,
    pauseAfterMs: 72 * 3_600_000,
    resolve: systemResolve,
    random: () => 0.5,
    version: '1.2.3',
    clock,
    log: nullLogger,
    ...options,
  });
  return {
    store,
    events,
    webhooks,
    async happen(count, type = 'room.changed') {
      for (let index = 0; index < count; index += 1) events.record({ type, room: 'hall', data: { index } });
      await events.stored();
    },
    async close() {
      await webhooks.close();
      await events.close();
      await database.close();
    },
  };
}
