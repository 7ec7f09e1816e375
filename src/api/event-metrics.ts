/** What becomes of events, and of those that are sent to webhooks, as Prometheus metrics. */
import { Counter, Gauge, type Registry } from 'prom-client';
import type { EventLogFigures } from '../events/event-log.ts';
import {
  DELIVERY_RESULTS,
  type DeliveryResult,
  WEBHOOK_CONDITIONS,
  type WebhookCondition,
  type WebhookFigures,
} from '../events/webhook-figures.ts';

/** Everything about the event log at one moment. */
export interface EventFigures extends EventLogFigures {
  /** Since the start: too old, or too many. */
  readonly deleted: number;
  readonly webhooks: WebhookFigures;
}

/** Part of `Metrics`. Counters follow figures that only grow while a server runs. */
export class EventMetrics {
  readonly #written: Counter;
  readonly #lost: Counter;
  readonly #deleted: Counter;
  readonly #unstored: Gauge;
  readonly #deliveries: Counter<'result'>;
  readonly #webhooks: Gauge<'state'>;
  readonly #waiting: Gauge<'state'>;
  readonly #oldest: Gauge<'state'>;
  readonly #failures: Gauge;
  readonly #counted = { written: 0, lost: 0, deleted: 0 };
  readonly #tried: Record<DeliveryResult, number> = { taken: 0, refused: 0, unanswered: 0 };

  constructor(registry: Registry) {
    const registers = [registry];
    const counter = (name: string, help: string): Counter => new Counter({ name, help, registers });
    const byState = (name: string, help: string): Gauge<'state'> =>
      new Gauge({ name, help, labelNames: ['state'], registers });
    this.#written = counter('gridcast_events_total', 'Events written into the log');
    this.#lost = counter('gridcast_events_lost_total', 'Events lost because the disk took nothing for too long');
    this.#deleted = counter('gridcast_events_deleted_total', 'Events deleted because they were too old or too many');
    this.#unstored = new Gauge({
      name: 'gridcast_events_unstored',
      help: 'Events that wait in memory for the disk',
      registers,
    });
    this.#deliveries = new Counter<'result'>({
      name: 'gridcast_webhook_deliveries_total',
      help: 'Tries to bring an event to a webhook by how they ended',
      labelNames: ['result'],
      registers,
    });
    for (const result of DELIVERY_RESULTS) this.#deliveries.inc({ result }, 0);
    this.#webhooks = byState('gridcast_webhooks', 'Webhooks by state');
    this.#waiting = byState('gridcast_webhook_events_waiting', 'Events that webhooks have not got yet, by their state');
    this.#oldest = byState('gridcast_webhook_oldest_waiting_seconds', 'Age of the oldest event that waits, by state');
    this.#failures = new Gauge({
      name: 'gridcast_webhook_failures_in_a_row',
      help: 'Failed tries in a row of the webhook that has the most, without those that are paused',
      registers,
    });
    for (const state of WEBHOOK_CONDITIONS) this.#setCondition(state, { webhooks: 0, waiting: 0, oldestMs: 0 });
  }

  /** @param figures of the same server as before: counts never go back */
  set({ written, lost, deleted, unstored, webhooks }: EventFigures): void {
    this.#written.inc(written - this.#counted.written);
    this.#lost.inc(lost - this.#counted.lost);
    this.#deleted.inc(deleted - this.#counted.deleted);
    Object.assign(this.#counted, { written, lost, deleted });
    this.#unstored.set(unstored);
    for (const result of DELIVERY_RESULTS) {
      this.#deliveries.inc({ result }, webhooks.tries[result] - this.#tried[result]);
      this.#tried[result] = webhooks.tries[result];
    }
    for (const state of WEBHOOK_CONDITIONS) this.#setCondition(state, webhooks.conditions[state]);
    this.#failures.set(webhooks.failuresInARow);
  }

  #setCondition(state: WebhookCondition, figures: WebhookFigures['conditions'][WebhookCondition]): void {
    this.#webhooks.set({ state }, figures.webhooks);
    this.#waiting.set({ state }, figures.waiting);
    this.#oldest.set({ state }, figures.oldestMs / 1000);
  }
}
