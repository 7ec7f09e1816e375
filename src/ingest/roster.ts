/** The roster as it is sent. */
import type { RosterEntry } from '../protocol/messages.ts';
import type { Room } from '../room/room.ts';

/** Everybody in the room, in the order they joined. */
export function rosterOf(room: Room): RosterEntry[] {
  return room.participants.map(({ id, name, role, silenced, detached, hand, consent, withheld, signals, tracks }) => ({
    id,
    name,
    role,
    muted: silenced,
    connected: !detached,
    ...(hand !== undefined && { hand }),
    ...(consent !== undefined && { consent }),
    ...(withheld && { withheld }),
    ...(signals.length > 0 && {
      signals: signals.map(({ kind, track }) => ({ kind, ...(track !== undefined && { track }) })),
    }),
    tracks: [...tracks.values()].map(({ number, kind, source, state, since }) => ({
      track: number,
      kind,
      source,
      state,
      since,
    })),
  }));
}
