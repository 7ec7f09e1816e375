/** Delivers events to one receiver in order: each only after the one before was accepted. */
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Clock } from '../util/clock.ts';
import { ReconcileLoop } from '../util/reconcile-loop.ts';
import type { EventLog } from './event-log.ts';
import type { StoredEvent } from './event-store.ts';
import {
  isTaken,
  pauseMs,
  pauseReason,
  signatureOf,
  type Delivery,
  type PauseReason,
  type Webhook,
} from './webhook.ts';
import type { ReceiverAnswer, WebhookRequester } from './webhook-request.ts';
import type { WebhookStore } from './webhook-store.ts';

/** Options of a courier. */
export interface CourierOptions {
  readonly id: string;
  readonly store: WebhookStore;
  readonly events: EventLog;
  /** Closed by the courier. */
  readonly requester: WebhookRequester;
  /** Milliseconds without a success after which nothing is sent any more. */
  readonly pauseAfterMs: number;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** The product's version, for the header `User-Agent`. */
  readonly version: string;
  readonly onPaused: (webhook: Webhook, reason: PauseReason, last: Delivery) => void;
  /** A try has ended. @param status of HTTP; undefined when there was no answer */
  readonly onTried: (status: number | undefined) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Until the next look when the database gives no answer, milliseconds. */
const STORE_RETRY_MS = 5000;
/** A place in the log is written down after so many events that nobody wanted. */
const SKIPPED = 1000;
/** No pause is longer: the clock was set back since it began, and it must not last until the clock has come there again. */
const MAX_PAUSE_MS = 3_600_000;

/** Keeps its whole state in the store: however it ends, the next one continues at the same place. */
export class WebhookCourier {
  readonly #options: CourierOptions;
  readonly #closing = new AbortController();
  readonly #loop: ReconcileLoop;
  #lookedAt = 0;

  constructor(options: CourierOptions) {
    this.#options = options;
    const { clock, log, id } = options;
    this.#loop = new ReconcileLoop({
      clock,
      intervalMs: STORE_RETRY_MS,
      look: () => this.#bring(),
      onError: (error) =>
        log.error('a webhook could not be looked after, and is once it can', { webhook: id, reason: messageOf(error) }),
    });
  }

  /** Number of the event up to which everything was sent or is not wanted, as far as it was looked at since the start. */
  get lookedAt(): number {
    return this.#lookedAt;
  }

  /** Something is new: an event, or the webhook itself. */
  wake(): void {
    this.#loop.kick();
  }

  /** Breaks off what is on its way; resolves when nothing is. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#loop.close();
    this.#options.requester.close();
  }

  /** Brings one event after another; milliseconds until the next may be brought, or false when there is none. */
  async #bring(): Promise<number | false> {
    let waitMs: number | false = 0;
    while (waitMs === 0 && !this.#closing.signal.aborted) waitMs = await this.#step();
    return waitMs;
  }

  async #step(): Promise<number | false> {
    const { store, events, clock, id } = this.#options;
    const webhook = await store.find(id);
    if (!webhook || webhook.paused) return false;
    const waitMs = webhook.nextMs - clock.wallMs();
    if (waitMs > 0 && waitMs <= MAX_PAUSE_MS) return waitMs;
    const { types, rooms } = webhook;
    const filter = { ...(types && { types }), ...(rooms && { rooms }) };
    const page = await events.page({ ...filter, after: webhook.cursor, limit: 1 });
    const [event] = page.items;
    this.#lookedAt = event ? event.seq - 1 : page.next;
    if (event) return (await this.#deliver(webhook, event)) ? 0 : false;
    if (page.next - webhook.cursor >= SKIPPED) await store.change(id, { cursor: page.next }, webhook.cursor);
    return false;
  }

  /** False when it was broken off; whether it was taken or has to be tried again, the store knows. */
  async #deliver(webhook: Webhook, event: StoredEvent): Promise<boolean> {
    const { clock, requester, store, random, pauseAfterMs, onPaused, onTried } = this.#options;
    const startedMs = clock.monotonicMs();
    const atMs = clock.wallMs();
    const body = JSON.stringify(event);
    const headers = this.#headers(webhook, event, body, atMs);
    const answer = await requester.post(webhook.url, headers, body, this.#closing.signal);
    if (this.#closing.signal.aborted && !isTaken(answer.status)) return false;
    onTried(answer.status);
    const delivery = deliveryOf(webhook, event, answer, atMs, clock.monotonicMs() - startedMs);
    if (isTaken(answer.status)) {
      const change = { cursor: event.seq, failures: 0, failingSinceMs: undefined, nextMs: 0 };
      await store.settle(webhook.id, delivery, change, webhook.cursor);
      this.#lookedAt = event.seq;
      return true;
    }
    const nowMs = clock.wallMs();
    const failures = webhook.failures + 1;
    const failingSinceMs = webhook.failingSinceMs ?? atMs;
    const paused = pauseReason({ status: answer.status, failingMs: nowMs - failingSinceMs }, pauseAfterMs);
    const nextMs = nowMs + pauseMs(failures, random(), answer.retryAfterS);
    // Whoever paused it meanwhile is not overruled.
    const change = { failures, failingSinceMs, nextMs, ...(paused && { paused }) };
    if ((await store.settle(webhook.id, delivery, change, webhook.cursor)) && paused) {
      onPaused(webhook, paused, delivery);
    }
    return true;
  }

  #headers(
    { id, secret, failures }: Webhook,
    { seq }: StoredEvent,
    body: string,
    atMs: number,
  ): Record<string, string> {
    return {
      'Content-Type': 'application/json',
      'User-Agent': `Gridcast/${this.#options.version}`,
      'Gridcast-Webhook': id,
      'Gridcast-Event': String(seq),
      'Gridcast-Attempt': String(failures + 1),
      'Gridcast-Signature': signatureOf(secret, body, Math.floor(atMs / 1000)),
    };
  }
}

function deliveryOf(
  { failures }: Webhook,
  { seq, type }: StoredEvent,
  { status, text }: ReceiverAnswer,
  atMs: number,
  tookMs: number,
): Delivery {
  return { seq, type, atMs, attempt: failures + 1, tookMs, status, answer: text };
}
