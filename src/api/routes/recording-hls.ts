/** Recordings as HLS, from their first seconds until the MP4 takes over. */
import type { RouterContext } from '@koa/router';
import { answerLink } from '../answer-link.ts';
import type { ApiDeps } from '../deps.ts';
import { admitOwner, linkOwner, OWNERS } from '../own-recordings.ts';
import { admittedToHls, HLS_TICKET } from '../recording-ticket.ts';
import { type Route, route } from '../route.ts';
import { linkSchema, recordingHlsParams, recordingParams } from '../schemas.ts';
import { existingRecording } from './recordings.ts';

/** Seconds: players go on with the same link for all of a recording. */
const LINK_TTL_SECONDS = 6 * 3600;

/** `/api/recordings/:recording/hls/*` and the link to it. */
export function recordingHlsRoutes(deps: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/recordings/:recording/hls/*path',
      summary: 'Play a recording while it runs, and until its MP4 is ready: `index.m3u8`, and what it refers to',
      tag: 'recordings',
      access: 'special',
      accessNote: `${OWNERS}; or whoever has a link from \`hls-link\`, which has a ticket in its path`,
      params: recordingHlsParams,
      responses: {
        200: { description: 'A playlist, or media.', contentType: 'application/octet-stream' },
        302: { description: 'The archive has it, below `vod`.' },
        410: { description: 'The media of its session are gone; once it is archived, use the MP4.' },
      },
      async handle(call) {
        const { ctx, params } = call;
        const { file, ticket } = await admittedToHls(deps, call, params.recording, params.path);
        const found = await deps.recordingHls.get(params.recording, file);
        if ('archived' in found) {
          moveToArchive(ctx, params.path, ticket, found.archived);
          return;
        }
        const { contentType, immutable, body, bytes } = found;
        ctx.set('Content-Type', contentType);
        ctx.set('Cache-Control', immutable ? 'private, max-age=3600, immutable' : 'private, no-cache');
        // Koa destroys a stream when the answer is out, or nobody waits for it any more.
        ctx.body = typeof body === 'string' ? Buffer.from(body) : body;
        ctx.length = bytes;
      },
    }),
    route({
      method: 'post',
      path: '/api/recordings/:recording/hls-link',
      summary: 'Make a link that plays a recording without a header, valid for six hours',
      tag: 'recordings',
      access: 'special',
      accessNote: OWNERS,
      admit: admitOwner(deps),
      params: recordingParams,
      responses: { 201: { description: 'The link.', schema: linkSchema } },
      async handle({ ctx, grant, params: { recording } }) {
        const { room } = await existingRecording(deps, recording);
        const holder = await linkOwner(deps, grant, room);
        const { ticket, expiresAt } = await deps.tokens.issueTicket(recording, HLS_TICKET, LINK_TTL_SECONDS, holder);
        answerLink(ctx, deps, `/api/recordings/${recording}/hls/~${ticket}/${HLS_TICKET}`, expiresAt);
      },
    }),
  ];
}

/** Relative, for a proxy may have put everything below another path. */
function moveToArchive(ctx: RouterContext, path: string, ticket: string | undefined, file: string): void {
  const up = '../'.repeat(path.split('/').length);
  ctx.status = 302;
  ctx.set('Location', `${up}vod/${ticket === undefined ? '' : `~${ticket}/`}${file}`);
  ctx.set('Cache-Control', 'no-store');
  ctx.body = '';
}
