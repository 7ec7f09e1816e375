/** The people in a room. */
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { participantList } from '../participant-schemas.ts';
import { roomParams } from '../schemas.ts';
import { existingRoom } from './rooms.ts';

/** `GET /api/rooms/:room/participants`. */
export function participantRoutes(deps: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/rooms/:room/participants',
      summary: 'List who is in the room',
      tag: 'participants',
      access: 'member',
      params: roomParams,
      responses: { 200: { description: 'Everybody, in the order they came.', schema: participantList } },
      handle({ ctx, params }) {
        existingRoom(deps, params.room);
        ctx.body = { items: deps.rooms.participants(params.room) };
      },
    }),
  ];
}
