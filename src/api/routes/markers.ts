/** Markers of recordings. */
import type { ApiDeps } from '../deps.ts';
import { requireGrant, requireHost } from '../grant.ts';
import { type Route, route } from '../route.ts';
import { markerBody, recordingMarkerSchema, recordingParams } from '../schemas.ts';
import { existingRecording } from './recordings.ts';

/** `POST /api/recordings/:recording/markers`. */
export function markerRoutes(deps: ApiDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/recordings/:recording/markers',
      summary: 'Add a marker at this moment of a running recording',
      tag: 'recordings',
      access: 'special',
      accessNote: 'admin, or a host of the room that is recorded',
      params: recordingParams,
      body: markerBody,
      responses: { 201: { description: 'The marker; viewers are told, too.', schema: recordingMarkerSchema } },
      async handle({ ctx, grant, params, body }) {
        requireGrant(grant);
        const { id, room } = await existingRecording(deps, params.recording);
        requireHost(deps.tokens.inRoom(grant, room), room);
        ctx.body = await deps.markers.add(id, body.label);
        ctx.status = 201;
      },
    }),
  ];
}
