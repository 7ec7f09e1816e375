/** What viewers are told beside the picture: markers and captions. */
import type { ApiDeps } from '../deps.ts';
import { roomRoute } from '../room-route.ts';
import type { Route } from '../route.ts';
import { captionBody, markerBody, notedSchema, roomParams } from '../schemas.ts';

/** `/api/rooms/:room/markers` and `/captions`. */
export function noteRoutes(deps: ApiDeps): Route[] {
  const responses = {
    201: { description: 'The time of the marker, by the clock of the program.', schema: notedSchema },
  };
  return [
    roomRoute(deps, {
      method: 'post',
      path: '/api/rooms/:room/markers',
      summary: 'Add a marker at this moment of the live program, and of a running recording',
      tag: 'hls',
      access: 'host',
      params: roomParams,
      body: markerBody,
      responses,
      async handle({ ctx, params, body }) {
        const recording = await deps.markers.keepInRoom(params.room, body.label);
        ctx.body = { at: deps.notes.mark(params.room, body.label, recording).toISOString() };
        ctx.status = 201;
      },
    }),
    roomRoute(deps, {
      method: 'post',
      path: '/api/rooms/:room/captions',
      summary: 'Show a caption to viewers who have captions on',
      tag: 'hls',
      access: 'host',
      params: roomParams,
      body: captionBody,
      responses,
      handle({ ctx, params, body }) {
        ctx.status = 201;
        ctx.body = { at: deps.notes.caption(params.room, body.text, body.seconds).toISOString() };
      },
    }),
  ];
}
