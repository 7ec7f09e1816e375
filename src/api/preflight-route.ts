/** What a browser asks before a page of another site sends something to us: whether it may. */
import type { z } from 'zod';
import { type Route, route } from './route.ts';

/** A path that pages of any site may use. */
interface OpenPath {
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly params: z.ZodType;
  /** The answer in words, for the document. */
  readonly description: string;
  /** Comma-separated. */
  readonly methods: string;
  /** Comma-separated, beside those that need no leave. */
  readonly headers: string;
}

/** How long the browser need not ask again. */
const MAX_AGE_SECONDS = '86400';

/** The row for OPTIONS. */
export function preflightRoute({ path, summary, tag, params, description, methods, headers }: OpenPath): Route {
  return route({
    method: 'options',
    path,
    summary,
    tag,
    access: 'public',
    params,
    responses: { 204: { description } },
    handle({ ctx }) {
      ctx.set('Access-Control-Allow-Methods', methods);
      ctx.set('Access-Control-Allow-Headers', headers);
      ctx.set('Access-Control-Max-Age', MAX_AGE_SECONDS);
      ctx.status = 204;
    },
  });
}
