/** What hosts do about the people of a room. */
import type { ApiDeps } from '../deps.ts';
import { personOf } from '../event-person.ts';
import { type Grant, requireGrant } from '../grant.ts';
import type { Moderator } from '../moderation-port.ts';
import { banBody, banList, banParams, banSchema, changedCount, muteAllBody } from '../moderation-schemas.ts';
import { type Route, route } from '../route.ts';
import { changeParticipantBody, participantSchema } from '../participant-schemas.ts';
import { participantParams, roomParams } from '../schemas.ts';
import { existingRoom } from './rooms.ts';

/** Changes of participants, `/api/rooms/:room/bans`, `/hands/lower`, `/mute` and `/end`. */
export function moderationRoutes(deps: ApiDeps): Route[] {
  const { moderation } = deps;
  return [
    route({
      method: 'patch',
      path: '/api/rooms/:room/participants/:participant',
      summary: 'Rename somebody, mute them, change their loudness, stop their video, or lower their hand',
      tag: 'moderation',
      access: 'host',
      params: participantParams,
      body: changeParticipantBody,
      responses: { 200: { description: 'The changed participant.', schema: participantSchema } },
      handle({ ctx, grant, params, body }) {
        existingRoom(deps, params.room);
        ctx.body = moderation.change(params.room, params.participant, body, moderatorOf(grant));
      },
    }),
    route({
      method: 'delete',
      path: '/api/rooms/:room/participants/:participant',
      summary: 'Send somebody out; the invite that they had lets them in no more, a newer one does',
      tag: 'moderation',
      access: 'host',
      params: participantParams,
      responses: { 204: { description: 'They are gone.' } },
      async handle({ ctx, grant, params }) {
        existingRoom(deps, params.room);
        await moderation.remove(params.room, params.participant, moderatorOf(grant));
        ctx.status = 204;
      },
    }),
    route({
      method: 'get',
      path: '/api/rooms/:room/bans',
      summary: 'List who is kept out for good',
      tag: 'moderation',
      access: 'host',
      params: roomParams,
      responses: { 200: { description: 'The newest first.', schema: banList } },
      handle({ ctx, params }) {
        existingRoom(deps, params.room);
        ctx.body = { items: moderation.bans(params.room) };
      },
    }),
    route({
      method: 'post',
      path: '/api/rooms/:room/bans',
      summary: 'Send somebody out for good',
      tag: 'moderation',
      access: 'host',
      params: roomParams,
      body: banBody,
      responses: { 201: { description: 'They are gone, and this keeps them out.', schema: banSchema } },
      async handle({ ctx, grant, params, body }) {
        existingRoom(deps, params.room);
        ctx.body = await moderation.ban(params.room, body.participant, moderatorOf(grant));
        ctx.status = 201;
      },
    }),
    route({
      method: 'delete',
      path: '/api/rooms/:room/bans/:ban',
      summary: 'Let somebody in again',
      tag: 'moderation',
      access: 'host',
      params: banParams,
      responses: { 204: { description: 'Nothing keeps them out any more.' } },
      async handle({ ctx, grant, params }) {
        existingRoom(deps, params.room);
        await moderation.unban(params.room, params.ban, moderatorOf(grant));
        ctx.status = 204;
      },
    }),
    route({
      method: 'post',
      path: '/api/rooms/:room/hands/lower',
      summary: 'Lower all hands',
      tag: 'moderation',
      access: 'host',
      params: roomParams,
      responses: { 200: { description: 'How many were up.', schema: changedCount } },
      handle({ ctx, grant, params }) {
        existingRoom(deps, params.room);
        ctx.body = { changed: moderation.lowerHands(params.room, moderatorOf(grant)) };
      },
    }),
    route({
      method: 'post',
      path: '/api/rooms/:room/mute',
      summary: 'Mute everybody but the hosts, or let all of them be heard again',
      tag: 'moderation',
      access: 'host',
      params: roomParams,
      body: muteAllBody,
      responses: { 200: { description: 'For how many that is a change.', schema: changedCount } },
      handle({ ctx, grant, params, body }) {
        existingRoom(deps, params.room);
        ctx.body = { changed: moderation.muteAll(params.room, body.muted, moderatorOf(grant)) };
      },
    }),
    route({
      method: 'post',
      path: '/api/rooms/:room/end',
      summary: 'End the session for everybody; the room stays',
      tag: 'moderation',
      access: 'host',
      params: roomParams,
      responses: { 204: { description: 'Everybody is out, and the session has ended.' } },
      async handle({ ctx, grant, params }) {
        existingRoom(deps, params.room);
        await moderation.end(params.room, moderatorOf(grant));
        ctx.status = 204;
      },
    }),
  ];
}

function moderatorOf(grant: Grant | undefined): Moderator {
  const known = requireGrant(grant);
  const person = personOf(known) ?? { id: 'admin', name: 'admin', role: 'admin' };
  return { person, ...(known.role !== 'admin' && { tokenId: known.tokenId }) };
}
