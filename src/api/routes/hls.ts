/** The live program for viewers: what the HLS origin answers, over HTTP. */
import type { RouterContext } from '@koa/router';
import { NotFoundError } from '../../errors.ts';
import type { ApiDeps } from '../deps.ts';
import type { HlsResult } from '../metrics.ts';
import type { HlsAnswer } from '../ports.ts';
import { type Route, route } from '../route.ts';
import { hlsParams, hlsQuery } from '../schemas.ts';
import { ViewerDoor } from '../viewer-door.ts';

const RESULTS: Readonly<Record<HlsAnswer['status'], HlsResult>> = {
  200: 'ok',
  400: 'bad_request',
  404: 'not_found',
  503: 'unavailable',
};
const PATH = '/hls/:room/*path';

/** `/hls/:room/*`. */
export function hlsRoutes(deps: ApiDeps): Route[] {
  const door = new ViewerDoor(deps);
  return [
    route({
      method: 'get',
      path: PATH,
      summary: 'Playlists (start with `index.m3u8`), initialisation sections, parts and segments',
      tag: 'hls',
      access: 'special',
      accessNote: 'everybody; of a private room any token of it opens `index.m3u8`, and what that lists the rest',
      params: hlsParams,
      query: hlsQuery,
      responses: {
        200: { description: 'A playlist or media.', contentType: 'application/octet-stream' },
        503: { description: 'Not yet, or too many; ask again soon.' },
      },
      async handle({ ctx, grant, params: { room, path }, query: { token } }) {
        const visit = await door.enter({ room, path, grant, token });
        if (!isPlain(visit.path)) throw new NotFoundError('no_such_media', 'Start with the playlist index.m3u8.');
        const asked = new URLSearchParams(ctx.querystring);
        asked.delete('token');
        const answer = visit.leave(await deps.hls.get(room, visit.path, asked));
        deps.metrics.countHls(RESULTS[answer.status]);
        respond(ctx, answer, deps);
      },
    }),
    route({
      method: 'options',
      path: PATH,
      summary: 'Tells browsers that any site may play',
      tag: 'hls',
      access: 'public',
      params: hlsParams,
      responses: { 204: { description: 'Any site may.' } },
      handle({ ctx }) {
        ctx.set('Access-Control-Allow-Methods', 'GET, HEAD, OPTIONS');
        ctx.set('Access-Control-Allow-Headers', 'Authorization, Range');
        ctx.set('Access-Control-Max-Age', '86400');
        ctx.status = 204;
      },
    }),
  ];
}

/** Names of media are our own: anything else is not worth passing on. */
function isPlain(path: string): boolean {
  return /^[A-Za-z0-9._/-]+$/.test(path) && !path.split('/').some((part) => part === '' || part.startsWith('.'));
}

function respond(ctx: RouterContext, answer: HlsAnswer, deps: ApiDeps): void {
  ctx.status = answer.status;
  ctx.set('Content-Type', answer.contentType);
  ctx.set('Cache-Control', answer.cacheControl);
  if (answer.status === 503) ctx.set('Retry-After', '1');
  let body = answer.body;
  if (answer.gzip) {
    ctx.vary('Accept-Encoding');
    if (ctx.acceptsEncodings('gzip', 'identity') === 'gzip') {
      ctx.set('Content-Encoding', 'gzip');
      body = answer.gzip;
    }
  }
  const bytes =
    typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  ctx.body = bytes;
  if (ctx.method === 'GET') deps.metrics.bytesOut.inc(bytes.byteLength);
}
