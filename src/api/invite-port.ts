/** Invites and what was taken back, as far as the API uses them. */
import type { Invite } from '../accounts/invite.ts';

/** What of an invite its maker says. */
export interface InviteWish {
  readonly room: string;
  readonly role: Invite['role'];
  /** Above 0. */
  readonly ttlSeconds: number;
  /** How many people may come by it; absent: without a limit. */
  readonly uses?: number | undefined;
  readonly label?: string | undefined;
  /** Who makes it, as audits name people. */
  readonly by: string;
}

/** The invites of all rooms. */
export interface InviteControl {
  list(room: string): readonly Invite[];
  /** @throws ConflictError `too_many_invites`. */
  create(wish: InviteWish): Promise<Invite>;
  /** Counts `guest`, who is counted once. @throws UnauthorizedError `token_revoked`, ForbiddenError `invite_used_up`. */
  admit(invite: string, guest: string): Promise<void>;
  /** Ends at once what came by it. @throws NotFoundError `invite_not_found`. */
  revoke(room: string, invite: string): Promise<Invite>;
}

/** Single tokens that are taken back, and viewers who have to go with them. */
export interface RevocationControl {
  /** Ends at once what was opened with it. */
  revoke(token: string, expiresAt: Date): Promise<void>;
  /** Whoever watches with this: when it is taken back, or they are removed, the passes of the room end. */
  noteViewer(grant: { readonly room: string; readonly identity?: string; readonly tokenId: string }): void;
  /** Passes of a room of another one do not hold; empty until somebody had to go. */
  epochOf(room: string): string;
}
