/** What a room's program looks like: who stands where, and what is drawn over it. */
import type { ApiDeps } from '../deps.ts';
import { personOf } from '../event-person.ts';
import { roomRoute } from '../room-route.ts';
import type { Route } from '../route.ts';
import { annotation, layout, roomParams } from '../schemas.ts';

/** `/api/rooms/:room/layout` and `/annotation`. */
export function layoutRoutes(deps: ApiDeps): Route[] {
  return [
    roomRoute(deps, {
      method: 'get',
      path: '/api/rooms/:room/layout',
      summary: 'Get the layout',
      tag: 'layout',
      access: 'member',
      params: roomParams,
      responses: { 200: { description: 'The complete layout.', schema: layout } },
      handle({ ctx, room }) {
        ctx.body = room.layout;
      },
    }),
    roomRoute(deps, {
      method: 'put',
      path: '/api/rooms/:room/layout',
      summary: 'Set the layout; omitted fields take their defaults',
      tag: 'layout',
      access: 'host',
      params: roomParams,
      body: layout,
      responses: { 200: { description: 'The complete layout, in force at once.', schema: layout } },
      async handle({ ctx, grant, params, body }) {
        ctx.body = (await deps.rooms.update(params.room, { layout: body }, personOf(grant))).layout;
      },
    }),
    roomRoute(deps, {
      method: 'get',
      path: '/api/rooms/:room/annotation',
      summary: 'Get the annotation: what is drawn over the program',
      tag: 'layout',
      access: 'member',
      params: roomParams,
      responses: { 200: { description: 'The complete annotation.', schema: annotation } },
      handle({ ctx, room }) {
        ctx.body = room.annotation;
      },
    }),
    roomRoute(deps, {
      method: 'put',
      path: '/api/rooms/:room/annotation',
      summary: 'Set the annotation, for example a lower third; omitted fields take their defaults',
      tag: 'layout',
      access: 'host',
      params: roomParams,
      body: annotation,
      responses: { 200: { description: 'The complete annotation, in force at once.', schema: annotation } },
      async handle({ ctx, grant, params, body }) {
        ctx.body = (await deps.rooms.update(params.room, { annotation: body }, personOf(grant))).annotation;
      },
    }),
  ];
}
