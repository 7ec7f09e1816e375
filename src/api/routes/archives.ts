/** What archives hold. */
import type { ApiDeps } from '../deps.ts';
import { admitOwner, OWNERS } from '../own-recordings.ts';
import { type Route, route } from '../route.ts';
import { archiveFileList, recordingParams } from '../schemas.ts';

/** `GET /api/recordings/:recording/files`. */
export function archiveRoutes(deps: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/recordings/:recording/files',
      summary: 'List the files of a finished archive',
      tag: 'recordings',
      access: 'special',
      accessNote: OWNERS,
      admit: admitOwner(deps),
      params: recordingParams,
      responses: { 200: { description: 'All files with their sizes and hashes.', schema: archiveFileList } },
      async handle({ ctx, params }) {
        ctx.body = { items: await deps.archives.files(params.recording) };
      },
    }),
  ];
}
