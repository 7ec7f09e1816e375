/** Headers that keep pages to themselves, and those that let HLS players and embedding pages in. */
import helmet from 'koa-helmet';
import type { Context, Middleware } from 'koa';
import { isOpenToAll, isShownInFrames, resourcePolicy } from './resource-policy.ts';

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

/**
 * For every answer. Strict-Transport-Security only when the server is reached by https (RFC 6797 section 7.2).
 * @param origins whose pages may show what is private
 */
export function securityHeaders(https: boolean, origins: readonly string[]): Middleware {
  const allowed = new Set(origins);
  const common = {
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' as const },
    crossOriginOpenerPolicy: { policy: 'same-origin' as const },
  };
  const secure = helmet(common);
  const { directives } = CONTENT_SECURITY_POLICY;
  const framed = helmet({
    ...common,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { ...directives, 'frame-ancestors': ["'self'", ...origins] },
    },
    // It knows no origins, and would keep them out where a browser does not know frame-ancestors.
    frameguard: origins.length === 0,
  });
  return (ctx, next) =>
    (isShownInFrames(ctx.path) ? framed : secure)(ctx, async () => {
      ctx.set('Permissions-Policy', PERMISSIONS_POLICY);
      const { origin, referer } = ctx.req.headers;
      ctx.set('Cross-Origin-Resource-Policy', resourcePolicy({ path: ctx.path, origin, referer }, allowed));
      openToOthers(ctx);
      await next();
    });
}

// Viewers may play, and pages embed, from any site: neither carries anything of the visitor. The rest of the API answers no
// preflight, so that a browser keeps other sites away from it.
function openToOthers(ctx: Context): void {
  if (!isOpenToAll(ctx.path)) return;
  ctx.set('Access-Control-Allow-Origin', '*');
  // How long a chat in slow mode takes nothing.
  if (ctx.path.startsWith('/api/')) ctx.set('Access-Control-Expose-Headers', 'Retry-After');
  if (!ctx.path.startsWith('/hls/')) return;
  ctx.set('Access-Control-Expose-Headers', 'Age, Date, Content-Length');
  ctx.set('Timing-Allow-Origin', '*');
}
