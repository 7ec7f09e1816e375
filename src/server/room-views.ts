/** Rooms and participants as the API shows them. */
import type { ParticipantView, ProgramSettings, RecordingRules, RoomView, ViewingSettings } from '../api/ports.ts';
import { doorView } from '../room/door-settings.ts';
import type { Participant } from '../room/participant.ts';
import type { Room } from '../room/room.ts';
import type { RoomPipeline } from './room-pipeline.ts';

/** One room. `ordered`, `viewing` and `recordingRules`: from the next session on; `pipeline`: the session that runs. */
export function roomView(
  room: Room,
  ordered: ProgramSettings,
  viewing: ViewingSettings,
  recordingRules: RecordingRules,
  pipeline: Pick<RoomPipeline, 'program' | 'monitor'> | undefined,
): RoomView {
  return {
    id: room.id,
    title: room.title,
    createdAt: room.createdAt.toISOString(),
    live: pipeline !== undefined,
    recording: room.recording,
    participants: room.participants.length,
    program: { ordered, ...(pipeline && { inForce: pipeline.program }) },
    layout: room.layout,
    annotation: room.annotation,
    viewing,
    recordingRules,
    chat: room.chat,
    door: doorView(room.door.settings),
    files: room.files,
    images: { logo: room.image('logo') !== undefined, background: room.image('background') !== undefined },
    ...(pipeline && { health: pipeline.monitor.health }),
  };
}

/** One participant of `room`. */
export function participantView(room: Room, participant: Participant): ParticipantView {
  const { id, name, role, tracks, silenced, gainDb, detached, hand, avatar } = participant;
  return {
    id,
    name,
    role,
    muted: silenced,
    gain: gainDb,
    connected: !detached,
    ...(hand !== undefined && { hand }),
    speaking: room.speaking.participants.includes(id),
    avatar: avatar !== undefined,
    tracks: [...tracks.values()].map(({ number, kind, source, state }) => ({ track: number, kind, source, state })),
  };
}
