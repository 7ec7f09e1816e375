/** A finished recording with all of its files, as one download. */
import { askerOf, whoIs } from '../audit-log.ts';
import type { ApiDeps } from '../deps.ts';
import { attachmentNamed } from '../download-name.ts';
import { OWNERS, requireOwner } from '../own-recordings.ts';
import { type Route, route } from '../route.ts';
import { downloadQuery, recordingParams } from '../schemas.ts';

/** What a ticket for it names. */
const BUNDLE = 'bundle.zip';

/** `GET /api/recordings/:recording/bundle.zip`. */
export function bundleRoutes(deps: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/recordings/:recording/bundle.zip',
      summary: 'Download all files of the archive as one ZIP, made while it is sent',
      tag: 'recordings',
      access: 'special',
      accessNote: `${OWNERS}; or a \`ticket\` for \`bundle.zip\` in the query`,
      params: recordingParams,
      query: downloadQuery,
      responses: { 200: { description: 'The ZIP; it cannot be resumed.', contentType: 'application/zip' } },
      async handle({ ctx, grant, params: { recording }, query: { ticket } }) {
        if (ticket !== undefined && !grant) await deps.tokens.verifyTicket(ticket, recording, BUNDLE);
        else await requireOwner(deps, grant, recording);
        const bundle = await deps.bundles.find(recording);
        ctx.set('Content-Disposition', attachmentNamed(bundle.downloadName));
        ctx.set('Content-Security-Policy', "default-src 'none'; sandbox");
        ctx.set('Cache-Control', 'private, no-store');
        ctx.set('Accept-Ranges', 'none');
        ctx.set('Content-Type', 'application/zip');
        ctx.status = 200;
        deps.log.info('A recording is downloaded', { recording, file: BUNDLE, status: ctx.status });
        if (ctx.method === 'HEAD') return;
        const { size, stream } = await bundle.start();
        ctx.length = size;
        // It is destroyed with the response, and with it the file that is being read.
        ctx.body = stream;
        ctx.set('Content-Type', 'application/zip');
        const entry = { who: whoIs(grant), action: 'download', recording, detail: { file: BUNDLE } } as const;
        await deps.audit.noteOnce({ ...askerOf(ctx, deps.addresses), ...entry });
      },
    }),
  ];
}
