/** Who may do what with the files of a room, and as whom. */
import type { IncomingHttpHeaders } from 'node:http';
import { BadRequestError, ForbiddenError } from '../errors.ts';
import type { FilePerson } from '../protocol/files.ts';
import { MAX_IDENTITY_LENGTH, MIN_IDENTITY_LENGTH } from '../protocol/messages.ts';
import { type KeptOutEntry, keptOutError } from '../room/kept-out.ts';
import { guestId } from '../room/participant-id.ts';
import { type AdminGrant, type Grant, inviteOf, requireMember, requireSignedIn, type RoomGrant } from './grant.ts';
import type { TicketHolder } from './ticket-holder.ts';
import { revocationKey, type Tokens } from './tokens.ts';

/** Header in which somebody with a link for many says their secret, the same as `identity` in "hello". */
export const IDENTITY_HEADER = 'gridcast-identity';

/** Whoever asks; without an id it is somebody with a link for many who does not say who they are. */
export interface FileAsker {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly role: FilePerson['role'];
}

/** Those in the room, and admins. @throws UnauthorizedError; ForbiddenError `wrong_room`, or `viewers_not` for those who only watch. */
export function requireInRoom(grant: Grant | undefined, room: string): AdminGrant | RoomGrant {
  const known = requireMember(grant, room);
  if (known.role !== 'viewer') return known;
  throw new ForbiddenError(
    'The files of this room are for those who are in it; ask a host for an invite.',
    'viewers_not',
  );
}

/** @throws as `requireInRoom`, and BadRequestError `bad_identity`, ForbiddenError `removed` or `banned` */
export function fileAsker(
  grant: Grant | undefined,
  room: string,
  headers: IncomingHttpHeaders,
  keptOut: (id: string, issuedAt: Date | undefined) => KeptOutEntry['kind'] | undefined,
): FileAsker {
  const known = requireInRoom(grant, room);
  const asker = named(known, room, headers);
  // An admin looks after the files of every room, in it or not.
  const id = known.role === 'admin' ? undefined : asker.id;
  const reason = id === undefined ? undefined : keptOut(id, issuedAtOf(known));
  if (reason === undefined) return asker;
  throw keptOutError(reason);
}

/**
 * What a link to a file ends with: what its asker came by, and their being let into the room.
 * @throws UnauthorizedError `signed_out`
 */
export async function linkHolder(
  tokens: Pick<Tokens, 'sessionOf'>,
  known: AdminGrant | RoomGrant,
  room: string,
  { id }: FileAsker,
): Promise<TicketHolder> {
  const { tokenId } = known;
  const revocation = tokenId === undefined ? undefined : revocationKey(known, tokenId);
  const identity = known.role === 'admin' ? undefined : id;
  const account = known.user && (await tokens.sessionOf(requireSignedIn(known)));
  return { room, identity, issuedAt: issuedAtOf(known), revocation, account, ...inviteOf(known) };
}

function issuedAtOf(known: AdminGrant | RoomGrant): Date | undefined {
  return 'issuedAt' in known ? known.issuedAt : undefined;
}

function named(known: AdminGrant | RoomGrant, room: string, headers: IncomingHttpHeaders): FileAsker {
  if (known.role === 'admin') {
    // As in the room: who holds the admin token is nobody in particular.
    const { id, name } = known.user ?? { id: 'admin', name: 'Admin' };
    return { id, name, role: 'host' };
  }
  const role = known.role === 'host' ? 'host' : 'participant';
  return { id: personIn(known, room, headers), name: known.name, role };
}

/**
 * Who somebody is in a room: by their token, else by the secret that they say, else undefined.
 * @throws BadRequestError `bad_identity`
 */
export function personIn(known: RoomGrant, room: string, headers: IncomingHttpHeaders): string | undefined {
  if (known.identity !== undefined) return known.identity;
  const secret = headers[IDENTITY_HEADER];
  if (secret === undefined) return undefined;
  const fits = typeof secret === 'string' && /^[\x21-\x7e]+$/.test(secret);
  if (!fits || secret.length < MIN_IDENTITY_LENGTH || secret.length > MAX_IDENTITY_LENGTH) {
    const lengths = `${MIN_IDENTITY_LENGTH} to ${MAX_IDENTITY_LENGTH}`;
    const message = `Gridcast-Identity is a secret of ${lengths} visible characters, always the same; correct it.`;
    throw new BadRequestError('bad_identity', message);
  }
  const [, token = ''] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
  return guestId(room, token, secret);
}

/** @throws BadRequestError `identity_missing` for somebody whom nobody could tell from others with the same link. */
export function requireKnown({ id, name, role }: FileAsker, nameNow: (id: string) => string | undefined): FilePerson {
  if (id !== undefined) return { id, name: nameNow(id) ?? name ?? 'Guest', role };
  const message = 'This link is for many; say who you are with the header "Gridcast-Identity", a secret of your own.';
  throw new BadRequestError('identity_missing', message);
}

/** Its sender, and hosts. @throws ForbiddenError `not_yours` */
export function requireOwner({ id, role }: FileAsker, owner: string): void {
  if (role === 'host' || id === owner) return;
  throw new ForbiddenError('This file is somebody else’s; only they and hosts may do this.', 'not_yours');
}
