/** Which page a request comes from, and under which address the asker reaches this server. */
import type { Context } from 'koa';
import { BadRequestError, ForbiddenError } from '../errors.ts';
import { isLoopback } from '../util/client-address.ts';

const LOOPBACK_NAME = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const FORWARDING_HEADERS = ['forwarded', 'x-forwarded-for', 'x-real-ip'];

/**
 * Whether the asker is a program on this machine that asks for it by a local name. A reverse proxy on this machine is no such
 * asker, nor is a page of another site that had its own name resolved to 127.0.0.1.
 */
export function isLocal(ctx: Context): boolean {
  if (!isLoopback(ctx.req.socket.remoteAddress)) return false;
  if (FORWARDING_HEADERS.some((name) => ctx.req.headers[name] !== undefined)) return false;
  return LOOPBACK_NAME.test(hostOf(ctx)?.hostname ?? '');
}

/** Start of absolute links, without a slash at its end. @throws BadRequestError `bad_host`. */
export function baseUrl(ctx: Context, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  const url = hostOf(ctx);
  if (!url) throw new BadRequestError('bad_host', 'The Host header names no host; send the one you connected to.');
  return url.origin;
}

/**
 * For what is allowed without a token: a page of another site must not do it with its visitor's browser.
 * @throws ForbiddenError `cross_site`.
 */
export function refuseOtherSites(ctx: Context, publicUrl: string | undefined): void {
  const { origin } = ctx.req.headers;
  if (origin === undefined) return;
  const own = [hostOf(ctx)?.origin, publicUrl === undefined ? undefined : new URL(publicUrl).origin];
  if (own.includes(origin)) return;
  throw new ForbiddenError(
    'Another site may not do this; open the page of this server, or send a token.',
    'cross_site',
  );
}

function hostOf(ctx: Context): URL | undefined {
  // Requests of HTTP/2 name it in ":authority"; in those of HTTP/1.1 no header can be called so.
  const host = ctx.req.headers[':authority'] ?? ctx.req.headers.host;
  if (typeof host !== 'string' || !/^[A-Za-z0-9.:[\]_-]+$/.test(host)) return undefined;
  const url = URL.parse(`${ctx.protocol}://${host}`);
  return url ?? undefined;
}
