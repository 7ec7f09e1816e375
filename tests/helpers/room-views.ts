/** Rooms and people as the API's ports show them, for tests that have no real rooms. */
import type { ParticipantView, ProgramSettings, RoomView } from '../../src/api/ports.ts';
import { configSchema } from '../../src/config/schema.ts';
import { annotationSchema } from '../../src/layout/annotation.ts';
import { layoutSchema } from '../../src/layout/layout.ts';
import {
  changedDoor,
  type DoorOrder,
  doorSettingsSchema,
  type DoorView,
  doorView,
} from '../../src/room/door-settings.ts';
import { programSettings } from '../../src/server/program-settings.ts';

/** The program that the defaults of the configuration make. */
export const DEFAULT_PROGRAM: ProgramSettings = programSettings(configSchema.parse({}).program);

/** A room that nobody has set anything of, and what is to be different. */
export function viewOfRoom(id: string, change: Partial<RoomView> = {}): RoomView {
  return {
    id,
    title: id,
    createdAt: '2026-01-01T00:00:00.000Z',
    live: false,
    recording: false,
    participants: 0,
    program: { ordered: DEFAULT_PROGRAM },
    layout: layoutSchema.parse({}),
    annotation: annotationSchema.parse({}),
    viewing: { access: 'public', profile: 'standard', abr: false, captions: false },
    chat: { viewers: 'read', slowSeconds: 0, private: true },
    door: doorView(doorSettingsSchema.parse({})),
    files: { enabled: true },
    recordingRules: { auto: false, consent: 'notice' },
    images: { logo: false, background: false },
    ...change,
  };
}

/** A door after a change, as it is shown. */
export function changedDoorView({ passwordSet, ...door }: DoorView, order?: DoorOrder): DoorView {
  return doorView(changedDoor({ ...door, ...(passwordSet && { password: '$old' }) }, order, '$new'));
}

/** Somebody without tracks, and what is to be different. */
export function viewOfParticipant(id: string, change: Partial<ParticipantView> = {}): ParticipantView {
  const unchanged = { muted: false, gain: 0, connected: true, speaking: false, avatar: false };
  return { id, name: id, role: 'participant', ...unchanged, tracks: [], ...change };
}
