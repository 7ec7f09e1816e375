/** What happens on a server, and webhooks that tell it to others. For admins. */
import { Backoff } from './backoff.ts';
import type { Pause } from './timer.ts';
import { apiPath, type CallOptions, type Transport } from './transport.ts';
import type {
  ChangeWebhook,
  CreateWebhook,
  EventFilter,
  EventPage,
  NewWebhook,
  Page,
  ServerEvent,
  Webhook,
  WebhookDelivery,
} from './types.ts';

/** How long one request of `follow` waits for the next event, seconds. */
const WAIT_S = 20;

/** The log of events. Every method rejects with GridcastError. */
export class Events {
  readonly #transport: Transport;
  readonly #pause: Pause | undefined;

  constructor(transport: Transport, pause?: Pause) {
    this.#transport = transport;
    this.#pause = pause;
  }

  list(filter: EventFilter = {}, options?: CallOptions): Promise<EventPage> {
    return this.#transport.json('GET', apiPath('events'), { ...options, query: filter });
  }

  /**
   * Every event after the number `after` (default 0: all that are kept), each once and in order, then those to come. Goes on after
   * cuts where it was, until `signal` aborts; throws what no other try would mend. Keep `seq` to go on there another time.
   */
  async *follow(filter: Omit<EventFilter, 'wait'> & CallOptions = {}): AsyncGenerator<ServerEvent, void, undefined> {
    const { signal, ...wanted } = filter;
    const backoff = new Backoff(this.#pause);
    let after = wanted.after ?? 0;
    while (!signal?.aborted) {
      const page = await this.list({ ...wanted, after, wait: WAIT_S }, { signal }).catch(async (error: unknown) => {
        if (!signal?.aborted)
          await backoff.after(error, signal).catch((reason: unknown) => unlessAborted(reason, signal));
        return undefined;
      });
      if (!page) continue;
      backoff.worked();
      yield* page.items;
      after = page.next;
    }
  }
}

/** Addresses that are told of events. Every method rejects with GridcastError. */
export class Webhooks {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Its secret is told this once. */
  create(webhook: CreateWebhook, options?: CallOptions): Promise<NewWebhook> {
    return this.#transport.json('POST', apiPath('webhooks'), { ...options, body: webhook });
  }

  list(options?: CallOptions): Promise<Page<Webhook>> {
    return this.#transport.json('GET', apiPath('webhooks'), options);
  }

  get(id: string, options?: CallOptions): Promise<Webhook> {
    return this.#transport.json('GET', apiPath('webhooks', id), options);
  }

  change(id: string, change: ChangeWebhook, options?: CallOptions): Promise<Webhook> {
    return this.#transport.json('PATCH', apiPath('webhooks', id), { ...options, body: change });
  }

  remove(id: string, options?: CallOptions): Promise<void> {
    return this.#transport.empty('DELETE', apiPath('webhooks', id), options);
  }

  /** Another secret: the one before holds no more. */
  renewSecret(id: string, options?: CallOptions): Promise<NewWebhook> {
    return this.#transport.json('POST', apiPath('webhooks', id, 'secret'), options);
  }

  /** Sends everything after the event of this number again. */
  replay(id: string, after: number, options?: CallOptions): Promise<Webhook> {
    return this.#transport.json('POST', apiPath('webhooks', id, 'replay'), { ...options, body: { after } });
  }

  /** What was tried, newest first. */
  deliveries(id: string, options?: CallOptions): Promise<Page<WebhookDelivery>> {
    return this.#transport.json('GET', apiPath('webhooks', id, 'deliveries'), options);
  }
}

/** Throws it, unless it is only that nobody wants anything more. */
function unlessAborted(reason: unknown, signal: AbortSignal | undefined): void {
  if (!signal?.aborted) throw reason;
}
