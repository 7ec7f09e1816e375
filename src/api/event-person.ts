/** Who asked for something, as the event log names them. */
import type { EventPerson } from '../events/event.ts';
import { type Grant, requireGrant } from './grant.ts';
import type { Moderator } from './moderation-port.ts';

/** The one whose grant this is; undefined without one: whoever has found the address. */
export function personOf(grant: Grant | undefined): EventPerson | undefined {
  if (!grant) return undefined;
  if (grant.role === 'admin') return { id: 'admin', name: 'admin', ...grant.user, role: 'admin' };
  if (grant.role === 'user') return { ...grant.user, role: 'user' };
  return { id: grant.identity ?? 'invite', name: grant.name ?? '', role: grant.role };
}

/** The same as a part of an event's draft. */
export function actorOf(grant: Grant | undefined): { readonly actor?: EventPerson } {
  const actor = personOf(grant);
  return actor ? { actor } : {};
}

/** Who acts in a room. @throws UnauthorizedError `token_missing` */
export function moderatorOf(grant: Grant | undefined): Moderator {
  const known = requireGrant(grant);
  const person = personOf(known) ?? { id: 'admin', name: 'admin', role: 'admin' };
  return { person, ...(known.role !== 'admin' && { tokenId: known.tokenId }) };
}
