/** Headers that keep pages to themselves, and those that let HLS players and embedding pages in. */
import helmet from 'koa-helmet';
import type { Context, Middleware } from 'koa';

const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    'default-src': ["'self'"],
    // Caption tracks of a live stream begin as an empty one.
    'media-src': ["'self'", 'blob:', 'data:'],
    'worker-src': ["'self'", 'blob:'],
    'connect-src': ["'self'", 'ws:', 'wss:'],
    'img-src': ["'self'", 'data:', 'blob:'],
    'object-src': ["'none'"],
    'frame-ancestors': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
  },
};
const PERMISSIONS_POLICY =
  'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()';

/** For every answer. Strict-Transport-Security only when the server is reached by https (RFC 6797 section 7.2). */
export function securityHeaders(https: boolean): Middleware {
  const secure = helmet({
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
  });
  return (ctx, next) =>
    secure(ctx, async () => {
      ctx.set('Permissions-Policy', PERMISSIONS_POLICY);
      openToOthers(ctx);
      await next();
    });
}

// Of the API, what a player on another site needs: the clock, the count of those who watch, and the chat.
const PLAYERS = /^\/api\/(?:time|rooms\/[^/]+\/(?:viewers|chat(?:\/[^/]+(?:\/delete)?)?))$/;

// Viewers may play, and pages embed, from any site: neither carries anything of the visitor. The rest of the API answers no
// preflight, so that a browser keeps other sites away from it.
function openToOthers(ctx: Context): void {
  const hls = ctx.path.startsWith('/hls/');
  if (!hls && !/^\/(?:assets|embed)\//.test(ctx.path) && !PLAYERS.test(ctx.path)) return;
  ctx.set('Access-Control-Allow-Origin', '*');
  ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
  if (!hls) return;
  ctx.set('Access-Control-Expose-Headers', 'Age, Date, Content-Length');
  ctx.set('Timing-Allow-Origin', '*');
}
