/** One line per request, without its query, viewers' passes and links to recordings: that is where tokens travel. */
import type { ServerResponse } from 'node:http';
import { Http2ServerResponse, constants } from 'node:http2';
import type { Middleware } from 'koa';
import type { Logger } from '../logger.ts';
import type { ClientAddresses } from '../util/client-address.ts';
import type { Clock } from '../util/clock.ts';

const MAX_PATH_LENGTH = 200;
/** `~PASS`, however it is written. */
const PASS = /(?:~|%7e)[^/]*/gi;
/** The token of a link, in the address of its page and below. */
const SHARE = /^((?:\/api)?\/shared\/)[^/]+/;

/** Logs when the answer is out or the peer is gone; reads that went well only at level debug. */
export function requestLog(log: Logger, clock: Clock, addresses: ClientAddresses): Middleware {
  return async (ctx, next) => {
    const startedMs = clock.monotonicMs();
    const { method, path } = ctx;
    const address = addresses.of(ctx.req);
    ctx.res.once('close', () => {
      const status = ctx.res.statusCode;
      const fields = {
        method,
        path: path.replace(PASS, '~…').replace(SHARE, '$1…').slice(0, MAX_PATH_LENGTH),
        status,
        ms: Math.round(clock.monotonicMs() - startedMs),
        complete: isComplete(ctx.res),
        address,
      };
      const quiet = (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') && status < 500;
      if (quiet) log.debug('request', fields);
      else log.info('request', fields);
    });
    await next();
  };
}

/** A stream of HTTP/2 that was cancelled calls itself finished too; only its code tells. */
function isComplete(response: ServerResponse | Http2ServerResponse): boolean {
  if (!(response instanceof Http2ServerResponse)) return response.writableFinished;
  return response.writableFinished && response.stream.rstCode === constants.NGHTTP2_NO_ERROR;
}
