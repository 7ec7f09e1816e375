/** Who has a recording: admins, and the account that had made its room. */
import { NotFoundError } from '../errors.ts';
import type { ApiDeps } from './deps.ts';
import { type Grant, requireAdmin, requireGrant, requireSignedIn, type SignedInGrant } from './grant.ts';
import type { RouteCall } from './route.ts';
import type { TicketHolder } from './ticket-holder.ts';

/** For the document, with `access: 'special'`. */
export const OWNERS = 'admin, or the person who created the room with their account (`accounts.ownRecordings`)';

type Deps = Pick<ApiDeps, 'recordings' | 'options'>;

/**
 * Lets admins in, and the account that had made the room of the recording. To others who have signed in there is no such
 * recording, whether or not there is one.
 * @throws UnauthorizedError, ForbiddenError `admin_only`, NotFoundError `recording_not_found`.
 */
export async function requireOwner(deps: Deps, grant: Grant | undefined, recording: string): Promise<void> {
  const owner = ownerIn(deps, grant);
  if (!owner || (await deps.recordings.ownerOf(recording)) === owner.user.id) return;
  throw unknownRecording();
}

/** The same as `admit` of a route. */
export function admitOwner(
  deps: Deps,
): (call: Pick<RouteCall<{ readonly recording: string }, unknown, unknown>, 'grant' | 'params'>) => Promise<void> {
  return ({ grant, params }) => requireOwner(deps, grant, params.recording);
}

/**
 * Whose recordings alone `grant` lists: undefined for all, as admins do unless they want their `own`.
 * @throws UnauthorizedError, ForbiddenError `admin_only`, also for the admin token's `own`, which is no account.
 */
export function listedOwner(deps: Deps, grant: Grant | undefined, own: boolean): string | undefined {
  const known = ownerIn(deps, grant);
  if (known) return known.user.id;
  // The admin token is no account: nothing is its own.
  return own ? (grant?.user?.id ?? '') : undefined;
}

/**
 * Whose the recording of a room is, as hosts of it are told: `owned` when an account has it beside the admins, and `own` when
 * that is the account of whoever asks. A host who came by a link is none, whoever they are.
 */
export async function ownershipOf(
  deps: Deps,
  grant: Grant | undefined,
  recording: string,
): Promise<{ readonly owned?: true; readonly own?: true }> {
  const owner = deps.options.ownRecordings === false ? undefined : await deps.recordings.ownerOf(recording);
  if (owner === undefined) return {};
  return { owned: true, ...(owner === grant?.user?.id && { own: true as const }) };
}

/** What a link to a recording ends with: the session in which it was made, if that is an account's. @throws UnauthorizedError `signed_out` */
export async function linkOwner(
  { tokens }: Pick<ApiDeps, 'tokens'>,
  grant: Grant | undefined,
  room: string,
): Promise<TicketHolder | undefined> {
  if (!grant?.user) return undefined;
  const known = requireSignedIn(grant);
  return { room, revocation: known.tokenId, account: await tokens.sessionOf(known) };
}

/** `recording_not_found`. */
export function unknownRecording(): NotFoundError {
  return new NotFoundError('recording_not_found', 'There is no such recording; see the list of recordings.');
}

/** Undefined for admins. */
function ownerIn({ options }: Deps, grant: Grant | undefined): Pick<SignedInGrant, 'user'> | undefined {
  const known = requireGrant(grant);
  if (known.role === 'user' && options.ownRecordings !== false) return known;
  requireAdmin(known);
  return undefined;
}
