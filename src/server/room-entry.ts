/** What the server holds of one room. */
import type { ProgramOrder, RecordingOrder, ViewingOrder } from '../config/schema.ts';
import type { ConsentRule } from '../room/consent.ts';
import type { Room } from '../room/room.ts';
import type { RoomSettings } from '../room/room-settings.ts';
import type { Disposer } from '../util/clock.ts';
import type { RoomPipeline } from './room-pipeline.ts';

/** A room, its orders for sessions to come, and the session that runs. */
export interface RoomEntry {
  readonly room: Room;
  /** For the next session. */
  order: ProgramOrder;
  /** For the next session, but for `access`. */
  viewing: ViewingOrder;
  /** For the next session, but for `consent`. */
  recording: RecordingOrder;
  passVersion: number;
  tokenVersion: number;
  pipeline: RoomPipeline | undefined;
  emptyTimer: Disposer | undefined;
  ending: Promise<void> | undefined;
  /** While it is being deleted. */
  removing: Promise<void> | undefined;
}

/** What of it is stored. */
export function settingsOf({ room, order, viewing, recording, passVersion }: RoomEntry): RoomSettings {
  const { layout, annotation, chat, files } = room;
  const door = room.door.settings;
  return { program: order, layout, annotation, viewing, recording, chat, door, files, passVersion };
}

/** Puts what is stored into force, but for the door. @param consent what the order of recordings means with the configuration */
export function takeSettings(entry: RoomEntry, settings: RoomSettings, consent: ConsentRule): void {
  const { room } = entry;
  const { program, layout, annotation, viewing, recording, chat, files, passVersion } = settings;
  entry.order = program;
  entry.viewing = viewing;
  entry.recording = recording;
  entry.passVersion = passVersion;
  room.consentRule = consent;
  room.chat = chat;
  room.files = files;
  // Whoever draws would begin anew.
  if (layout !== room.layout) room.layout = layout;
  if (annotation !== room.annotation) room.annotation = annotation;
}
