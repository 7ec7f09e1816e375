/** What requests about events and webhooks look like, and answers. */
import { z } from 'zod';
import { EVENT_PATTERN } from '../events/event-filter.ts';

const time = z.string().meta({ format: 'date-time' });
const seq = z.int().min(0).meta({ description: 'Number of an event.' });
const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** Types or rooms in one query, and of one webhook, at most. */
const MAX_LISTED = 50;
/** Seconds that a request may wait, at most. */
const MAX_WAIT_SECONDS = 30;

const listed = (what: string) => z.string().min(1).max(4000).optional().meta({ description: what });
const filterQuery = z.strictObject({
  type: listed(
    'Types such as `room.created`, or areas of them such as `room.*`, with commas between them; default all.',
  ),
  room: listed('Ids of rooms, with commas between them; default all, and events of no room.'),
});

/** Query of `GET /api/events`. */
export const eventQuery = filterQuery.extend({
  after: z.coerce.number().int().min(0).default(0).meta({ type: 'integer', description: 'Events after this number.' }),
  limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ type: 'integer' }),
  wait: z.coerce
    .number()
    .int()
    .min(0)
    .max(MAX_WAIT_SECONDS)
    .default(0)
    .meta({ type: 'integer', description: 'Seconds to wait for the next one when there is none.' }),
});

/** Query of `GET /api/events/stream`. */
export const eventStreamQuery = filterQuery.extend({
  after: z.coerce.number().int().min(0).optional().meta({
    type: 'integer',
    description: 'Events after this number; default those to come. The header `Last-Event-ID` comes first.',
  }),
});

const patterns = z.array(z.string().regex(EVENT_PATTERN, 'use a type such as room.created, or an area such as room.*'));
const rooms = z.array(id);
/** Lists of a query, checked when they are taken apart. */
export const filterLists = z.object({
  types: patterns.max(MAX_LISTED).optional(),
  rooms: rooms.max(MAX_LISTED).optional(),
});

const person = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(['admin', 'host', 'participant', 'viewer', 'user', 'server']),
  })
  .meta({ id: 'EventPerson' });

const event = z
  .object({
    seq: seq.meta({ description: 'Grows by one with each event of the server.' }),
    at: time,
    type: z.string().meta({ description: 'Area and what happened, for example `participant.joined`.' }),
    room: z.string().optional(),
    actor: person.optional().meta({ description: 'Who did it; without one the server itself.' }),
    subject: person.optional().meta({ description: 'To whom it was done.' }),
    data: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Event' });

/** A part of the log. */
export const eventList = z
  .object({
    items: z.array(event),
    next: seq.meta({ description: '`after` of the next request.' }),
    oldest: seq.optional().meta({ description: 'The oldest event that is still kept.' }),
    newest: seq.meta({ description: 'The newest event of all; 0: there was none yet.' }),
  })
  .meta({ id: 'EventList' });

/** Path of a webhook. */
export const webhookParams = z.object({ webhook: z.string().max(64) });

const url = z.string().min(1).max(2000);
const chosenTypes = patterns.min(1).max(MAX_LISTED);
const chosenRooms = rooms.min(1).max(MAX_LISTED);

/** Body of `POST /api/webhooks`. */
export const createWebhookBody = z
  .strictObject({
    url: url.meta({ description: 'An http:// or https:// address on the public internet.' }),
    types: chosenTypes.optional().meta({ description: 'Types and areas of them, such as `room.*`; default all.' }),
    rooms: chosenRooms.optional().meta({ description: 'Ids; default all, and events of no room.' }),
    after: seq.optional().meta({ description: 'Events after this number are sent, too; default only those to come.' }),
  })
  .meta({ id: 'CreateWebhook' });

/** Body of `PATCH /api/webhooks/{webhook}`. */
export const changeWebhookBody = z
  .strictObject({
    url: url.optional(),
    types: chosenTypes.nullable().optional().meta({ description: 'Null: all.' }),
    rooms: chosenRooms.nullable().optional().meta({ description: 'Null: all.' }),
    paused: z.boolean().optional().meta({ description: 'False: goes on where it was, at once.' }),
  })
  .meta({ id: 'ChangeWebhook' });

/** Body of `POST /api/webhooks/{webhook}/replay`. */
export const replayBody = z
  .strictObject({ after: seq.meta({ description: 'Everything after this number is sent again.' }) })
  .meta({ id: 'ReplayWebhook' });

/** Query of `GET /api/webhooks/{webhook}/deliveries`. */
export const deliveryQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20).meta({ type: 'integer' }),
});

const delivery = z
  .object({
    seq,
    type: z.string(),
    at: time,
    attempt: z.int().min(1).meta({ description: 'Counts from 1 for each event.' }),
    took: z.number().meta({ description: 'Seconds until the answer.' }),
    taken: z.boolean().meta({ description: 'Whether the answer was one from 200 to 299.' }),
    status: z.int().optional().meta({ description: 'Left out when there was no answer.' }),
    answer: z.string().meta({ description: 'Its beginning, or why there was none.' }),
  })
  .meta({ id: 'WebhookDelivery' });

/** Tries, newest first. */
export const deliveryList = z.object({ items: z.array(delivery) }).meta({ id: 'WebhookDeliveryList' });

/** A webhook as admins see it. */
export const webhookSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    types: z.array(z.string()).optional(),
    rooms: z.array(z.string()).optional(),
    createdAt: time,
    state: z.enum(['working', 'failing', 'paused']),
    reason: z.enum(['asked', 'failing', 'gone']).optional().meta({
      description: 'Why it is paused: an admin asked for it, it failed for too long, or its receiver answered 410.',
    }),
    after: seq.meta({ description: 'The last event that was taken.' }),
    behind: z.int().meta({ description: 'Events of the log that are still to be looked at for it.' }),
    failures: z.int().meta({ description: 'Tries of the next event that failed.' }),
    failingSince: time.optional(),
    nextTry: time.optional(),
    last: delivery.optional(),
  })
  .meta({ id: 'Webhook' });
/** With its secret: told this once. */
export const newWebhookSchema = webhookSchema
  .extend({ secret: z.string().meta({ description: 'Signs what is sent; it is never told again.' }) })
  .meta({ id: 'NewWebhook' });
/** All of them. */
export const webhookList = z.object({ items: z.array(webhookSchema) }).meta({ id: 'WebhookList' });
