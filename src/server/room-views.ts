/** Rooms and participants as the API shows them. */
import type { ParticipantView, RoomView } from '../api/ports.ts';
import type { Participant, Room } from '../room/room.ts';

/** One room. `live`: its program is being made. */
export function roomView(room: Room, live: boolean): RoomView {
  return {
    id: room.id,
    title: room.title,
    createdAt: room.createdAt.toISOString(),
    live,
    recording: room.recording,
    participants: room.participants.length,
  };
}

/** One participant. */
export function participantView({ id, name, role, tracks }: Participant): ParticipantView {
  const shown = [...tracks.values()].map(({ number, kind, source }) => ({ track: number, kind, source }));
  return { id, name, role, tracks: shown };
}
