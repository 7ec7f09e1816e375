/** Webhooks: made, changed, sent back, looked at. */
import type { EventDraft } from '../../events/event.ts';
import { type Delivery, isTaken } from '../../events/webhook.ts';
import type { WebhookState } from '../../events/webhooks.ts';
import type { ApiDeps } from '../deps.ts';
import { actorOf } from '../event-person.ts';
import {
  changeWebhookBody,
  createWebhookBody,
  deliveryList,
  deliveryQuery,
  newWebhookSchema,
  replayBody,
  webhookList,
  webhookParams,
  webhookSchema,
} from '../event-schemas.ts';
import type { Grant } from '../grant.ts';
import { type Route, route } from '../route.ts';

const PATH = '/api/webhooks/:webhook';

type WebhookDeed = 'created' | 'changed' | 'replayed' | 'deleted';

/** `/api/webhooks` and below. */
export function webhookRoutes(deps: ApiDeps): Route[] {
  const { webhooks, events } = deps;
  const tell = (what: WebhookDeed, grant: Grant | undefined, webhook: string, more: EventDraft['data'] = {}): void =>
    events.record({ type: `webhook.${what}`, ...actorOf(grant), data: { webhook, ...more } });
  return [
    route({
      method: 'post',
      path: '/api/webhooks',
      summary: 'Create a webhook, which sends events to an address',
      tag: 'events',
      access: 'admin',
      body: createWebhookBody,
      responses: {
        201: { description: 'The webhook with its secret, which is returned only once.', schema: newWebhookSchema },
      },
      async handle({ ctx, grant, body: { url, types, rooms, after } }) {
        const order = { url, ...(types && { types }), ...(rooms && { rooms }), ...(after !== undefined && { after }) };
        const made = await webhooks.create(order);
        // The first that it is sent, if it wants events of this type: so its owner sees whether it works.
        tell('created', grant, made.id, { host: new URL(made.url).host });
        ctx.status = 201;
        ctx.set('Location', `/api/webhooks/${made.id}`);
        ctx.body = { ...shown(made), secret: made.secret };
      },
    }),
    route({
      method: 'get',
      path: '/api/webhooks',
      summary: 'List webhooks and their state',
      tag: 'events',
      access: 'admin',
      responses: { 200: { description: 'Oldest first, without their secrets.', schema: webhookList } },
      async handle({ ctx }) {
        ctx.body = { items: (await webhooks.list()).map(shown) };
      },
    }),
    route({
      method: 'get',
      path: PATH,
      summary: 'Get a webhook',
      tag: 'events',
      access: 'admin',
      params: webhookParams,
      responses: { 200: { description: 'The webhook and its state.', schema: webhookSchema } },
      async handle({ ctx, params }) {
        ctx.body = shown(await webhooks.find(params.webhook));
      },
    }),
    route({
      method: 'patch',
      path: PATH,
      summary: 'Change, pause or resume a webhook',
      tag: 'events',
      access: 'admin',
      params: webhookParams,
      body: changeWebhookBody,
      responses: { 200: { description: 'The changed webhook.', schema: webhookSchema } },
      async handle({ ctx, grant, params, body: { url, types, rooms, paused } }) {
        const changed = await webhooks.change(params.webhook, {
          ...(url !== undefined && { url }),
          ...(types !== undefined && { types }),
          ...(rooms !== undefined && { rooms }),
          ...(paused !== undefined && { paused }),
        });
        tell('changed', grant, changed.id, { host: new URL(changed.url).host, paused: changed.paused !== undefined });
        ctx.body = shown(changed);
      },
    }),
    route({
      method: 'delete',
      path: PATH,
      summary: 'Delete a webhook',
      tag: 'events',
      access: 'admin',
      params: webhookParams,
      responses: { 204: { description: 'The webhook is deleted.' } },
      async handle({ ctx, grant, params }) {
        await webhooks.remove(params.webhook);
        tell('deleted', grant, params.webhook);
        ctx.status = 204;
      },
    }),
    route({
      method: 'post',
      path: `${PATH}/secret`,
      summary: 'Replace the secret that signs requests',
      tag: 'events',
      access: 'admin',
      params: webhookParams,
      responses: {
        200: { description: 'The webhook with its new secret, which is returned only once.', schema: newWebhookSchema },
      },
      async handle({ ctx, grant, params }) {
        const renewed = await webhooks.renewSecret(params.webhook);
        tell('changed', grant, renewed.id, { secret: 'renewed' });
        ctx.body = { ...shown(renewed), secret: renewed.secret };
      },
    }),
    route({
      method: 'post',
      path: `${PATH}/replay`,
      summary: 'Send everything after an event again',
      tag: 'events',
      access: 'admin',
      params: webhookParams,
      body: replayBody,
      responses: { 200: { description: 'The webhook, which is sending again.', schema: webhookSchema } },
      async handle({ ctx, grant, params, body: { after } }) {
        const sentBack = await webhooks.replay(params.webhook, after);
        tell('replayed', grant, sentBack.id, { after });
        ctx.body = shown(sentBack);
      },
    }),
    route({
      method: 'get',
      path: `${PATH}/deliveries`,
      summary: 'List the latest attempts and the receiver’s answers',
      tag: 'events',
      access: 'admin',
      params: webhookParams,
      query: deliveryQuery,
      responses: { 200: { description: 'Newest first; the last hundred are kept.', schema: deliveryList } },
      async handle({ ctx, params, query }) {
        ctx.body = { items: (await webhooks.deliveries(params.webhook, query.limit)).map(shownDelivery) };
      },
    }),
  ];
}

function shown(state: WebhookState) {
  const { id, url, types, rooms, createdMs, cursor, behind, paused, failures, failingSinceMs, nextMs, last } = state;
  const waits = paused === undefined && failures > 0;
  return {
    id,
    url,
    ...(types && { types }),
    ...(rooms && { rooms }),
    createdAt: iso(createdMs),
    state: paused !== undefined ? 'paused' : waits ? 'failing' : 'working',
    ...(paused !== undefined && { reason: paused }),
    after: cursor,
    behind,
    failures,
    ...(failingSinceMs !== undefined && { failingSince: iso(failingSinceMs) }),
    ...(waits && { nextTry: iso(nextMs) }),
    ...(last && { last: shownDelivery(last) }),
  };
}

function shownDelivery({ seq, type, atMs, attempt, tookMs, status, answer }: Delivery) {
  const about = { seq, type, at: iso(atMs), attempt, took: tookMs / 1000, taken: isTaken(status) };
  return { ...about, ...(status !== undefined && { status }), answer };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
