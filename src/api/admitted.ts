/** Whom the door of a room has let in: what is in the room is not for those who would have to wait before it, whatever way they come. */
import type { IncomingHttpHeaders } from 'node:http';
import { ForbiddenError } from '../errors.ts';
import type { ApiDeps } from './deps.ts';
import { personIn } from './file-door.ts';
import type { Grant } from './grant.ts';

type Doors = Pick<ApiDeps, 'door'>;

/**
 * Whether a participant's token would not lead in now. Hosts walk in, and whoever was given a link to watch waits before no door.
 * @throws BadRequestError `bad_identity`
 */
export function isHeldUp(
  { door }: Doors,
  grant: Grant | undefined,
  room: string,
  headers: IncomingHttpHeaders,
): boolean {
  if (grant?.role !== 'participant') return false;
  const caller = { id: personIn(grant, room, headers), own: grant.identity !== undefined };
  return door.heldUp(room, caller) !== undefined;
}

/** @throws ForbiddenError `not_admitted`, and as `isHeldUp` */
export function requireAdmitted(
  doors: Doors,
  grant: Grant | undefined,
  room: string,
  headers: IncomingHttpHeaders,
): void {
  if (!isHeldUp(doors, grant, room, headers)) return;
  throw new ForbiddenError('This is for the people in the room; enter it first.', 'not_admitted');
}
