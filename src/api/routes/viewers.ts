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
      summary:
        'Report that somebody is watching, every 10 seconds; get how many are, and whether the room is being recorded',
      tag: 'hls',
      access: 'public',
      params: roomParams,
      body: viewerBody,
      responses: {
        200: { description: 'The viewers of the last 25 seconds; 0 if nothing is live.', schema: viewersSchema },
        429: { description: 'Too many at once; try again in 10 seconds.' },
      },
      handle({ ctx, room: { id, live, recording }, body }) {
        const viewers = live ? deps.viewers.seen(id, body.id, deps.addresses.of(ctx.req)) : 0;
        if (viewers === undefined) {
          throw new LimitError('too_many_viewers', 'Too many viewers at once; try again in 10 seconds.');
        }
        ctx.body = { viewers, recording };
      },
    }),
    roomRoute(deps, {
      method: 'delete',
      path: PATH,
      summary: 'Revoke all tokens of viewers; those of a private room can no longer be used',
      tag: 'hls',
      access: 'host',
      params: roomParams,
      responses: { 204: { description: 'The tokens are revoked; viewers need new links.' } },
      async handle({ ctx, params }) {
        await deps.rooms.expelViewers(params.room);
        ctx.status = 204;
      },
    }),
    preflightRoute({
      path: PATH,
      summary: 'Tell browsers that players on any site may report',
      tag: 'hls',
      params: roomParams,
      description: 'Access for all origins.',
      methods: 'POST, OPTIONS',
      headers: 'Authorization, Content-Type',
    }),
  ];
}
