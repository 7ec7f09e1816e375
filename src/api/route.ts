/** A route: one declaration that is checked, served and documented. */
import type { RouterContext } from '@koa/router';
import type { z } from 'zod';
import { BadRequestError } from '../errors.ts';
import { readBody } from './body.ts';
import { type Grant, requireAdmin, requireHost, requireMember } from './grant.ts';
import type { Tokens } from './tokens.ts';

/** Methods that routes are declared for; HEAD comes with GET. */
export type RouteMethod = 'get' | 'post' | 'patch' | 'delete' | 'options';

/**
 * Who gets in: `public` everybody; `admin`; `member` any token of the room in the path; `host` a host of it; `special` what
 * `accessNote` says, which the handler checks. Admins always get in.
 */
export type Access = 'public' | 'admin' | 'member' | 'host' | 'special';

/** One possible answer. */
export interface ResponseDoc {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Default `application/json`. */
  readonly contentType?: string;
}

/** What a handler gets: everything checked. */
export interface RouteCall<P, Q, B> {
  readonly ctx: RouterContext;
  readonly grant: Grant | undefined;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

interface RouteDoc {
  readonly method: RouteMethod;
  /** In the router's notation. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly access: Access;
  readonly accessNote?: string;
  readonly responses: Readonly<Record<number, ResponseDoc>>;
}

interface RouteSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends RouteDoc {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  handle(call: RouteCall<z.output<P>, z.output<Q>, z.output<B>>): Promise<void> | void;
}

/** A route of whatever types, ready to run. */
export interface Route extends RouteDoc {
  readonly params: z.ZodType | undefined;
  readonly query: z.ZodType | undefined;
  readonly body: z.ZodType | undefined;
  run(ctx: RouterContext, tokens: Tokens): Promise<void>;
}

/** Binds a handler to the schemas of its input. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(spec: RouteSpec<P, Q, B>): Route {
  return {
    ...spec,
    params: spec.params,
    query: spec.query,
    body: spec.body,
    async run(ctx, tokens) {
      const grant = await authenticate(ctx, tokens);
      const params = check(spec.params, ctx.params, 'path');
      admit(spec.access, grant, ctx);
      const query = check(spec.query, { ...ctx.query }, 'query');
      const body = check(spec.body, spec.body ? await readBody(ctx) : undefined, 'body');
      await spec.handle({ ctx, grant, params, query, body });
    },
  };
}

/** A bad token is refused even where none is needed: whoever sends one wants to know. */
async function authenticate(ctx: RouterContext, tokens: Tokens): Promise<Grant | undefined> {
  const { authorization } = ctx.req.headers;
  if (authorization === undefined) return undefined;
  const match = /^Bearer +(\S+) *$/i.exec(authorization);
  // Another scheme holds no token of ours; verifying its text gives the usual refusal.
  return tokens.verify(match?.[1] ?? authorization);
}

function admit(access: Access, grant: Grant | undefined, ctx: RouterContext): void {
  if (access === 'admin') requireAdmin(grant);
  if (access === 'member') requireMember(grant, String(ctx.params['room']));
  if (access === 'host') requireHost(grant, String(ctx.params['room']));
}

function check<T extends z.ZodType>(
  schema: T | undefined,
  value: unknown,
  place: 'path' | 'query' | 'body',
): z.output<T> {
  // Without a schema there is nothing to check and the handler's type for it is unknown.
  if (!schema) return undefined as z.output<T>;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue && issue.path.length > 0 ? `"${issue.path.join('.')}"` : 'the whole';
  const reason = issue?.message ?? 'it does not fit';
  throw new BadRequestError('invalid_request', `In the ${place}, ${field} is not acceptable: ${reason}.`);
}
