/** Takes to a room what becomes of its recordings. */
import type { RecordedSession } from '../recorder/recordings/recordings-options.ts';
import type { RecordingMark, Room } from '../room/room.ts';

/** The rooms as the news need them. */
export interface NewsRooms {
  room(id: string): Pick<Room, 'recordingMark'> | undefined;
  /** The session that runs, if one does. */
  pipeline(id: string): { readonly sessionId: string } | undefined;
}

/**
 * What is told of a session that is not the room's any more is not heeded: one that is still ending, or that a crash broke off,
 * would take the mark, and with it everybody's choice not to be kept, from a session that is recorded.
 */
export function recordingNews(rooms: NewsRooms): (of: RecordedSession, mark: RecordingMark) => void {
  return ({ room: id, session }, mark) => {
    const present = rooms.pipeline(id);
    if (present && present.sessionId !== session) return;
    const room = rooms.room(id);
    if (room) room.recordingMark = mark;
  };
}
