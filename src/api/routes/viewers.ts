/** Those who watch a room: how many they are, and an end to it. */
import { LimitError } from '../../errors.ts';
import type { ApiDeps } from '../deps.ts';
import { preflightRoute } from '../preflight-route.ts';
import { roomRoute } from '../room-route.ts';
import type { Route } from '../route.ts';
import { roomParams, viewerBody, viewersSchema } from '../schemas.ts';

const PATH = '/api/rooms/:room/viewers';

/** `/api/rooms/:room/viewers`. */
export function viewerRoutes(deps: ApiDeps): Route[] {
  return [
    roomRoute(deps, {
      method: 'post',
      path: PATH,
      summary: 'Say that somebody watches, every 10 seconds, and hear how many do and whether it is recorded',
      tag: 'hls',
      access: 'public',
      params: roomParams,
      body: viewerBody,
      responses: {
        200: { description: 'Those of the last 25 seconds; 0 while nothing is live.', schema: viewersSchema },
        429: { description: 'Too many at once; say it again in 10 seconds.' },
      },
      handle({ ctx, room: { id, live, recording }, body }) {
        const viewers = live ? deps.viewers.seen(id, body.id) : 0;
        if (viewers === undefined) {
          throw new LimitError('too_many_viewers', 'Too many viewers at once; try again in 10 seconds.');
        }
        ctx.body = { viewers, recording };
      },
    }),
    roomRoute(deps, {
      method: 'delete',
      path: PATH,
      summary: 'Take back all tokens of viewers; in a private room nobody goes on with the old ones',
      tag: 'hls',
      access: 'host',
      params: roomParams,
      responses: { 204: { description: 'Those who may watch need new links.' } },
      async handle({ ctx, params }) {
        await deps.rooms.expelViewers(params.room);
        ctx.status = 204;
      },
    }),
    preflightRoute({
      path: PATH,
      summary: 'Tells browsers that players on any site may say so',
      tag: 'hls',
      params: roomParams,
      description: 'They may.',
      methods: 'POST, OPTIONS',
      headers: 'Authorization, Content-Type',
    }),
  ];
}
