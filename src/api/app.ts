/**
 * The HTTP side of the server. Middleware, outermost first:
 *
 * 1. request log: a line per request, never with a query or a token
 * 2. large answers in pieces, where each line would hold a copy of the whole
 * 3. security headers, CORS for viewers and for the sites that the operator names: on errors too
 * 4. problems: whatever is thrown below becomes an RFC 9457 body
 * 5. well-formed URL: no malformed percent-encoding, no NUL
 * 6. routes, those of viewers first: token, role, path, query and body (64 KB of JSON, 2 MB of picture) in this order, then the handler
 * 7. static pages, and one for people whose link leads nowhere
 * 8. what is left: 405 with Allow, or 404
 */
import { Router } from '@koa/router';
import Koa, { type Context, type Middleware } from 'koa';
import { AppError, BadRequestError, messageOf, NotFoundError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { allowedOrigins } from './allowed-origins.ts';
import type { ApiDeps } from './deps.ts';
import { openApiDocument } from './openapi.ts';
import { problems } from './problem.ts';
import { requestLog } from './request-log.ts';
import type { Route } from './route.ts';
import { archiveRoutes } from './routes/archives.ts';
import { bundleRoutes } from './routes/bundle.ts';
import { auditRoutes } from './routes/audit.ts';
import { eventRoutes } from './routes/events.ts';
import { callRoutes } from './routes/calls.ts';
import { downloadRoutes } from './routes/downloads.ts';
import { clipRoutes } from './routes/clips.ts';
import { healthRoutes } from './routes/health.ts';
import { hlsRoutes } from './routes/hls.ts';
import { imageRoutes } from './routes/images.ts';
import { inviteRoutes } from './routes/invites.ts';
import { layoutRoutes } from './routes/layout.ts';
import { markerRoutes } from './routes/markers.ts';
import { chatExportRoutes } from './routes/chat-export.ts';
import { fileRoutes } from './routes/files.ts';
import { chatRoutes } from './routes/chat.ts';
import { doorRoutes } from './routes/door.ts';
import { moderationRoutes } from './routes/moderation.ts';
import { noteRoutes } from './routes/notes.ts';
import { participantRoutes } from './routes/participants.ts';
import { recordingHlsRoutes } from './routes/recording-hls.ts';
import { recordingVodRoutes } from './routes/recording-vod.ts';
import { recordingRoutes } from './routes/recordings.ts';
import { renderRoutes } from './routes/renders.ts';
import { roomTokenRoutes } from './routes/room-tokens.ts';
import { roomRoutes } from './routes/rooms.ts';
import { sessionRoutes } from './routes/session.ts';
import { shareRoutes } from './routes/shares.ts';
import { settingsRoutes } from './routes/settings.ts';
import { trashRoutes } from './routes/trash.ts';
import { userRoutes } from './routes/users.ts';
import { timeRoutes } from './routes/time.ts';
import { viewerRoutes } from './routes/viewers.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { securityHeaders } from './security-headers.ts';
import { slicedBodies } from './sliced-body.ts';
import { isStaticPath, missingPage, staticPages } from './static-pages.ts';

/** The Koa application; `app.callback()` is the request listener of an HTTP server, which the caller owns. */
export function createApp(deps: ApiDeps): Koa {
  const { log, clock, options, addresses } = deps;
  const app = new Koa();
  const routes = createRoutes(deps);
  // A router tries all of its routes with each request, and viewers send more of these than everybody else together.
  const routers = [
    createRouter(deps, routes.filter(isOfViewers)),
    createRouter(
      deps,
      routes.filter((route) => !isOfViewers(route)),
    ),
  ];
  app.on('error', (error: unknown) => reportLate(log, error));
  app.use(requestLog(log, clock, addresses));
  app.use(slicedBodies);
  const origins = options.allowedOrigins ?? [];
  app.use(securityHeaders(options.strictTransport ?? options.publicUrl?.startsWith('https:') === true, origins));
  app.use(allowedOrigins(origins));
  app.use(problems(log));
  app.use(wellFormedUrl);
  for (const router of routers) app.use(router.routes());
  app.use(staticPages(options.webDir));
  app.use(missingPage(options.webDir));
  app.use(leftOver(routers));
  return app;
}

/** All routes of the API, in the order of the document. */
export function createRoutes(deps: ApiDeps): readonly Route[] {
  let document: string | undefined;
  const routes: readonly Route[] = [
    ...healthRoutes(deps, () => (document ??= JSON.stringify(openApiDocument(routes, deps.options.version)))),
    ...roomRoutes(deps),
    ...roomTokenRoutes(deps),
    ...inviteRoutes(deps),
    ...sessionRoutes(deps),
    ...userRoutes(deps),
    ...layoutRoutes(deps),
    ...participantRoutes(deps),
    ...moderationRoutes(deps),
    ...imageRoutes(deps),
    ...clipRoutes(deps),
    ...recordingRoutes(deps),
    ...trashRoutes(deps),
    ...archiveRoutes(deps),
    ...markerRoutes(deps),
    ...downloadRoutes(deps),
    ...shareRoutes(deps),
    ...auditRoutes(deps),
    ...eventRoutes(deps),
    ...webhookRoutes(deps),
    ...bundleRoutes(deps),
    ...recordingHlsRoutes(deps),
    ...recordingVodRoutes(deps),
    ...renderRoutes(deps),
    ...hlsRoutes(deps),
    ...timeRoutes(deps),
    ...settingsRoutes(deps),
    ...viewerRoutes(deps),
    ...noteRoutes(deps),
    ...chatRoutes(deps),
    ...callRoutes(deps),
    ...chatExportRoutes(deps),
    ...doorRoutes(deps),
    ...fileRoutes(deps),
  ];
  return routes;
}

function isOfViewers({ path }: Route): boolean {
  return path.startsWith('/hls/');
}

/** Routers as `createApp` uses them. */
export function createRouter(deps: Pick<ApiDeps, 'tokens' | 'events'>, routes: readonly Route[]): Router {
  const router = new Router({ sensitive: true });
  for (const route of routes) {
    router.register(route.path, [route.method], async (ctx) => {
      // Answers of the API depend on the token; a handler that knows better says so.
      ctx.set('Cache-Control', 'no-store');
      await route.run(ctx, deps.tokens);
      // Whoever is told that it is done is told the truth: what it caused is in the log, whatever becomes of the server.
      if (route.method !== 'get') await deps.events.stored();
    });
  }
  return router;
}

const wellFormedUrl: Middleware = async (ctx, next) => {
  let decoded: string | undefined;
  try {
    decoded = decodeURIComponent(ctx.path);
  } catch {
    // Told below, together with NUL.
  }
  if (decoded === undefined || decoded.includes('\0')) {
    throw new BadRequestError('bad_url', 'The address has a malformed percent-encoding; correct it.');
  }
  await next();
};

function leftOver(routers: readonly Router[]): Middleware {
  return (ctx) => {
    const allowed = allowedMethods(routers, ctx);
    if (allowed.length > 0 && !allowed.includes(ctx.method)) {
      ctx.set('Allow', allowed.join(', '));
      throw new AppError(`The method ${ctx.method} does nothing here; use one of: ${allowed.join(', ')}.`, {
        code: 'method_not_allowed',
        fault: 'client',
        status: 405,
      });
    }
    throw new NotFoundError('not_found', 'There is nothing at this address; GET /openapi.json lists all addresses.');
  };
}

function allowedMethods(routers: readonly Router[], ctx: Context): string[] {
  if (isStaticPath(ctx.path)) return ['GET', 'HEAD'];
  const layers = routers.flatMap((router) => router.match(ctx.path, ctx.method).path);
  const methods = layers.flatMap((layer) => layer.methods);
  return [...new Set(methods)].sort();
}

/** Failures after the first byte of the answer: usually a peer that went away, which is no news. */
function reportLate(log: Logger, error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const gone = code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE';
  if (gone) log.debug('The peer went away during the answer', { code });
  else log.error('An answer broke off', { error: messageOf(error) });
}
