/** The trash: recordings that were deleted on the admin page, and can be restored for a while. */
import { ConflictError, NotFoundError } from '../../errors.ts';
import { isFromSetClock } from '../../util/clock-doubt.ts';
import { askerOf, whoIs } from '../audit-log.ts';
import type { ApiDeps } from '../deps.ts';
import { personOf } from '../event-person.ts';
import type { Grant } from '../grant.ts';
import type { TrashView } from '../ports.ts';
import { type Route, type RouteCall, route } from '../route.ts';
import { recordingParams, recordingSchema } from '../schemas.ts';
import { shownRecording } from '../shown-recording.ts';
import { trashedRecordingSchema, trashList, trashQuery } from '../trash-schemas.ts';
import { existingRecording } from './recordings.ts';

const DAY_MS = 86_400_000;

/** `/api/recordings/:recording/trash` and `/api/trash`. */
export function trashRoutes(deps: ApiDeps): Route[] {
  const { trashDays: days } = deps.options;
  const base = { tag: 'recordings', access: 'admin' } as const;
  // Its days begin once the clock is set, however long ago it seems to be.
  const beganMs = (atMs: number): number => (isFromSetClock(atMs) ? atMs : Math.max(atMs, deps.clock.wallMs()));
  const shown = (grant: Grant | undefined, view: TrashView) => ({
    ...shownRecording(grant, view),
    deletesAt: new Date(beganMs(Date.parse(view.trashedAt)) + days * DAY_MS).toISOString(),
  });
  return [
    route({
      ...base,
      method: 'post',
      path: '/api/recordings/:recording/trash',
      summary:
        'Put a recording in the trash, where it takes up space until it is deleted for good; stops it first when it runs',
      params: recordingParams,
      responses: { 200: { description: 'It is in the trash.', schema: trashedRecordingSchema } },
      async handle(call) {
        const { ctx, grant, params } = call;
        const { id } = await existingRecording(deps, params.recording);
        if (days === 0) {
          throw new ConflictError('no_trash', 'The configuration keeps no trash; delete the recording at once.');
        }
        const view = await deps.recordings.trash(id, personOf(grant));
        await note(deps, call, 'trash', view);
        ctx.body = shown(grant, view);
      },
    }),
    route({
      ...base,
      method: 'get',
      path: '/api/trash',
      summary: 'List the recordings in the trash, put in last first',
      query: trashQuery,
      responses: { 200: { description: 'A page; `next` is the `cursor` of the one after it.', schema: trashList } },
      async handle({ ctx, grant, query: { limit, cursor } }) {
        const page = await deps.recordings.listTrash({ limit, ...(cursor !== undefined && { cursor }) });
        ctx.body = { ...page, items: page.items.map((view) => shown(grant, view)), days };
      },
    }),
    route({
      ...base,
      method: 'get',
      path: '/api/trash/:recording',
      summary: 'Get a recording that is in the trash',
      params: recordingParams,
      responses: { 200: { description: 'It is in the trash.', schema: trashedRecordingSchema } },
      async handle({ ctx, grant, params }) {
        ctx.body = shown(grant, await trashedRecording(deps, params.recording));
      },
    }),
    route({
      ...base,
      method: 'post',
      path: '/api/trash/:recording/restore',
      summary: 'Take a recording out of the trash, with its share links and renders',
      params: recordingParams,
      responses: { 200: { description: 'The recording.', schema: recordingSchema } },
      async handle(call) {
        const { ctx, grant, params } = call;
        const restored = await deps.recordings.restore(params.recording, personOf(grant));
        await note(deps, call, 'restore', restored);
        ctx.body = shownRecording(grant, restored);
      },
    }),
    route({
      ...base,
      method: 'delete',
      path: '/api/trash/:recording',
      summary: 'Delete a recording for good, if it is in the trash',
      params: recordingParams,
      responses: { 204: { description: 'Deleted.' } },
      async handle(call) {
        const { ctx, grant, params } = call;
        const view = await trashedRecording(deps, params.recording);
        await deps.recordings.removeTrashed(params.recording, personOf(grant));
        await note(deps, call, 'delete', view);
        deps.log.info('A recording was deleted', { recording: params.recording });
        ctx.status = 204;
      },
    }),
  ];
}

async function trashedRecording(deps: ApiDeps, id: string): Promise<TrashView> {
  const view = await deps.recordings.findTrashed(id);
  if (view) return view;
  throw new NotFoundError('not_in_trash', 'There is no such recording in the trash; see its list.');
}

async function note(
  deps: ApiDeps,
  { ctx, grant }: Pick<RouteCall<unknown, unknown, unknown>, 'ctx' | 'grant'>,
  action: 'trash' | 'restore' | 'delete',
  { id: recording, room, title }: Pick<TrashView, 'id' | 'room' | 'title'>,
): Promise<void> {
  const entry = { who: whoIs(grant), action, recording, room, detail: { title } } as const;
  await deps.audit.note({ ...askerOf(ctx, deps.addresses), ...entry });
}
