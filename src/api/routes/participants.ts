/** The people in a room. */
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import { participantList, participantParams, participantSchema, renameBody, roomParams } from '../schemas.ts';
import { existingRoom } from './rooms.ts';

/** `/api/rooms/:room/participants` and below. */
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
    route({
      method: 'patch',
      path: '/api/rooms/:room/participants/:participant',
      summary: 'Rename somebody',
      tag: 'participants',
      access: 'host',
      params: participantParams,
      body: renameBody,
      responses: { 200: { description: 'The renamed participant.', schema: participantSchema } },
      handle({ ctx, params, body }) {
        existingRoom(deps, params.room);
        ctx.body = deps.rooms.renameParticipant(params.room, params.participant, body.name);
      },
    }),
    route({
      method: 'delete',
      path: '/api/rooms/:room/participants/:participant',
      summary: 'Send somebody out; a token with their identity lets nobody in again',
      tag: 'participants',
      access: 'host',
      params: participantParams,
      responses: { 204: { description: 'They are gone.' } },
      handle({ ctx, params }) {
        existingRoom(deps, params.room);
        deps.rooms.removeParticipant(params.room, params.participant);
        ctx.status = 204;
      },
    }),
  ];
}
