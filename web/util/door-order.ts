/** What the fields of a room's door say, as the API takes it: pure. */
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../src/protocol/limits.ts';
import type { DoorInfo } from '../api-types.ts';
import { fieldOfTime, timeOfField } from './door-times.ts';

/** As they stand in the fields. */
export interface DoorFields {
  /** A new one; empty: as it is. */
  readonly password: string;
  readonly removePassword: boolean;
  readonly waitingRoom: boolean;
  readonly locked: boolean;
  readonly capacity: string;
  /** Value of a field `datetime-local`. */
  readonly opensAt: string;
  readonly ends: boolean;
}

/** A change of a room's door. */
export interface DoorOrder {
  readonly password?: string | null;
  readonly waitingRoom?: boolean;
  readonly locked?: boolean;
  readonly capacity?: number | null;
  readonly opensAt?: string | null;
  readonly whenEmpty?: 'keep' | 'end';
}

/** Which field does not do. */
export type DoorFault = 'password' | 'capacity';

/** The fields of a door; undefined: of a room that is yet to be made. */
export function fieldsOfDoor(door: DoorInfo | undefined): DoorFields {
  return {
    password: '',
    removePassword: false,
    waitingRoom: door?.waitingRoom ?? false,
    locked: door?.locked ?? false,
    capacity: door?.capacity === undefined ? '' : String(door.capacity),
    opensAt: fieldOfTime(door?.opensAt),
    ends: door?.whenEmpty === 'end',
  };
}

/** What has to be said to get from `before` to what the fields say, or the field that does not do. */
export function doorOrder(fields: DoorFields, before: DoorInfo | undefined): DoorOrder | DoorFault {
  const { password, removePassword, waitingRoom, locked, ends } = fields;
  if (password !== '' && (password.length < MIN_PASSWORD_LENGTH || password.length > MAX_PASSWORD_LENGTH))
    return 'password';
  const capacity = fields.capacity.trim() === '' ? null : Number(fields.capacity);
  if (capacity !== null && (!Number.isInteger(capacity) || capacity < 1 || capacity > 1000)) return 'capacity';
  const was = fieldsOfDoor(before);
  return {
    ...(removePassword ? { password: null } : password !== '' && { password }),
    ...(waitingRoom !== was.waitingRoom && { waitingRoom }),
    ...(locked !== was.locked && { locked }),
    ...(capacity !== (before?.capacity ?? null) && { capacity }),
    // A field has no seconds: untouched it must not move the time.
    ...(fields.opensAt !== was.opensAt && { opensAt: timeOfField(fields.opensAt) ?? null }),
    ...(ends !== was.ends && { whenEmpty: ends ? ('end' as const) : ('keep' as const) }),
  };
}
