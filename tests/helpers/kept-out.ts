/** Somebody who is kept out of a room, for tests. */
import type { KeptOutEntry } from '../../src/room/kept-out.ts';

/** Removed at the beginning of 1970, by nobody in particular. */
export function keptOutEntry(participant: string, change: Partial<KeptOutEntry> = {}): KeptOutEntry {
  const about = { kind: 'removed' as const, clientKey: undefined, name: participant, by: 'Hanna', at: new Date(0) };
  return { id: `k-${participant}`, participant, ...about, ...change };
}
