/** What the host of rooms tells of them. */
import type { EventPerson } from '../events/event.ts';
import type { Room } from '../room/room.ts';

/** By name of what happened. */
export type RoomHistory = {
  /** A room is there: a new one, or one that was stored. */
  opened: Room;
  created: { readonly room: Room; readonly by: EventPerson | undefined };
  /** `what`: names of the settings that were given. */
  changed: { readonly room: Room; readonly by: EventPerson | undefined; readonly what: readonly string[] };
  deleted: { readonly room: Room; readonly by: EventPerson | undefined };
  began: { readonly room: Room; readonly session: string; readonly resumed: boolean };
  ended: { readonly room: Room; readonly session: string };
};
