/** Files of finished recordings. */
import { askerOf, whoIs } from '../audit-log.ts';
import { answerLink } from '../answer-link.ts';
import type { ApiDeps } from '../deps.ts';
import { attachmentNamed } from '../download-name.ts';
import { harmlessType } from '../harmless-types.ts';
import { admitOwner, linkOwner, OWNERS, requireOwner } from '../own-recordings.ts';
import { type Route, type RouteCall, route } from '../route.ts';
import { downloadQuery, fileParams, linkBody, linkSchema, recordingParams } from '../schemas.ts';
import { sendSource } from '../send-file.ts';
import { existingRecording } from './recordings.ts';

/** The file that `/download` gives. */
const MAIN_FILE = 'recording.mp4';
/** Made while it is downloaded; no archive has a file of this name. */
const BUNDLE = 'bundle.zip';
/** What a page shows beside a film: to look at it is no download. */
const SHOWN = /^(?:poster\.jpg|sprite[\w-]*\.(?:jpg|vtt)|waveform\.json)$/;
const ACCESS_NOTE = `${OWNERS}; or a \`ticket\` for this file in the query`;
const RESPONSES = {
  200: { description: 'The whole file.', contentType: 'application/octet-stream' },
  206: { description: 'The requested range.', contentType: 'application/octet-stream' },
  304: { description: 'The client’s copy is current.' },
};

/** `/download`, `/files/:name` and `/link` of a recording. */
export function downloadRoutes(deps: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/recordings/:recording/download',
      summary: 'Download the MP4',
      tag: 'recordings',
      access: 'special',
      accessNote: ACCESS_NOTE,
      params: recordingParams,
      query: downloadQuery,
      responses: RESPONSES,
      handle: (call) => download(deps, call, call.params.recording, MAIN_FILE, call.query.ticket),
    }),
    route({
      method: 'get',
      path: '/api/recordings/:recording/files/:name',
      summary: 'Download another file of the archive',
      tag: 'recordings',
      access: 'special',
      accessNote: ACCESS_NOTE,
      params: fileParams,
      query: downloadQuery,
      responses: RESPONSES,
      handle: (call) => download(deps, call, call.params.recording, call.params.name, call.query.ticket),
    }),
    route({
      method: 'post',
      path: '/api/recordings/:recording/link',
      summary:
        'Make a link that downloads one file, or `bundle.zip`, without a header, valid for a minute or as long as requested',
      tag: 'recordings',
      access: 'special',
      accessNote: OWNERS,
      admit: admitOwner(deps),
      params: recordingParams,
      body: linkBody,
      responses: { 201: { description: 'The link.', schema: linkSchema } },
      async handle({ ctx, grant, params, body }) {
        const name = body.name ?? MAIN_FILE;
        const { room } = await existingRecording(deps, params.recording);
        // Whoever clicks on the link should not be the one to learn that there is no such file.
        await deps.recordings.file(params.recording, name === BUNDLE ? MAIN_FILE : name);
        const holder = await linkOwner(deps, grant, room);
        const { ticket, expiresAt } = await deps.tokens.issueTicket(params.recording, name, body.ttl, holder);
        const path = `/api/recordings/${params.recording}/${addressOf(name)}`;
        answerLink(ctx, deps, `${path}?ticket=${ticket}`, expiresAt);
      },
    }),
  ];
}

function addressOf(name: string): string {
  if (name === BUNDLE) return BUNDLE;
  return name === MAIN_FILE ? 'download' : `files/${encodeURIComponent(name)}`;
}

async function download(
  deps: ApiDeps,
  { ctx, grant }: RouteCall<unknown, unknown, unknown>,
  recording: string,
  name: string,
  ticket: string | undefined,
): Promise<void> {
  if (ticket !== undefined && !grant) await deps.tokens.verifyTicket(ticket, recording, name);
  else await requireOwner(deps, grant, recording);
  const file = await deps.recordings.file(recording, name);
  ctx.set('Content-Disposition', attachmentNamed(file.downloadName));
  ctx.set('Content-Security-Policy', "default-src 'none'; sandbox");
  const contentType = harmlessType(file.contentType);
  await sendSource(ctx, { source: file, contentType, cacheControl: 'private, no-cache' });
  const entry = { who: whoIs(grant), action: 'download', recording, detail: { file: name } } as const;
  const noted = ctx.method === 'GET' && ctx.status !== 304 && !SHOWN.test(name);
  if (noted) await deps.audit.noteOnce({ ...askerOf(ctx, deps.addresses), ...entry });
  deps.log.info('A recording is downloaded', { recording, file: name, status: ctx.status });
}
