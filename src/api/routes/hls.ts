/** The live program for viewers: what the HLS origin answers, over HTTP. */
import { createHash } from 'node:crypto';
import { constants, Http2ServerResponse } from 'node:http2';
import type { RouterContext } from '@koa/router';
import { NotFoundError } from '../../errors.ts';
import type { Clock } from '../../util/clock.ts';
import { Turnstile } from '../../util/turnstile.ts';
import { decideRange } from '../byte-range.ts';
import type { ApiDeps } from '../deps.ts';
import { goneSignal } from '../gone-signal.ts';
import type { HlsResult } from '../metrics.ts';
import type { HlsAnswer } from '../ports.ts';
import { preflightRoute } from '../preflight-route.ts';
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
const NEVER = new Date(0);
/** Answers in one turn of the event loop: some 2 ms of work, and twice that with TLS. */
const ANSWERS_A_TURN = 16;
/** So much every connection takes at once, or nothing at all. */
const AT_ONCE_BYTES = 64 * 1024;
/** For an answer to be taken, once it is there: a segment of 2 s at 2.5 Mbit/s then comes at 43 kbit/s. */
const MOST_MS = 120_000;

/** `/hls/:room/*`. */
export function hlsRoutes(deps: ApiDeps): Route[] {
  const door = new ViewerDoor(deps);
  const turnstile = new Turnstile(ANSWERS_A_TURN);
  return [
    route({
      method: 'get',
      path: PATH,
      summary:
        'Get playlists (starting with `index.m3u8`), initialisation sections, parts and segments; `poster.jpg`, a picture',
      tag: 'hls',
      access: 'special',
      accessNote:
        'everybody; in a private room, `index.m3u8` and `poster.jpg` require any token of the room, and the index leads to the rest',
      params: hlsParams,
      query: hlsQuery,
      responses: {
        200: { description: 'A playlist or media.', contentType: 'application/octet-stream' },
        206: { description: 'A range of a segment.', contentType: 'video/mp4' },
        304: { description: 'The client’s copy is current.' },
        400: { description: 'Delivery directives that cannot be met; the answer says why in words.' },
        503: { description: 'It did not become available in time, or too many requests are waiting; try again soon.' },
      },
      async handle({ ctx, grant, params: { room, path }, query: { token } }) {
        const visitor = (): string => visitorOf(ctx, deps.addresses.of(ctx.req));
        const visit = await door.enter({ room, path, grant, token, visitor, headers: ctx.req.headers });
        if (!isPlain(visit.path)) throw new NotFoundError('no_such_media', 'Start with the playlist index.m3u8.');
        const asked = new URLSearchParams(ctx.querystring);
        asked.delete('token');
        const gone = goneSignal(ctx.res);
        const answer = await visit.leave(await deps.hls.get(room, visit.path, asked, gone));
        // A new part answers everybody who waits for it.
        await turnstile.pass();
        deps.metrics.countHls(RESULTS[answer.status]);
        respond(ctx, answer, deps);
        limitTime(ctx, deps.clock, gone);
      },
    }),
    preflightRoute({
      path: PATH,
      summary: 'Tell browsers that any site may play this',
      tag: 'hls',
      params: hlsParams,
      description: 'Access for all origins.',
      methods: 'GET, HEAD, OPTIONS',
      headers: 'Authorization, Range',
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
  if (answer.etag !== undefined) {
    ctx.set('ETag', answer.etag);
    if (ctx.fresh) {
      ctx.status = 304;
      return;
    }
  }
  const bytes = bytesOf(ctx, answer);
  ctx.body = bytes;
  if (ctx.method === 'GET') deps.metrics.bytesOut.inc(bytes.byteLength);
}

/** Whoever takes minutes for some seconds of media cannot be watching, and keeps them in memory. */
function limitTime({ res, length }: RouterContext, clock: Clock, gone: AbortSignal): void {
  if (length <= AT_ONCE_BYTES || gone.aborted) return;
  const stop = clock.after(MOST_MS, () => {
    if (res instanceof Http2ServerResponse) res.stream.close(constants.NGHTTP2_CANCEL);
    else res.destroy();
  });
  gone.addEventListener('abort', stop, { once: true });
}

/** In the form and the range that was asked for. */
function bytesOf(ctx: RouterContext, answer: HlsAnswer): Buffer {
  let { body } = answer;
  if (answer.gzip) {
    ctx.vary('Accept-Encoding');
    if (ctx.acceptsEncodings('gzip', 'identity') === 'gzip') {
      ctx.set('Content-Encoding', 'gzip');
      body = answer.gzip;
    }
  }
  const bytes =
    typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const isMedia = answer.status === 200 && !answer.gzip && answer.etag === undefined;
  return isMedia ? rangeOf(ctx, bytes) : bytes;
}

/** Players of key frames alone ask for the beginnings of segments. */
function rangeOf(ctx: RouterContext, bytes: Buffer): Buffer {
  ctx.set('Accept-Ranges', 'bytes');
  const { range } = ctx.req.headers;
  if (range === undefined) return bytes;
  const size = bytes.byteLength;
  // Media never change: their address is all that identifies them.
  const decision = decideRange(ctx.method, { range }, { etag: '""', modifiedAt: NEVER, size });
  if (decision.kind === 'unsatisfiable') {
    ctx.status = 416;
    ctx.set('Content-Range', `bytes */${size}`);
    return Buffer.alloc(0);
  }
  if (decision.kind !== 'partial') return bytes;
  const { start, end } = decision;
  ctx.status = 206;
  ctx.set('Content-Range', `bytes ${start}-${end}/${size}`);
  return bytes.subarray(start, end + 1);
}

/** The same for one person who loads the page again, without keeping where they are. */
function visitorOf(ctx: RouterContext, address: string | undefined): string {
  const { 'user-agent': agent = '' } = ctx.req.headers;
  const text = JSON.stringify([address, agent]);
  return `v-${createHash('sha256').update(text).digest('base64url').slice(0, 16)}`;
}
