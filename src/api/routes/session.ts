/** Signing in and out, and what a token is worth. */
import { ForbiddenError } from '../../errors.ts';
import type { EventType } from '../../events/event-types.ts';
import type { OpenedSession } from '../account-port.ts';
import { firstAdminBody, openedSessionSchema, ownPasswordBody, sessionSchema, signInBody } from '../account-schemas.ts';
import type { ApiDeps } from '../deps.ts';
import { type Grant, requireGrant, requireSignedIn } from '../grant.ts';
import { permissionsOfGrant } from '../permissions.ts';
import { problemSchema } from '../schemas.ts';
import { type Route, route } from '../route.ts';
import { revocationKey } from '../tokens.ts';

const OPENED = { description: 'The token to use from now on.', schema: openedSessionSchema };
const NOT_ONE = {
  description: 'This token is not of one person, or not of an account.',
  schema: problemSchema,
  contentType: 'application/problem+json',
};
const LIMITED = { description: '`too_many_attempts`: 5 a minute for each address and for each account.' };

/** `/api/session` and below. */
export function sessionRoutes(deps: ApiDeps): Route[] {
  const opened = ({ token, expiresAt, account }: OpenedSession, type: EventType) => {
    deps.events.record({ type, actor: { id: account.id, name: account.name, role: account.admin ? 'admin' : 'user' } });
    return { token, expires: expiresAt.toISOString(), user: account };
  };
  return [
    route({
      method: 'post',
      path: '/api/session',
      summary: 'Sign in with login and password',
      tag: 'session',
      access: 'public',
      body: signInBody,
      responses: {
        201: OPENED,
        401: { description: '`sign_in_failed`, whether or not there is such a login.' },
        429: LIMITED,
      },
      async handle({ ctx, body }) {
        const session = await deps.accounts.signIn(body.login, body.password, deps.addresses.of(ctx.req));
        ctx.status = 201;
        ctx.body = opened(session, 'user.signed_in');
      },
    }),
    route({
      method: 'get',
      path: '/api/session',
      summary: 'Get whose token this is and what it allows',
      tag: 'session',
      access: 'public',
      responses: { 200: { description: 'The session; without a token, the role `none`.', schema: sessionSchema } },
      handle({ ctx, grant }) {
        const { enabled, awaitsFirstAdmin } = deps.accounts;
        ctx.body = {
          role: grant?.role ?? 'none',
          permissions: permissionsOfGrant(grant, deps.options.ownRecordings ?? true),
          accounts: { enabled, awaitsFirstAdmin },
          ...(grant && aboutGrant(grant)),
        };
      },
    }),
    route({
      method: 'delete',
      path: '/api/session',
      summary: 'Sign out: the token becomes invalid',
      tag: 'session',
      access: 'special',
      accessNote: 'any token of one person; not the admin token or an invite',
      responses: { 204: { description: 'The token is no longer valid.' }, 403: NOT_ONE },
      admit: ({ grant }) => void requireOwn(grant),
      async handle({ ctx, grant }) {
        const { tokenId, expiresAt } = requireOwn(grant);
        await deps.revocations.revoke(revocationKey(grant, tokenId), expiresAt);
        ctx.status = 204;
      },
    }),
    route({
      method: 'patch',
      path: '/api/session',
      summary: 'Change your own password, which signs you out everywhere else',
      tag: 'session',
      access: 'special',
      accessNote: 'signed-in people',
      body: ownPasswordBody,
      responses: {
        200: OPENED,
        401: { description: '`sign_in_failed`: the current one is not right.' },
        403: NOT_ONE,
        429: LIMITED,
      },
      admit: ({ grant }) => void requireSignedIn(grant),
      async handle({ ctx, grant, body }) {
        const { id } = requireSignedIn(grant).user;
        const { current, password } = body;
        const address = deps.addresses.of(ctx.req);
        ctx.body = opened(await deps.accounts.changePassword(id, current, password, address), 'user.changed');
      },
    }),
    route({
      method: 'post',
      path: '/api/session/first',
      summary: 'Become the first admin, with the link that the server printed at its start',
      tag: 'session',
      access: 'public',
      body: firstAdminBody,
      responses: {
        201: OPENED,
        401: { description: '`first_token_invalid`.', schema: problemSchema, contentType: 'application/problem+json' },
        429: LIMITED,
      },
      async handle({ ctx, body: { token, ...person } }) {
        const session = await deps.accounts.signUpFirst(token, person, deps.addresses.of(ctx.req));
        ctx.status = 201;
        ctx.body = opened(session, 'user.created');
      },
    }),
  ];
}

function aboutGrant(grant: Grant) {
  const { expiresAt, user } = grant;
  const common = { ...(expiresAt && { expires: expiresAt.toISOString() }), ...(user && { user }) };
  if (grant.role === 'admin' || grant.role === 'user') return common;
  const { room, identity, name } = grant;
  return { ...common, room, ...(identity !== undefined && { identity }), ...(name !== undefined && { name }) };
}

/** @throws ForbiddenError `not_own`. */
function requireOwn(grant: Grant | undefined): { readonly tokenId: string; readonly expiresAt: Date } {
  const known = requireGrant(grant);
  const own = known.user !== undefined || ('identity' in known && known.identity !== undefined);
  const { tokenId, expiresAt } = known;
  if (own && tokenId !== undefined && expiresAt) return { tokenId, expiresAt };
  throw new ForbiddenError('Only a token of one person can be given up; a host takes links back.', 'not_own');
}
