/** The errors for people who are sent out of a room, or come when it is over. Pure. */
import { AppError, ForbiddenError } from '../errors.ts';
import { type KeptOut, keptOutError } from '../room/kept-out.ts';
import type { Participant } from '../room/participant.ts';
import type { JoinGrant } from './join-grant.ts';

/** What they came with was taken back: their link, or the session of their account. */
export function takenBack({ user }: JoinGrant): ForbiddenError {
  if (user !== undefined) return new ForbiddenError('You are signed out; sign in again.', 'signed_out');
  return new ForbiddenError('Your link was taken back; ask a host of the room for another.', 'token_revoked');
}

/** A host has removed or banned them: told from what the room remembers of it. */
export function sentOut({ id, clientKey }: Participant, keptOut: KeptOut): ForbiddenError {
  return keptOutError(keptOut.reason({ id, clientKey }) ?? 'removed');
}

/** A room is still known while its last session is being written. */
export function roomEnded(): AppError {
  return new AppError('The room has ended.', { code: 'room_ended', fault: 'client', status: 410 });
}
