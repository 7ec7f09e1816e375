/** Tokens for a room. */
import { issueTokenBody, tokenSchema } from '../account-schemas.ts';
import type { ApiDeps } from '../deps.ts';
import { inviteOf, remainingSeconds, requireHost, requireSignedIn } from '../grant.ts';
import { tokenAnswer } from '../links.ts';
import { baseUrl } from '../origin.ts';
import { roomRoute } from '../room-route.ts';
import type { Route } from '../route.ts';
import { problemSchema, roomParams } from '../schemas.ts';

/** `POST /api/rooms/:room/tokens` and `…/join`. */
export function roomTokenRoutes(deps: ApiDeps): Route[] {
  return [
    roomRoute(deps, {
      method: 'post',
      path: '/api/rooms/:room/tokens',
      summary: 'Create a token, which never outlives that of the host who requests it',
      tag: 'rooms',
      access: 'host',
      params: roomParams,
      body: issueTokenBody,
      responses: { 201: { description: 'The token, and the page that it opens.', schema: tokenSchema } },
      async handle({ ctx, grant, room, body }) {
        const ttlSeconds = Math.min(body.ttl, remainingSeconds(grant, deps.clock));
        const common = { room: room.id, role: body.role, ttlSeconds, ...inviteOf(grant) };
        const issued = body.invite
          ? await deps.tokens.invite(common)
          : await deps.tokens.issue({
              ...common,
              ...(body.identity === undefined ? {} : { identity: body.identity }),
              ...(body.name === undefined ? {} : { name: body.name }),
            });
        ctx.status = 201;
        ctx.set('Cache-Control', 'no-store');
        const base = baseUrl(ctx, deps.options.publicUrl);
        ctx.body = { ...tokenAnswer(base, room.id, body.role, issued), id: issued.id };
      },
    }),
    roomRoute(deps, {
      method: 'post',
      path: '/api/rooms/:room/join',
      summary: 'Get a token to enter the room with your account; it ends with the session',
      tag: 'rooms',
      access: 'special',
      accessNote: 'the person who created the room with their account, and signed-in admins',
      params: roomParams,
      responses: {
        201: { description: 'The token, and the page that it opens.', schema: tokenSchema },
        403: {
          description: 'The room is somebody else’s, or the request has no account.',
          schema: problemSchema,
          contentType: 'application/problem+json',
        },
      },
      admit: ({ grant, params }) => void requireSignedIn(requireHost(grant, params.room)),
      async handle({ ctx, grant, room }) {
        const issued = await deps.tokens.join(requireSignedIn(grant), room.id);
        ctx.status = 201;
        ctx.set('Cache-Control', 'no-store');
        ctx.body = tokenAnswer(baseUrl(ctx, deps.options.publicUrl), room.id, 'host', issued);
      },
    }),
  ];
}
