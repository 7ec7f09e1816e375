/** What a token allows, and the checks that routes make with it. */
import { ForbiddenError, UnauthorizedError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';

/** Roles that a room token can carry. */
export type RoomRole = 'host' | 'participant' | 'viewer';

/** Who has signed in, as they are called now. */
export interface SignedInUser {
  readonly id: string;
  readonly name: string;
}

/** The admin token, or an account that is an admin: everything, everywhere. */
export interface AdminGrant {
  readonly role: 'admin';
  /** Absent with the admin token, like the next three. */
  readonly user?: SignedInUser;
  readonly tokenId?: string;
  readonly expiresAt?: Date;
  /** When they signed in, whole seconds. */
  readonly issuedAt?: Date;
}

/** An account that is no admin: what is theirs, and nothing in any room. */
export interface UserGrant {
  readonly role: 'user';
  readonly user: SignedInUser;
  /** Identity of the token itself. */
  readonly tokenId: string;
  readonly expiresAt: Date;
  /** When they signed in, whole seconds. */
  readonly issuedAt?: Date;
}

/** A room token: one role in one room. */
export interface RoomGrant {
  readonly role: RoomRole;
  readonly room: string;
  /** Whose token it is, the same on all their devices; absent in an invite, which whoever has the link may use. */
  readonly identity?: string;
  /** Display name the token prescribes. */
  readonly name?: string;
  /** Identity of the token itself; of whoever has signed in, that of their session. */
  readonly tokenId: string;
  readonly expiresAt: Date;
  /** When it was signed, whole seconds. */
  readonly issuedAt?: Date;
  /** The invite that it came by, and ends with. */
  readonly invite?: string;
  /** It is that invite's own: who comes by it counts. */
  readonly counted?: true;
  /** When the room was made that it was issued for, milliseconds since 1970; absent in tokens that do not say. */
  readonly made?: number;
  /** Who has signed in and made the room: its host with the token of their account. */
  readonly user?: SignedInUser;
}

/** What there is of a grant with an account, whatever its role. */
export type SignedInGrant = Pick<UserGrant, 'user' | 'tokenId' | 'expiresAt'>;

/** Told apart by `role`. */
export type Grant = AdminGrant | UserGrant | RoomGrant;

/** The invite that what `grant` gives to others ends with, too. */
export function inviteOf(grant: Grant | undefined): { readonly invite?: string } {
  return grant && 'invite' in grant && grant.invite !== undefined ? { invite: grant.invite } : {};
}

/** Seconds that what `grant` gives to others may hold, at least 1: nobody hands out more time than they have. */
export function remainingSeconds(grant: Grant | undefined, clock: Clock): number {
  if (!grant || grant.role === 'admin') return Number.POSITIVE_INFINITY;
  return Math.max(1, Math.floor((grant.expiresAt.getTime() - clock.wallMs()) / 1000));
}

/** @throws UnauthorizedError `token_missing` when nobody has said who they are. */
export function requireGrant(grant: Grant | undefined): Grant {
  if (grant) return grant;
  throw new UnauthorizedError(
    'This needs a token; send it in the header "Authorization: Bearer TOKEN".',
    'token_missing',
  );
}

/** @throws UnauthorizedError without a token, ForbiddenError `admin_only` for everybody but admins. */
export function requireAdmin(grant: Grant | undefined): AdminGrant {
  const known = requireGrant(grant);
  if (known.role === 'admin') return known;
  throw new ForbiddenError('Only an admin may do this; send the admin token.', 'admin_only');
}

/** Whoever has signed in, and what they are in. @throws UnauthorizedError, ForbiddenError `user_only`. */
export function requireSignedIn(grant: Grant | undefined): SignedInGrant {
  const known = requireGrant(grant);
  const { user, tokenId, expiresAt } = known;
  if (user && tokenId !== undefined && expiresAt) return { user, tokenId, expiresAt };
  throw new ForbiddenError('Only whoever has signed in may do this; sign in first.', 'user_only');
}

/** Any role in `room`, or an admin. @throws UnauthorizedError, ForbiddenError `wrong_room`. */
export function requireMember(grant: Grant | undefined, room: string): AdminGrant | RoomGrant {
  const known = requireGrant(grant);
  if (known.role === 'admin') return known;
  if (known.role === 'user') {
    throw new ForbiddenError('You are signed in, but not in this room; ask a host of it for a link.', 'not_a_member');
  }
  if (known.room === room) return known;
  throw new ForbiddenError('This token is for another room; ask for one of this room.', 'wrong_room');
}

/** A host of `room`, or an admin. @throws UnauthorizedError, ForbiddenError `wrong_room` or `host_only`. */
export function requireHost(grant: Grant | undefined, room: string): AdminGrant | RoomGrant {
  const known = requireMember(grant, room);
  if (known.role === 'admin' || known.role === 'host') return known;
  throw new ForbiddenError('Only a host of this room may do this; ask for a host link.', 'host_only');
}
