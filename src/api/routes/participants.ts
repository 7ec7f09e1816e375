/** The people in a room. */
import { requireAdmitted } from '../admitted.ts';
import type { ApiDeps } from '../deps.ts';
import { roomRoute } from '../room-route.ts';
import type { Route } from '../route.ts';
import { participantList } from '../participant-schemas.ts';
import { roomParams } from '../schemas.ts';

/** `GET /api/rooms/:room/participants`. */
export function participantRoutes(deps: ApiDeps): Route[] {
  return [
    roomRoute(deps, {
      method: 'get',
      path: '/api/rooms/:room/participants',
      summary: 'List participants',
      tag: 'participants',
      access: 'member',
      params: roomParams,
      responses: { 200: { description: 'Everybody, in the order of arrival.', schema: participantList } },
      admit: ({ ctx, grant, params: { room } }) => requireAdmitted(deps, grant, room, ctx.req.headers),
      handle({ ctx, params }) {
        ctx.body = { items: deps.rooms.participants(params.room) };
      },
    }),
  ];
}
