/** Who has done something in a room over HTTP: the one of its people who came with that token, as they are called there. */
import type { Moderator } from '../api/moderation-port.ts';
import type { EventPerson } from '../events/event.ts';
import type { Participant } from '../room/participant.ts';
import type { Room } from '../room/room.ts';

/** The one in the room, if it is known which of them it was; else what the token says. */
export function actingPerson(room: Pick<Room, 'find' | 'participants'>, { person, tokenId }: Moderator): EventPerson {
  const known = room.find(person.id);
  const holders = tokenId === undefined ? [] : room.participants.filter((one) => one.tokenId === tokenId);
  // Several people may have come by one link: then it is not known which of them it was.
  const [holder] = known ? [known] : holders.length === 1 ? holders : [];
  return holder ? personOf(holder) : person;
}

/** The name to tell others; undefined for an admin who is not in the room, and for who has none. */
export function toldName({ name, role }: EventPerson): string | undefined {
  return name === '' || role === 'admin' ? undefined : name;
}

/** Somebody in a room, as events name them. */
export function personOf({ id, name, role }: Participant): EventPerson {
  return { id, name, role };
}
