/** The people in a room. */
import type { ApiDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import {
  changeParticipantBody,
  participantList,
  participantParams,
  participantSchema,
  roomParams,
} from '../schemas.ts';
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
      summary: 'Rename somebody, mute them, or change their loudness',
      tag: 'participants',
      access: 'host',
      params: participantParams,
      body: changeParticipantBody,
      responses: { 200: { description: 'The changed participant.', schema: participantSchema } },
      handle({ ctx, params, body }) {
        existingRoom(deps, params.room);
        ctx.body = deps.rooms.changeParticipant(params.room, params.participant, body);
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
