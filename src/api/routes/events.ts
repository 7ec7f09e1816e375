/** What has happened on the server, and what happens. */
import { Readable } from 'node:stream';
import type { RouterContext } from '@koa/router';
import { BadRequestError } from '../../errors.ts';
import type { EventFilter } from '../../events/event-filter.ts';
import type { ApiDeps } from '../deps.ts';
import { eventFeed, HeldRequests, nextEvent } from '../event-feed.ts';
import { eventList, eventQuery, eventStreamQuery, filterLists } from '../event-schemas.ts';
import { goneSignal } from '../gone-signal.ts';
import { requireAdmin } from '../grant.ts';
import { authenticate, type Route, route } from '../route.ts';

const BUSY = { 503: { description: 'Too many requests are waiting; try again in some seconds.' } };

/** `/api/events` and its stream. */
export function eventRoutes(deps: Pick<ApiDeps, 'events' | 'clock' | 'tokens'>): Route[] {
  const { events, clock } = deps;
  const held = new HeldRequests();
  return [
    route({
      method: 'get',
      path: '/api/events',
      summary: 'Read events, oldest first, and wait for new ones',
      tag: 'events',
      access: 'admin',
      query: eventQuery,
      responses: { 200: { description: 'A page of events.', schema: eventList }, ...BUSY },
      async handle({ ctx, query }) {
        const { after, limit, wait } = query;
        const filter = filterOf(query);
        const untilMs = clock.monotonicMs() + wait * 1000;
        const gone = goneSignal(ctx.res);
        let page = await events.page({ ...filter, after, limit });
        if (page.items.length === 0 && wait > 0) {
          const give = held.take();
          try {
            for (
              let ms = untilMs - clock.monotonicMs();
              page.items.length === 0 && ms > 0 && !gone.aborted;
              ms = untilMs - clock.monotonicMs()
            ) {
              await nextEvent(events, clock, { after: page.next, ms, gone });
              if (!gone.aborted) page = await events.page({ ...filter, after: page.next, limit });
            }
          } finally {
            give();
          }
        }
        if (gone.aborted) return;
        const oldest = await events.oldest();
        ctx.body = { ...page, ...(oldest !== undefined && { oldest }), newest: events.newest };
      },
    }),
    route({
      method: 'get',
      path: '/api/events/stream',
      summary: 'Receive events as server-sent events',
      tag: 'events',
      access: 'admin',
      query: eventStreamQuery,
      responses: {
        200: { description: 'Each event as `id` and `data`, without end.', contentType: 'text/event-stream' },
        ...BUSY,
      },
      handle({ ctx, query }) {
        const filter = filterOf(query);
        const after = lastEventId(ctx) ?? query.after ?? events.newest;
        const gone = goneSignal(ctx.res);
        // Nobody would give their place back.
        if (gone.aborted) return;
        gone.addEventListener('abort', held.take(), { once: true });
        const mayRead = async (): Promise<boolean> => {
          try {
            return requireAdmin(await authenticate(ctx, deps.tokens)).role === 'admin';
          } catch {
            return false;
          }
        };
        ctx.set('Content-Type', 'text/event-stream');
        // Reverse proxies would collect what is to be seen at once.
        ctx.set('X-Accel-Buffering', 'no');
        ctx.body = Readable.from(eventFeed({ ...filter, events, clock, after, gone, mayRead }));
      },
    }),
  ];
}

function filterOf({
  type,
  room,
}: {
  readonly type?: string | undefined;
  readonly room?: string | undefined;
}): EventFilter {
  const { data, error } = filterLists.safeParse({ types: type?.split(','), rooms: room?.split(',') });
  if (!data) {
    const why = error.issues[0]?.message ?? 'something does not fit';
    throw new BadRequestError('invalid_request', `In the query, "type" or "room" is not acceptable: ${why}.`);
  }
  return { ...(data.types && { types: data.types }), ...(data.rooms && { rooms: data.rooms }) };
}

/** Where a reader that comes back left off. @throws BadRequestError for what is no number. */
function lastEventId(ctx: RouterContext): number | undefined {
  const text = ctx.get('Last-Event-ID');
  if (text === '') return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new BadRequestError(
    'invalid_request',
    'The header Last-Event-ID is the number of an event; leave it out or correct it.',
  );
}
