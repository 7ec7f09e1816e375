/** The event log and what is told from it, built in order. */
import type { EventFigures } from '../api/event-metrics.ts';
import type { Config } from '../config/schema.ts';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import { EventLog } from '../events/event-log.ts';
import { EventRetention } from '../events/event-retention.ts';
import { EventStore, eventMigrations } from '../events/event-store.ts';
import { systemResolve } from '../events/public-address.ts';
import { Webhooks } from '../events/webhooks.ts';
import { WebhookStore, webhookMigrations } from '../events/webhook-store.ts';
import type { Logger } from '../logger.ts';
import type { Clock } from '../util/clock.ts';
import type { ClockDoubt } from '../util/clock-doubt.ts';
import type { CloseStack } from '../util/close-stack.ts';
import { packageVersion } from './package-root.ts';

/** Steps that make the tables of events and webhooks. */
export const eventServiceMigrations: readonly Migration[] = [...eventMigrations, ...webhookMigrations];

/** Everything about events. */
export interface EventServices {
  readonly log: EventLog;
  readonly webhooks: Webhooks;
  /** What they are at, for the metrics. */
  figures(): Promise<EventFigures>;
}

/** Options of `openEvents`. */
export interface EventServiceOptions {
  readonly config: Config;
  readonly database: Database;
  /** Whether the clock is to be believed; default: one that knows nothing of the time before it was made. */
  readonly doubt?: ClockDoubt | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

const HOUR_MS = 3_600_000;

/** Closed after everybody who records. */
export async function openEvents(options: EventServiceOptions, stack: CloseStack): Promise<EventServices> {
  const { config, database, doubt, clock, log } = options;
  const { keepDays, maxEvents, maxWebhooks, allowPrivateWebhooks: allowPrivate, pauseAfterHours } = config.events;
  const store = new EventStore(database);
  const events = await EventLog.open({ store, clock, log });
  stack.defer(() => events.close());
  const retention = new EventRetention({ store, keepDays, maxEvents, doubt, clock, log });
  stack.defer(() => retention.close());
  const webhooks = await Webhooks.open({
    store: new WebhookStore(database),
    events,
    maxWebhooks,
    allowPrivate,
    pauseAfterMs: pauseAfterHours * HOUR_MS,
    resolve: systemResolve,
    random: Math.random,
    version: packageVersion(),
    clock,
    log,
  });
  stack.defer(() => webhooks.close());
  return {
    log: events,
    webhooks,
    figures: async () => ({
      ...events.figures,
      deleted: retention.deleted,
      webhooks: await webhooks.figures(),
    }),
  };
}
