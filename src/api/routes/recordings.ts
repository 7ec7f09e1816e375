/** Recordings: start, control, list, delete. */
import { askerOf, whoIs } from '../audit-log.ts';
import type { ApiDeps } from '../deps.ts';
import { personOf } from '../event-person.ts';
import { requireGrant, requireHost } from '../grant.ts';
import { admitOwner, listedOwner, OWNERS, unknownRecording } from '../own-recordings.ts';
import type { RecordingView } from '../ports.ts';
import { roomRoute } from '../room-route.ts';
import { type Route, route } from '../route.ts';
import { shownRecording, shownSteps } from '../shown-recording.ts';
import {
  recordingList,
  recordingParams,
  recordingQuery,
  recordingSchema,
  roomParams,
  updateRecordingBody,
} from '../schemas.ts';

/** The recording, or NotFoundError `recording_not_found`. */
export async function existingRecording(deps: ApiDeps, id: string): Promise<RecordingView> {
  const recording = await deps.recordings.find(id);
  if (recording) return recording;
  throw unknownRecording();
}

/** `POST /api/rooms/:room/recordings` and all of `/api/recordings` but the downloads. */
export function recordingRoutes(deps: ApiDeps): Route[] {
  return [
    roomRoute(deps, {
      method: 'post',
      path: '/api/rooms/:room/recordings',
      summary: 'Start a recording of the room',
      tag: 'recordings',
      access: 'host',
      params: roomParams,
      responses: { 201: { description: 'The recording runs.', schema: recordingSchema } },
      async handle({ ctx, grant, params }) {
        const recording = await deps.recordings.start(params.room, personOf(grant));
        ctx.status = 201;
        ctx.set('Location', `/api/recordings/${recording.id}`);
        ctx.body = shownRecording(grant, recording);
      },
    }),
    control(deps, 'pause', 'Pause a recording'),
    control(deps, 'resume', 'Resume a recording'),
    control(deps, 'stop', 'Stop a recording, and start to make its archive'),
    route({
      method: 'post',
      path: '/api/recordings/:recording/retry',
      summary: 'Retry a failed archive',
      tag: 'recordings',
      access: 'admin',
      params: recordingParams,
      responses: { 200: { description: 'The changed recording.', schema: recordingSchema } },
      async handle({ ctx, grant, params }) {
        await existingRecording(deps, params.recording);
        ctx.body = shownRecording(grant, await deps.recordings.retry(params.recording, personOf(grant)));
      },
    }),
    route({
      method: 'get',
      path: '/api/recordings',
      summary: 'List recordings, newest first',
      tag: 'recordings',
      access: 'special',
      accessNote: 'admin; signed-in people see those of the rooms that they created (`accounts.ownRecordings`)',
      admit: ({ grant }) => void listedOwner(deps, grant, false),
      query: recordingQuery,
      responses: { 200: { description: 'A page; `next` is the `cursor` of the one after it.', schema: recordingList } },
      async handle({ ctx, grant, query }) {
        const { room, state, q, own = false, since, until, limit, cursor } = query;
        const owner = listedOwner(deps, grant, own);
        const { items, ...more } = await deps.recordings.list({
          limit,
          ...(owner === undefined ? {} : { owner }),
          ...(room === undefined ? {} : { room }),
          ...(state === undefined ? {} : { state }),
          ...(q === undefined || q === '' ? {} : { q }),
          ...(since === undefined ? {} : { since: new Date(since) }),
          ...(until === undefined ? {} : { until: new Date(until) }),
          ...(cursor === undefined ? {} : { cursor }),
        });
        ctx.body = { ...more, items: items.map((recording) => shownRecording(grant, recording)) };
      },
    }),
    route({
      method: 'get',
      path: '/api/recordings/:recording',
      summary: 'Get a recording',
      tag: 'recordings',
      access: 'special',
      accessNote: OWNERS,
      params: recordingParams,
      responses: {
        200: {
          description: 'The recording; `log` and the technical `error` are for admins only.',
          schema: recordingSchema,
        },
      },
      admit: admitOwner(deps),
      async handle({ ctx, grant, params }) {
        const recording = await existingRecording(deps, params.recording);
        const markers = await deps.markers.of(params.recording);
        const { log, steps } = await deps.archives.jobs(params.recording);
        // They tell of the machine that makes archives, which is nobody's business but the admins'.
        const lines = grant?.role === 'admin' && log ? { log } : {};
        ctx.body = {
          ...shownRecording(grant, recording),
          markers,
          ...(steps && { steps: shownSteps(grant, steps) }),
          ...lines,
        };
      },
    }),
    route({
      method: 'patch',
      path: '/api/recordings/:recording',
      summary: 'Give a recording another title; its files keep theirs',
      tag: 'recordings',
      access: 'special',
      accessNote: OWNERS,
      admit: admitOwner(deps),
      params: recordingParams,
      body: updateRecordingBody,
      responses: { 200: { description: 'The changed recording.', schema: recordingSchema } },
      async handle({ ctx, grant, params, body: { title } }) {
        const { id: recording, room, title: before } = await existingRecording(deps, params.recording);
        const changed = await deps.recordings.rename(recording, title, personOf(grant));
        if (title !== before) {
          const entry = { who: whoIs(grant), action: 'rename', recording, room, detail: { title, before } } as const;
          await deps.audit.note({ ...askerOf(ctx, deps.addresses), ...entry });
        }
        ctx.body = shownRecording(grant, changed);
      },
    }),
    route({
      method: 'delete',
      path: '/api/recordings/:recording',
      summary: 'Delete a recording and all of its files at once, also from the trash',
      tag: 'recordings',
      access: 'admin',
      params: recordingParams,
      responses: { 204: { description: 'Deleted.' } },
      async handle({ ctx, grant, params }) {
        // Whoever deletes it by this wants it gone, wherever it is.
        const trashed = await deps.recordings.findTrashed(params.recording);
        const { id: recording, room, title } = trashed ?? (await existingRecording(deps, params.recording));
        await deps.recordings.remove(recording, personOf(grant));
        const entry = { who: whoIs(grant), action: 'delete', recording, room, detail: { title } } as const;
        await deps.audit.note({ ...askerOf(ctx, deps.addresses), ...entry });
        deps.log.info('A recording was deleted', { recording: params.recording });
        ctx.status = 204;
      },
    }),
  ];
}

function control(deps: ApiDeps, verb: 'pause' | 'resume' | 'stop', summary: string): Route {
  return route({
    method: 'post',
    path: `/api/recordings/:recording/${verb}`,
    summary,
    tag: 'recordings',
    access: 'special',
    accessNote: 'admin, or a host of the room that was recorded',
    params: recordingParams,
    responses: { 200: { description: 'The changed recording.', schema: recordingSchema } },
    async handle({ ctx, grant, params }) {
      requireGrant(grant);
      const { id, room } = await existingRecording(deps, params.recording);
      requireHost(deps.tokens.inRoom(grant, room), room);
      ctx.body = shownRecording(grant, await deps.recordings[verb](id, personOf(grant)));
    },
  });
}
