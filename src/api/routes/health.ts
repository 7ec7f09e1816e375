/** Liveness, readiness, metrics and the contract itself. */
import { UnavailableError } from '../../errors.ts';
import type { ApiDeps } from '../deps.ts';
import { requireAdmin } from '../grant.ts';
import { isLocal } from '../origin.ts';
import type { Readiness } from '../ports.ts';
import { type Route, route } from '../route.ts';
import { healthSchema, readinessSchema } from '../health-schemas.ts';

/** @param document makes the OpenAPI document; asked for when first needed. */
export function healthRoutes(deps: ApiDeps, document: () => string): Route[] {
  const ready = shared(() => deps.readiness.check());
  return [
    route({
      method: 'get',
      path: '/healthz',
      summary: 'Check whether the process answers',
      tag: 'server',
      access: 'public',
      responses: { 200: { description: 'The process answers.', schema: healthSchema } },
      handle({ ctx }) {
        ctx.set('Cache-Control', 'no-store');
        ctx.body = { status: 'ok', version: deps.options.version };
      },
    }),
    route({
      method: 'get',
      path: '/readyz',
      summary: 'Check whether everything that the server depends on is available, with reasons',
      tag: 'server',
      access: 'public',
      responses: {
        200: { description: 'The server is ready.', schema: readinessSchema },
        503: { description: 'Something is not available.', schema: readinessSchema },
      },
      async handle({ ctx }) {
        const checks = await ready().catch((error: unknown) => {
          throw new UnavailableError('readiness_unknown', 'The checks themselves failed; see the log.', error);
        });
        const ok = Object.values(checks).every((check) => check.ok || check.vital === false);
        ctx.set('Cache-Control', 'no-store');
        ctx.status = ok ? 200 : 503;
        ctx.body = { status: ok ? 'ready' : 'unready', checks };
      },
    }),
    route({
      method: 'get',
      path: '/metrics',
      summary: 'Get Prometheus metrics',
      tag: 'server',
      access: 'special',
      accessNote: 'admin, or a request from this machine that no proxy passed on',
      responses: { 200: { description: 'Text exposition format.', contentType: 'text/plain' } },
      async handle({ ctx, grant }) {
        if (!isLocal(ctx)) requireAdmin(grant);
        const { contentType, body } = await deps.metrics.text();
        ctx.set('Content-Type', contentType);
        ctx.set('Cache-Control', 'no-store');
        ctx.body = body;
      },
    }),
    route({
      method: 'get',
      path: '/openapi.json',
      summary: 'Get this interface as an OpenAPI 3.1 document',
      tag: 'server',
      access: 'public',
      responses: { 200: { description: 'The document.' } },
      handle({ ctx }) {
        ctx.set('Content-Type', 'application/json; charset=utf-8');
        ctx.body = document();
      },
    }),
  ];
}

/** Anybody may ask, and the checks cost something: everybody who asks while they run gets the same answer. */
function shared(check: Readiness['check']): Readiness['check'] {
  let running: ReturnType<Readiness['check']> | undefined;
  return () => {
    running ??= check().finally(() => {
      running = undefined;
    });
    return running;
  };
}
