/** The REST API for hosts who make links and take them back. */
import type { CreateInvite, Invite } from '../src/client/types.ts';
import { ApiClient } from './api-client.ts';

/** Every method rejects with ApiError. */
export class InviteClient extends ApiClient {
  /** Those that hold, newest first. */
  async invites(room: string): Promise<readonly Invite[]> {
    return (await this.client.invites.list(room)).items.toReversed();
  }

  makeInvite(room: string, order: CreateInvite): Promise<Invite> {
    return this.client.invites.create(room, order);
  }

  /** Whoever came by it is out at once. */
  revokeInvite(room: string, id: string): Promise<void> {
    return this.client.invites.revoke(room, id);
  }
}
