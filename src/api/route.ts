/** A route: one declaration that is checked, served and documented. */
import type { RouterContext } from '@koa/router';
import type { z } from 'zod';
import { InvalidRequestError } from '../errors.ts';
import { readBody, readBytes } from './body.ts';
import { type Grant, requireAdmin, requireHost, requireMember } from './grant.ts';
import type { Tokens } from './tokens.ts';

/** Methods that routes are declared for; HEAD comes with GET. */
export type RouteMethod = 'get' | 'post' | 'put' | 'patch' | 'delete' | 'options';

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

/** A body that is no JSON. */
export interface BytesDoc {
  readonly maxBytes: number;
  /** Content types, for the document only: what arrives is told by its own bytes. */
  readonly types: readonly string[];
  /** The refusal of a larger body. */
  readonly tooLarge: () => Error;
}

/** What a handler gets: everything checked. */
export interface RouteCall<P, Q, B> {
  readonly ctx: RouterContext;
  readonly grant: Grant | undefined;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** Body of a route that takes bytes; empty in others. */
  readonly bytes: Uint8Array;
}

interface RouteDoc {
  readonly method: RouteMethod;
  /** In the router's notation. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly access: Access;
  readonly accessNote?: string;
  readonly bytes?: BytesDoc;
  readonly responses: Readonly<Record<number, ResponseDoc>>;
}

/** A route without its handler. */
export interface RouteInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends RouteDoc {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** For what `access` cannot tell, before the body is received: throws or rejects when the caller may not. */
  admit?(
    call: Pick<RouteCall<z.output<P>, z.output<Q>, z.output<B>>, 'ctx' | 'grant' | 'params'>,
  ): Promise<void> | void;
}

interface RouteSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends RouteInput<P, Q, B> {
  handle(call: RouteCall<z.output<P>, z.output<Q>, z.output<B>>): Promise<void> | void;
}

/** A route of whatever types, ready to run. */
export interface Route extends RouteDoc {
  readonly params: z.ZodType | undefined;
  readonly query: z.ZodType | undefined;
  readonly body: z.ZodType | undefined;
  run(ctx: RouterContext, tokens: Tokens): Promise<void>;
}

const NOTHING = new Uint8Array();

/** Binds a handler to the schemas of its input. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(spec: RouteSpec<P, Q, B>): Route {
  return {
    ...spec,
    params: spec.params,
    query: spec.query,
    body: spec.body,
    async run(ctx, tokens) {
      const first = await authenticate(ctx, tokens);
      const params = check(spec.params, ctx.params, 'path');
      const admitted = async (grant: Grant | undefined): Promise<Grant | undefined> => {
        admit(spec.access, grant, ctx);
        await spec.admit?.({ ctx, grant, params });
        return grant;
      };
      await admitted(first);
      const query = check(spec.query, { ...ctx.query }, 'query');
      const body = check(spec.body, spec.body ? await readBody(ctx) : undefined, 'body');
      const bytes = spec.bytes ? await readBytes(ctx, spec.bytes.maxBytes, spec.bytes.tooLarge) : NOTHING;
      // A body may take minutes to come: what was taken back meanwhile opens nothing, such as another token.
      const grant = spec.body || spec.bytes ? await admitted(await authenticate(ctx, tokens)) : first;
      await spec.handle({ ctx, grant, params, query, body, bytes });
    },
  };
}

/**
 * Who asks. A bad token is refused even where none is needed: whoever sends one wants to know.
 * @throws UnauthorizedError
 */
export async function authenticate(ctx: RouterContext, tokens: Tokens): Promise<Grant | undefined> {
  const { authorization } = ctx.req.headers;
  if (authorization === undefined) return undefined;
  const match = /^Bearer +(\S+) *$/i.exec(authorization);
  // Another scheme holds no token of ours; verifying its text gives the usual refusal.
  return tokens.verify(match?.[1] ?? authorization, ctx.params['room']);
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
  const { sentence, path } = explainIssue(result.error.issues);
  throw new InvalidRequestError(`In the ${place}, ${sentence}.`, path.length > 0 ? path.join('.') : undefined);
}

interface Explained {
  readonly sentence: string;
  /** Path of the field that it is about. */
  readonly path: readonly PropertyKey[];
}

/** One sentence about the first fault: which field, and what would do. */
function explainIssue(issues: readonly z.core.$ZodIssue[], above: readonly PropertyKey[] = []): Explained {
  const [issue] = issues;
  if (!issue) return { sentence: 'something does not fit', path: above };
  const path = [...above, ...issue.path];
  // None of several forms fits: the first one's complaint is the most telling.
  if (issue.code === 'invalid_union' && issue.errors[0]) return explainIssue(issue.errors[0], path);
  if (issue.code === 'unrecognized_keys') {
    const unknown = [...path, issue.keys[0] ?? ''];
    return { sentence: `"${unknown.join('.')}" is not known; leave it out, or correct its name`, path: unknown };
  }
  const field = path.length > 0 ? `"${path.join('.')}"` : 'the whole';
  return { sentence: `${field} is not acceptable: ${issue.message}`, path };
}
