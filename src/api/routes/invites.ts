/** Invites to a room, and single tokens that are taken back. */
import type { Invite } from '../../accounts/invite.ts';
import { inviteList, inviteParams, inviteSchema, newInviteBody, tokenParams } from '../account-schemas.ts';
import { whoIs } from '../audit-log.ts';
import type { ApiDeps } from '../deps.ts';
import { actorOf } from '../event-person.ts';
import { remainingSeconds } from '../grant.ts';
import { pageLink } from '../links.ts';
import { baseUrl } from '../origin.ts';
import { roomRoute } from '../room-route.ts';
import type { Route, RouteCall } from '../route.ts';
import { roomParams } from '../schemas.ts';
import { MAX_TTL_SECONDS } from '../tokens.ts';

const INVITES = '/api/rooms/:room/invites';

/** `/api/rooms/:room/invites` and `DELETE /api/rooms/:room/tokens/:token`. */
export function inviteRoutes(deps: ApiDeps): Route[] {
  const show = async ({ ctx }: Pick<RouteCall<unknown, unknown, unknown>, 'ctx'>, invite: Invite) => {
    const { id, room, role, label, createdMs, expiresMs, maxUses, uses } = invite;
    const token = await deps.tokens.ofInvite(invite);
    return {
      id,
      role,
      label,
      createdAt: new Date(createdMs).toISOString(),
      expires: new Date(expiresMs).toISOString(),
      ...(maxUses !== undefined && { uses: maxUses }),
      used: uses,
      link: pageLink(baseUrl(ctx, deps.options.publicUrl), room, role, token),
    };
  };
  return [
    roomRoute(deps, {
      method: 'post',
      path: INVITES,
      summary: 'Make an invite, which can be revoked; it never outlives the token of the host who makes it',
      tag: 'invites',
      access: 'host',
      params: roomParams,
      body: newInviteBody,
      responses: { 201: { description: 'The link.', schema: inviteSchema } },
      async handle(call) {
        const { ctx, grant, body } = call;
        const room = call.room.id;
        const { role, ttl, uses, label } = body;
        const ttlSeconds = Math.min(ttl, remainingSeconds(grant, deps.clock));
        const invite = await deps.invites.create({ room, role, ttlSeconds, uses, label, by: whoIs(grant) });
        deps.events.record({ type: 'invite.created', room, ...actorOf(grant), data: { invite: invite.id, role } });
        ctx.status = 201;
        ctx.body = await show(call, invite);
      },
    }),
    roomRoute(deps, {
      method: 'get',
      path: INVITES,
      summary: 'List valid invites, oldest first',
      tag: 'invites',
      access: 'host',
      params: roomParams,
      responses: { 200: { description: 'The complete list.', schema: inviteList } },
      async handle(call) {
        const invites = deps.invites.list(call.room.id);
        call.ctx.body = { items: await Promise.all(invites.map((invite) => show(call, invite))) };
      },
    }),
    roomRoute(deps, {
      method: 'delete',
      path: `${INVITES}/:invite`,
      summary: 'Revoke an invite; everybody who used it is out at once',
      tag: 'invites',
      access: 'host',
      params: inviteParams,
      responses: { 204: { description: 'The invite is revoked.' } },
      async handle({ ctx, grant, params: { room, invite } }) {
        const { role } = await deps.invites.revoke(room, invite);
        deps.events.record({ type: 'invite.revoked', room, ...actorOf(grant), data: { invite, role } });
        ctx.status = 204;
      },
    }),
    roomRoute(deps, {
      method: 'delete',
      path: '/api/rooms/:room/tokens/:token',
      summary: 'Revoke a token by its id; whoever uses it is out at once',
      tag: 'rooms',
      access: 'host',
      params: tokenParams,
      responses: { 204: { description: 'The invite is revoked.' } },
      async handle({ ctx, grant, params: { room, token } }) {
        // When it ends is not known here; none holds longer.
        const expiresAt = new Date(deps.clock.wallMs() + MAX_TTL_SECONDS * 1000);
        await deps.revocations.revoke(`${room}/${token}`, expiresAt);
        deps.events.record({ type: 'token.revoked', room, ...actorOf(grant), data: { token } });
        ctx.status = 204;
      },
    }),
  ];
}
