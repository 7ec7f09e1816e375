/** The REST API for hosts who make links and take them back. */
import type { CreateInvite, Invite } from '../src/client/types.ts';
import { ApiClient } from './api-client.ts';
import { lastingQuickLink, quickOrder } from './util/invite-order.ts';

/** Every method rejects with ApiError. */
export class InviteClient extends ApiClient {
  /** Those that hold, newest first. */
  async invites(room: string): Promise<readonly Invite[]> {
    return (await this.client.invites.list(room)).items.toReversed();
  }

  /**
   * The links of a room that all of its hosts hand out, one for each role, in the order asked for; made for `ttl` seconds when
   * there is none that lasts.
   */
  async quickLinks(room: string, roles: ReadonlyArray<Invite['role']>, ttl?: number): Promise<readonly Invite[]> {
    const [held, nowMs] = await Promise.all([this.invites(room), this.time()]);
    return Promise.all(
      roles.map(async (role) => lastingQuickLink(held, role, nowMs) ?? this.makeInvite(room, quickOrder(role, ttl))),
    );
  }

  makeInvite(room: string, order: CreateInvite): Promise<Invite> {
    return this.client.invites.create(room, order);
  }

  /** Whoever came by it is out at once. */
  revokeInvite(room: string, id: string): Promise<void> {
    return this.client.invites.revoke(room, id);
  }
}
