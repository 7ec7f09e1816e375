/** Who may do what: the one table that the API tells from, and that docs/accounts.md shows. Pure. */
import type { Grant } from './grant.ts';

const EVERYWHERE = ['admin', 'user', 'host', 'participant', 'viewer'] as const;
/** Somebody's part: on the server (`admin`, `user`) or in one room. */
export type Role = (typeof EVERYWHERE)[number];

/** By permission: whose it is. Whoever made a room with their account is its host. */
export const PERMISSIONS = {
  'server.manage': ['admin'],
  'users.manage': ['admin'],
  'recordings.manage': ['admin'],
  'recordings.own': ['admin', 'user'],
  'rooms.create': ['admin', 'user'],
  'directory.read': ['admin', 'user'],
  'calls.make': ['admin', 'user'],
  'room.watch': ['admin', 'host', 'participant', 'viewer'],
  'room.join': ['admin', 'host', 'participant'],
  'room.chat': ['admin', 'host', 'participant'],
  'room.files': ['admin', 'host', 'participant'],
  'room.manage': ['admin', 'host'],
  'room.invite': ['admin', 'host'],
  'room.moderate': ['admin', 'host'],
  'room.record': ['admin', 'host'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

/** Something that not everybody may do. */
export type Permission = keyof typeof PERMISSIONS;

/** What a role may do, in the order of the table. */
export function permissionsOf(role: Role): readonly Permission[] {
  const table: Readonly<Record<string, readonly Role[]>> = PERMISSIONS;
  return (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => table[permission]?.includes(role));
}

/**
 * What `grant` may do; the key to one room gives nothing else of the account that it was made with.
 * @param ownRecordings whether who made a room has its recordings on this server
 */
export function permissionsOfGrant(grant: Grant | undefined, ownRecordings: boolean): readonly Permission[] {
  if (!grant) return [];
  return permissionsOf(grant.role).filter((permission) => ownRecordings || permission !== 'recordings.own');
}
