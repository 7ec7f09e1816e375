/** What a verified token means at the WebSocket door. */
import type { Grant } from '../api/grant.ts';
import { revocationKey } from '../api/tokens.ts';
import { ForbiddenError } from '../errors.ts';
import type { JoinGrant } from '../ingest/join-grant.ts';

/** An admin may join every room, who has only signed in none. @throws ForbiddenError `not_a_member`. */
export function joinGrant(grant: Grant): JoinGrant {
  const { user, tokenId, issuedAt } = grant;
  const revocation = tokenId === undefined ? {} : { revocation: revocationKey(grant, tokenId) };
  const account = { ...revocation, ...(user && { user: user.id }) };
  if (grant.role === 'admin') {
    return { role: 'admin', ...account, ...(user && { identity: user.id, name: user.name, issuedAt }) };
  }
  if (grant.role === 'user') {
    throw new ForbiddenError('You are signed in, but not in this room; ask a host of it for a link.', 'not_a_member');
  }
  const { role, room, name, identity, invite, counted } = grant;
  return { role, room, name, identity, tokenId, issuedAt, invite, counted, ...account };
}
