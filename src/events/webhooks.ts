/** All webhooks of a server: made, changed, sent back and removed by admins, each with a courier of its own. */
import { randomBytes } from 'node:crypto';
import { LimitError, NotFoundError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import type { EventFilter } from './event-filter.ts';
import type { EventLog } from './event-log.ts';
import { checkedAddress, type Resolve } from './public-address.ts';
import type { Delivery, PauseReason, Webhook } from './webhook.ts';
import { WebhookCourier } from './webhook-courier.ts';
import {
  conditionFigures,
  type DeliveryResult,
  mostFailures,
  resultOf,
  type WebhookFigures,
  type WebhookPlace,
} from './webhook-figures.ts';
import { WebhookRequester } from './webhook-request.ts';
import type { WebhookChange, WebhookStore } from './webhook-store.ts';

/** Options of `Webhooks.open`. */
export interface WebhooksOptions {
  readonly store: WebhookStore;
  readonly events: EventLog;
  readonly maxWebhooks: number;
  readonly allowPrivate: boolean;
  readonly pauseAfterMs: number;
  readonly resolve: Resolve;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** The product's version. */
  readonly version: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What an admin orders. */
export interface WebhookOrder extends EventFilter {
  readonly url: string;
  /** Events after this number are sent; default: those to come. */
  readonly after?: number;
}

/** What an admin changes; `null`: all of them. */
export interface WebhookPatch {
  readonly url?: string;
  readonly types?: readonly string[] | null;
  readonly rooms?: readonly string[] | null;
  readonly paused?: boolean;
}

/** How a webhook is doing. */
export interface WebhookState extends Webhook {
  /** Events of the log that are still to be looked at for it. */
  readonly behind: number;
  /** How the last try ended. */
  readonly last: Delivery | undefined;
}

/** Owns the couriers. */
export class Webhooks {
  readonly #options: WebhooksOptions;
  readonly #couriers = new Map<string, WebhookCourier>();
  readonly #stopListening: Disposer;
  readonly #tries: Record<DeliveryResult, number> = { taken: 0, refused: 0, unanswered: 0 };

  private constructor(options: WebhooksOptions) {
    this.#options = options;
    this.#stopListening = options.events.events.on('stored', () => {
      for (const courier of this.#couriers.values()) courier.wake();
    });
  }

  /** Goes on wherever each of them was. */
  static async open(options: WebhooksOptions): Promise<Webhooks> {
    const webhooks = new Webhooks(options);
    for (const { id } of await options.store.list()) webhooks.#start(id);
    return webhooks;
  }

  /** @throws LimitError `too_many_webhooks`; BadRequestError `bad_url`; AppError `private_address`. */
  async create({ url, types, rooms, after }: WebhookOrder): Promise<WebhookState> {
    const { store, events, maxWebhooks, allowPrivate, clock } = this.#options;
    const checked = checkedAddress(url, allowPrivate);
    if (this.#couriers.size >= maxWebhooks) {
      throw new LimitError(
        'too_many_webhooks',
        `This server has at most ${maxWebhooks} webhooks; delete one first.`,
        503,
      );
    }
    const webhook: Webhook = {
      id: `w${randomBytes(9).toString('base64url')}`,
      url: checked,
      secret: newSecret(),
      ...(types && { types }),
      ...(rooms && { rooms }),
      createdMs: clock.wallMs(),
      cursor: Math.min(after ?? events.newest, events.newest),
      paused: undefined,
      failures: 0,
      failingSinceMs: undefined,
      nextMs: 0,
    };
    // Before anything is awaited: two at the same moment must not both be the last that is allowed.
    const courier = this.#start(webhook.id, false);
    try {
      await store.insert(webhook);
    } catch (error) {
      this.#couriers.delete(webhook.id);
      await courier.close();
      throw error;
    }
    courier.wake();
    return this.#state(webhook);
  }

  /** Oldest first. */
  async list(): Promise<readonly WebhookState[]> {
    return Promise.all((await this.#options.store.list()).map((webhook) => this.#state(webhook)));
  }

  /** What all of them together are at. */
  async figures(): Promise<WebhookFigures> {
    const { store, events, clock } = this.#options;
    const places: WebhookPlace[] = [];
    // What was deleted waits for nobody.
    const kept = events.newest + 1 - ((await events.oldest()) ?? events.newest + 1);
    for (const webhook of await store.list()) {
      const behind = Math.min(kept, this.#behind(webhook));
      const waitsSinceMs = behind === 0 ? undefined : await events.timeAfter(events.newest - behind);
      places.push({ paused: webhook.paused, failures: webhook.failures, behind, waitsSinceMs });
    }
    const conditions = conditionFigures(places, clock.wallMs());
    return { tries: { ...this.#tries }, conditions, failuresInARow: mostFailures(places) };
  }

  /** @throws NotFoundError `webhook_not_found`. */
  async find(id: string): Promise<WebhookState> {
    const webhook = await this.#options.store.find(id);
    if (!webhook) throw notFound(id);
    return this.#state(webhook);
  }

  /** Whoever was paused and is not any more is tried at once. @throws as `create` and `find`. */
  async change(id: string, { url, types, rooms, paused }: WebhookPatch): Promise<WebhookState> {
    return this.#change(id, {
      ...(url !== undefined && { url: checkedAddress(url, this.#options.allowPrivate) }),
      ...(types !== undefined && { types }),
      ...(rooms !== undefined && { rooms }),
      ...(paused === true && { paused: 'asked' as const }),
      ...(paused === false && { paused: undefined }),
      failures: 0,
      failingSinceMs: undefined,
      nextMs: 0,
    });
  }

  /** Sends whatever comes after an event, again or for the first time, at once. @throws NotFoundError `webhook_not_found`. */
  replay(id: string, after: number): Promise<WebhookState> {
    const cursor = Math.min(after, this.#options.events.newest);
    return this.#change(id, { cursor, paused: undefined, failures: 0, failingSinceMs: undefined, nextMs: 0 });
  }

  /** Signs with another secret from now on. @throws NotFoundError `webhook_not_found`. */
  renewSecret(id: string): Promise<WebhookState> {
    return this.#change(id, { secret: newSecret() });
  }

  /** @throws NotFoundError `webhook_not_found`. */
  async remove(id: string): Promise<void> {
    if (!(await this.#options.store.remove(id))) throw notFound(id);
    const courier = this.#couriers.get(id);
    this.#couriers.delete(id);
    await courier?.close();
  }

  /** The last tries, newest first. @throws NotFoundError `webhook_not_found`. */
  async deliveries(id: string, limit: number): Promise<readonly Delivery[]> {
    if (!(await this.#options.store.find(id))) throw notFound(id);
    return this.#options.store.deliveries(id, limit);
  }

  /** Breaks off what is on its way, to be sent again after the next start. */
  async close(): Promise<void> {
    this.#stopListening();
    await Promise.all([...this.#couriers.values()].map((courier) => courier.close()));
    this.#couriers.clear();
  }

  #start(id: string, wake = true): WebhookCourier {
    const { allowPrivate, resolve, clock } = this.#options;
    const courier = new WebhookCourier({
      ...this.#options,
      id,
      requester: new WebhookRequester({ allowPrivate, resolve, clock }),
      onPaused: (webhook, reason, last) => this.#tellPaused(webhook, reason, last),
      onTried: (status) => {
        this.#tries[resultOf(status)] += 1;
      },
    });
    this.#couriers.set(id, courier);
    if (wake) courier.wake();
    return courier;
  }

  async #change(id: string, change: WebhookChange): Promise<WebhookState> {
    if (!(await this.#options.store.change(id, change))) throw notFound(id);
    this.#couriers.get(id)?.wake();
    return this.find(id);
  }

  async #state(webhook: Webhook): Promise<WebhookState> {
    const [last] = await this.#options.store.deliveries(webhook.id, 1);
    return { ...webhook, behind: this.#behind(webhook), last };
  }

  /** Events of the log that are still to be looked at for it. */
  #behind({ id, paused, cursor }: Webhook): number {
    const place = paused ? cursor : Math.max(cursor, this.#couriers.get(id)?.lookedAt ?? 0);
    return Math.max(0, this.#options.events.newest - place);
  }

  #tellPaused({ id, url }: Webhook, reason: PauseReason, { status, answer }: Delivery): void {
    const { events, log } = this.#options;
    const { host } = new URL(url);
    const data = { webhook: id, host, reason, ...(status !== undefined && { status }), answer };
    log.warn('a webhook is paused, because its receiver takes nothing', data);
    events.record({ type: 'webhook.paused', data });
  }
}

/** 256 bits: as long as what HMAC-SHA256 makes of them. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64url')}`;
}

function notFound(id: string): NotFoundError {
  return new NotFoundError('webhook_not_found', `There is no webhook "${id}"; see GET /api/webhooks.`);
}
