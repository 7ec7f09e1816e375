/** Whom one has called, and who has called. */
import type { StoredCall } from '../../calls/call-store.ts';
import { ForbiddenError } from '../../errors.ts';
import { callList, callQuery } from '../call-schemas.ts';
import type { ApiDeps } from '../deps.ts';
import { type Grant, requireGrant, type SignedInUser } from '../grant.ts';
import { type Route, route } from '../route.ts';

/** What whoever has not signed in gets; said here because it is the admin token's answer, too. */
const NOBODY = { description: 'The token does not belong to one person.', contentType: 'application/problem+json' };

/** `GET /api/calls`. */
export function callRoutes(deps: ApiDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/calls',
      summary: 'List your own calls, newest first',
      tag: 'calls',
      access: 'special',
      accessNote: 'signed-in people, for their own calls',
      query: callQuery,
      responses: {
        200: { description: 'A page; `next` is the `cursor` of the one after it.', schema: callList },
        403: NOBODY,
      },
      admit: ({ grant }) => void signedIn(grant),
      async handle({ ctx, grant, query: { missed, limit, cursor } }) {
        const { id } = signedIn(grant);
        const before = cursor === undefined ? {} : { before: Number(cursor) };
        const found = await deps.calls.list(id, { limit: limit + 1, missed: missed === '1', ...before });
        const items = found.slice(0, limit);
        const last = items.at(-1);
        ctx.body = {
          items: items.map((call) => show(call, id)),
          ...(found.length > limit && last && { next: String(last.seq) }),
          missed: await deps.calls.missedCount(id),
        };
      },
    }),
  ];
}

/** @throws UnauthorizedError without a token, ForbiddenError `sign_in_first` with one that is nobody's in particular. */
function signedIn(grant: Grant | undefined): SignedInUser {
  const known = requireGrant(grant);
  const user = known.role === 'user' || known.role === 'admin' ? known.user : undefined;
  if (user) return user;
  throw new ForbiddenError('Calls are for people who have signed in; sign in first.', 'sign_in_first');
}

function show(call: StoredCall, user: string) {
  const incoming = call.to.id === user;
  const time = (ms: number): string => new Date(ms).toISOString();
  return {
    id: call.id,
    direction: incoming ? 'in' : 'out',
    person: incoming ? call.from : call.to,
    state: call.state,
    missed: incoming && call.missed,
    seen: incoming && call.seen,
    at: time(call.startedMs),
    ...(call.answeredMs !== undefined && { answered: time(call.answeredMs) }),
    ...(call.endedMs !== undefined && { ended: time(call.endedMs) }),
  };
}
