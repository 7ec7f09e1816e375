/** Pages of other sites that may use the API: those whose origins the operator names. */
import type { Middleware } from 'koa';

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
/** What programs send beside what every page may: tokens, who they are, JSON, parts of files, uploads that go on (tus), events. */
const REQUEST_HEADERS = [
  'Authorization',
  'Gridcast-Identity',
  'Content-Type',
  'Range',
  'If-Range',
  'If-Match',
  'If-None-Match',
  'If-Modified-Since',
  'If-Unmodified-Since',
  'Tus-Resumable',
  'Upload-Length',
  'Upload-Offset',
  'Upload-Metadata',
  'Upload-Defer-Length',
  'Upload-Concat',
  'Upload-Checksum',
  'X-HTTP-Method-Override',
  'X-Requested-With',
  'Last-Event-ID',
].join(', ');
/** What they may read of an answer beside what every page may. */
const ANSWER_HEADERS = [
  'Accept-Ranges',
  'Content-Disposition',
  'Content-Range',
  'Date',
  'ETag',
  'Location',
  'Retry-After',
  'Tus-Resumable',
  'Tus-Version',
  'Tus-Extension',
  'Tus-Max-Size',
  'Upload-Offset',
  'Upload-Length',
  'Upload-Expires',
  'Upload-Metadata',
].join(', ');
/** How long a browser may remember the answer to a preflight: an origin that is taken off the list is out after it. */
const MAX_AGE_SECONDS = '600';

/**
 * Lets browsers hand answers of the API to pages of `origins`. They carry nothing of the visitor by themselves: there are no
 * cookies, and a token has to be sent by the page.
 */
export function allowedOrigins(origins: readonly string[]): Middleware {
  const known = new Set(origins);
  return (ctx, next) => {
    if (known.size === 0 || !ctx.path.startsWith('/api/')) return next();
    // Also for those who are not let in: a cache must not give one site's answer to another.
    ctx.vary('Origin');
    // Nor the policy of a picture that names no Origin (resource-policy.ts).
    ctx.vary('Referer');
    const { origin } = ctx.req.headers;
    if (origin === undefined || !known.has(origin)) return next();
    ctx.set('Access-Control-Allow-Origin', origin);
    ctx.set('Access-Control-Expose-Headers', ANSWER_HEADERS);
    if (ctx.method !== 'OPTIONS' || ctx.req.headers['access-control-request-method'] === undefined) return next();
    ctx.set('Access-Control-Allow-Methods', METHODS);
    ctx.set('Access-Control-Allow-Headers', REQUEST_HEADERS);
    ctx.set('Access-Control-Max-Age', MAX_AGE_SECONDS);
    ctx.status = 204;
    return undefined;
  };
}
