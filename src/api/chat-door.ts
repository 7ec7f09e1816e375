/** Who may read and write a room's chat over HTTP, and as whom: pure. */
import { createHash } from 'node:crypto';
import { BadRequestError, ForbiddenError, UnauthorizedError } from '../errors.ts';
import type { ChatAuthor } from '../protocol/chat.ts';
import type { ChatSettings } from '../room/chat-settings.ts';
import { type AdminGrant, type Grant, type RoomGrant, requireMember } from './grant.ts';

/** The room, as far as it matters here. */
export interface ChatPlace {
  readonly room: string;
  readonly access: 'public' | 'private';
  readonly viewers: ChatSettings['viewers'];
}

/** What a writer says of themselves. */
export interface ChatClaim {
  readonly name?: string | undefined;
  readonly me?: string | undefined;
}

/**
 * What the asker has in the room, if anything.
 * @throws UnauthorizedError `token_missing`, ForbiddenError `wrong_room` or `chat_closed`.
 */
export function mayRead(
  asker: Grant | undefined,
  { room, access, viewers }: ChatPlace,
): AdminGrant | RoomGrant | undefined {
  const grant = inRoom(asker);
  if (grant) requireMember(grant, room);
  else if (access !== 'public')
    throw new UnauthorizedError('This room is private; send a token of it.', 'token_missing');
  if (isViewer(grant) && viewers === 'off') {
    throw new ForbiddenError('The chat of this room is for those who are in it.', 'chat_closed');
  }
  return grant;
}

/** Whether they may write, too. */
export function mayWrite(grant: Grant | undefined, { viewers }: ChatPlace): boolean {
  return !isViewer(grant) || viewers === 'write';
}

/**
 * Whoever writes. Without an identity of their own they are who knows their secret.
 * @throws as `mayRead`, and UnauthorizedError or ForbiddenError `chat_read_only`, BadRequestError `name_missing` or `me_missing`
 */
export function writer(grant: Grant | undefined, place: ChatPlace, claim: ChatClaim): ChatAuthor {
  const author = knownWriter(grant, place, claim);
  const given = grant?.role === 'admin' || grant?.role === 'user' ? grant.user?.name : grant?.name;
  const name = given ?? claim.name;
  if (name === undefined && grant?.role !== 'admin') {
    throw new BadRequestError('name_missing', 'Say who writes: send "name".');
  }
  return { ...author, name: name ?? 'Admin' };
}

/** As `writer`, for a message that exists: who asks, but not how they are called. */
export function knownWriter(asker: Grant | undefined, place: ChatPlace, { me }: ChatClaim): ChatAuthor {
  const grant = mayRead(asker, place);
  if (!mayWrite(grant, place)) {
    const message = 'Viewers may only read the chat of this room; whoever is in the room writes with their token.';
    throw asker ? new ForbiddenError(message, 'chat_read_only') : new UnauthorizedError(message, 'chat_read_only');
  }
  // Who holds the admin token is nobody in particular; an admin who has signed in is who they are in the room and among its files.
  if (grant?.role === 'admin') return { id: grant.user?.id ?? 'admin', name: '', role: 'host' };
  const role = grant?.role ?? 'viewer';
  if (grant?.identity !== undefined && role !== 'viewer') return { id: grant.identity, name: '', role };
  if (me === undefined) throw new BadRequestError('me_missing', 'Send "me": a secret of the writer, always the same.');
  const hash = createHash('sha256').update(`${place.room} ${role} ${me}`).digest('base64url');
  return { id: `w_${hash.slice(0, 22)}`, name: '', role };
}

function isViewer(grant: Grant | undefined): boolean {
  return grant === undefined || grant.role === 'viewer' || grant.role === 'user';
}

/** Whoever has only signed in has no more in a room than anybody who passes by. */
function inRoom(grant: Grant | undefined): AdminGrant | RoomGrant | undefined {
  return grant?.role === 'user' ? undefined : grant;
}
