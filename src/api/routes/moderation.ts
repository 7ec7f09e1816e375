/** What hosts do about the people of a room. */
import type { ApiDeps } from '../deps.ts';
import { moderatorOf } from '../event-person.ts';
import { banBody, banList, banParams, banSchema, changedCount, muteAllBody } from '../moderation-schemas.ts';
import { roomRoute } from '../room-route.ts';
import type { Route } from '../route.ts';
import { changeParticipantBody, participantSchema } from '../participant-schemas.ts';
import { participantParams, roomParams } from '../schemas.ts';

/** Changes of participants, `/api/rooms/:room/bans`, `/hands/lower`, `/mute` and `/end`. */
export function moderationRoutes(deps: ApiDeps): Route[] {
  const { moderation } = deps;
  const base = { tag: 'moderation', access: 'host' } as const;
  return [
    roomRoute(deps, {
      ...base,
      method: 'patch',
      path: '/api/rooms/:room/participants/:participant',
      summary: 'Rename or mute a participant, change their volume, stop their video, or lower their hand',
      params: participantParams,
      body: changeParticipantBody,
      responses: { 200: { description: 'The changed participant.', schema: participantSchema } },
      handle({ ctx, grant, params, body }) {
        ctx.body = moderation.change(params.room, params.participant, body, moderatorOf(grant));
      },
    }),
    roomRoute(deps, {
      ...base,
      method: 'delete',
      path: '/api/rooms/:room/participants/:participant',
      summary: 'Remove a participant; their invite no longer admits them, a newer one does',
      params: participantParams,
      responses: { 204: { description: 'The participant is removed.' } },
      async handle({ ctx, grant, params }) {
        await moderation.remove(params.room, params.participant, moderatorOf(grant));
        ctx.status = 204;
      },
    }),
    roomRoute(deps, {
      ...base,
      method: 'get',
      path: '/api/rooms/:room/bans',
      summary: 'List bans',
      params: roomParams,
      responses: { 200: { description: 'The newest first.', schema: banList } },
      handle({ ctx, params }) {
        ctx.body = { items: moderation.bans(params.room) };
      },
    }),
    roomRoute(deps, {
      ...base,
      method: 'post',
      path: '/api/rooms/:room/bans',
      summary: 'Ban a participant',
      params: roomParams,
      body: banBody,
      responses: { 201: { description: 'The participant is removed, and banned by this entry.', schema: banSchema } },
      async handle({ ctx, grant, params, body }) {
        ctx.body = await moderation.ban(params.room, body.participant, moderatorOf(grant));
        ctx.status = 201;
      },
    }),
    roomRoute(deps, {
      ...base,
      method: 'delete',
      path: '/api/rooms/:room/bans/:ban',
      summary: 'Lift a ban',
      params: banParams,
      responses: { 204: { description: 'The ban is lifted.' } },
      async handle({ ctx, grant, params }) {
        await moderation.unban(params.room, params.ban, moderatorOf(grant));
        ctx.status = 204;
      },
    }),
    roomRoute(deps, {
      ...base,
      method: 'post',
      path: '/api/rooms/:room/hands/lower',
      summary: 'Lower all hands',
      params: roomParams,
      responses: { 200: { description: 'How many hands were up.', schema: changedCount } },
      handle({ ctx, grant, params }) {
        ctx.body = { changed: moderation.lowerHands(params.room, moderatorOf(grant)) };
      },
    }),
    roomRoute(deps, {
      ...base,
      method: 'post',
      path: '/api/rooms/:room/mute',
      summary: 'Mute everybody except hosts, or unmute them',
      params: roomParams,
      body: muteAllBody,
      responses: { 200: { description: 'How many participants were changed.', schema: changedCount } },
      handle({ ctx, grant, params, body }) {
        ctx.body = { changed: moderation.muteAll(params.room, body.muted, moderatorOf(grant)) };
      },
    }),
    roomRoute(deps, {
      ...base,
      method: 'post',
      path: '/api/rooms/:room/end',
      summary: 'End the session for everybody; the room stays',
      params: roomParams,
      responses: { 204: { description: 'The session has ended, and everybody is out.' } },
      async handle({ ctx, grant, params }) {
        await moderation.end(params.room, moderatorOf(grant));
        ctx.status = 204;
      },
    }),
  ];
}
