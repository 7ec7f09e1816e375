/** Recordings as HLS, from their first seconds until the MP4 takes over. */
import type { RouterContext } from '@koa/router';
import { NotFoundError } from '../../errors.ts';
import type { ApiDeps } from '../deps.ts';
import { requireAdmin } from '../grant.ts';
import { baseUrl } from '../origin.ts';
import { type Route, type RouteCall, route } from '../route.ts';
import { linkSchema, recordingHlsParams, recordingParams } from '../schemas.ts';
import { existingRecording } from './recordings.ts';

const PLAYLIST = 'index.m3u8';
/** Seconds: players go on with the same link for all of a recording. */
const LINK_TTL_SECONDS = 6 * 3600;

/** `/api/recordings/:recording/hls/*` and the link to it. */
export function recordingHlsRoutes(deps: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/recordings/:recording/hls/*path',
      summary: 'Play a recording while it runs, and until its MP4 is there: `index.m3u8`, and what it names',
      tag: 'recordings',
      access: 'special',
      accessNote: 'admin, or whoever has a link of `hls-link`, which carries a ticket in its path',
      params: recordingHlsParams,
      responses: {
        200: { description: 'A playlist, or media.', contentType: 'application/octet-stream' },
        410: { description: 'The media of its session are gone; once it is archived, take the MP4.' },
      },
      async handle(call) {
        const { ctx, params } = call;
        const file = await admitted(deps, call, params.recording, params.path);
        const { contentType, immutable, body } = await deps.recordingHls.get(params.recording, file);
        ctx.set('Content-Type', contentType);
        ctx.set('Cache-Control', immutable ? 'private, max-age=3600, immutable' : 'private, no-cache');
        ctx.body =
          typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
      },
    }),
    route({
      method: 'post',
      path: '/api/recordings/:recording/hls-link',
      summary: 'Make a link that plays a recording without a header, for six hours',
      tag: 'recordings',
      access: 'admin',
      params: recordingParams,
      responses: { 201: { description: 'The link.', schema: linkSchema } },
      async handle({ ctx, params: { recording } }) {
        await existingRecording(deps, recording);
        const { ticket, expiresAt } = await deps.tokens.issueTicket(recording, PLAYLIST, LINK_TTL_SECONDS);
        ctx.status = 201;
        const base = baseUrl(ctx, deps.options.publicUrl);
        const url = `${base}/api/recordings/${recording}/hls/~${ticket}/${PLAYLIST}`;
        ctx.body = { url, expires: expiresAt.toISOString() };
      },
    }),
  ];
}

/** What follows a ticket, if there is one: addresses in a playlist are relative to its own, so they carry it on. */
async function admitted(
  deps: ApiDeps,
  { grant }: Pick<RouteCall<unknown, unknown, unknown>, 'grant'> & { readonly ctx: RouterContext },
  recording: string,
  path: string,
): Promise<string> {
  const [, ticket, file = path] = /^~([^/]+)\/(.*)$/.exec(path) ?? [];
  if (ticket === undefined || grant) requireAdmin(grant);
  else await deps.tokens.verifyTicket(ticket, recording, PLAYLIST);
  if (/^[a-z0-9.-]+$/.test(file)) return file;
  throw new NotFoundError('no_such_media', 'The recording has no such media; start with its playlist index.m3u8.');
}
