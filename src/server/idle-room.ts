/** Whether anything is going on in a room. */
import type { Room } from '../room/room.ts';

/** Whether nobody is there, or nobody sends anything: all tracks are paused or muted. */
export function isIdle(room: Pick<Room, 'participants'> | undefined): boolean {
  if (!room) return true;
  return !room.participants.some(({ tracks }) => [...tracks.values()].some(({ state }) => state === 'live'));
}
