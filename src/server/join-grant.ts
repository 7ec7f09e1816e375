/** What a verified token means at the WebSocket door. */
import type { Grant } from '../api/grant.ts';
import type { JoinGrant } from '../ingest/ingest-server.ts';

/** An admin may join every room. */
export function joinGrant(grant: Grant): JoinGrant {
  if (grant.role === 'admin') return { role: 'admin' };
  return { role: grant.role, room: grant.room, name: grant.name, identity: grant.identity };
}
