/** The door of a room: who waits, who may come in, and the way in with a password. */
import { tokenSchema } from '../account-schemas.ts';
import { UnauthorizedError } from '../../errors.ts';
import type { ApiDeps } from '../deps.ts';
import { admitBody, admittedSchema, enterBody, waitingList, waitingParams } from '../door-schemas.ts';
import { actorOf } from '../event-person.ts';
import { tokenAnswer } from '../links.ts';
import { baseUrl } from '../origin.ts';
import { roomRoute } from '../room-route.ts';
import type { Route } from '../route.ts';
import { roomParams } from '../schemas.ts';

const WAITING = '/api/rooms/:room/waiting';
/** Seconds for which whoever knew the password need not say it again. */
const ENTERED_SECONDS = 12 * 3600;

/** `/api/rooms/:room/waiting` and `/api/rooms/:room/enter`. */
export function doorRoutes(deps: ApiDeps): Route[] {
  return [
    roomRoute(deps, {
      method: 'get',
      path: WAITING,
      summary: 'List who is waiting to enter the room',
      tag: 'door',
      access: 'host',
      params: roomParams,
      responses: { 200: { description: 'Everybody, in the order of arrival; at most 50.', schema: waitingList } },
      handle({ ctx, params }) {
        ctx.body = { items: deps.door.waiting(params.room) };
      },
    }),
    roomRoute(deps, {
      method: 'post',
      path: WAITING,
      summary: 'Admit everybody who is waiting, or turn them away',
      tag: 'door',
      access: 'host',
      params: roomParams,
      body: admitBody,
      responses: {
        200: {
          description: 'How many were decided on; people are admitted as long as there are places.',
          schema: admittedSchema,
        },
      },
      handle({ ctx, grant, params, body }) {
        ctx.body = { decided: deps.door.decideAll(params.room, body.admit, actorOf(grant).actor) };
      },
    }),
    roomRoute(deps, {
      method: 'post',
      path: `${WAITING}/:waiting`,
      summary: 'Admit somebody who is waiting, or turn them away',
      tag: 'door',
      access: 'host',
      params: waitingParams,
      body: admitBody,
      responses: {
        204: { description: 'They are admitted, or turned away.' },
        503: { description: '`room_full`: they keep waiting.' },
      },
      handle({ ctx, grant, params, body }) {
        deps.door.decide(params.room, params.waiting, body.admit, actorOf(grant).actor);
        ctx.status = 204;
      },
    }),
    roomRoute(deps, {
      method: 'post',
      path: '/api/rooms/:room/enter',
      summary: 'Get a token with the password of the room',
      tag: 'door',
      access: 'public',
      params: roomParams,
      body: enterBody,
      responses: {
        201: { description: 'A token for one participant, good for 12 hours.', schema: tokenSchema },
        409: { description: '`no_password`: the room has none.' },
        429: { description: '`too_many_attempts`: wait as many seconds as `Retry-After` says.' },
      },
      async handle({ ctx, room, body }) {
        if (!(await deps.door.isPassword(room.id, body.password, deps.addresses.of(ctx.req) ?? ''))) {
          throw new UnauthorizedError('This is not the password of the room; ask its host.', 'password_wrong');
        }
        const role = 'participant';
        const issued = await deps.tokens.issue({
          room: room.id,
          role,
          ttlSeconds: ENTERED_SECONDS,
          ...(body.name === undefined ? {} : { name: body.name }),
        });
        ctx.status = 201;
        ctx.body = tokenAnswer(baseUrl(ctx, deps.options.publicUrl), room.id, role, issued);
      },
    }),
  ];
}
