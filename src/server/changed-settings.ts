/** What a change makes of a room's settings. */
import type { RoomChange } from '../api/ports.ts';
import { chatSettingsSchema } from '../room/chat-settings.ts';
import { changedDoor } from '../room/door-settings.ts';
import { fileSettingsSchema } from '../room/file-settings.ts';
import type { RoomSettings } from '../room/room-settings.ts';
import { changedOrder } from './program-settings.ts';
import { changedRecording } from './recording-rules.ts';
import type { PipelineOptions } from './room-pipeline.ts';
import { changedViewing, orderedViewing } from './viewing-settings.ts';

/**
 * The settings after a change. @param password hash of the new one; undefined when the change has none
 * @throws BadRequestError `invalid_program`
 */
export function changedSettings(
  configured: Pick<PipelineOptions, 'program' | 'hls'>,
  before: RoomSettings,
  { program, layout, annotation, viewing, recording, chat, door, files }: RoomChange,
  password: string | undefined,
): RoomSettings {
  const changed = changedViewing(before.viewing, viewing);
  const accessOf = (order: RoomSettings['viewing']) => orderedViewing(configured.hls, order).access;
  const closes = accessOf(before.viewing) === 'public' && accessOf(changed) === 'private';
  return {
    program: changedOrder(configured.program, before.program, program),
    layout: layout ?? before.layout,
    annotation: annotation ?? before.annotation,
    viewing: changed,
    recording: changedRecording(before.recording, recording),
    chat: chatSettingsSchema.parse({ ...before.chat, ...chat }),
    door: changedDoor(before.door, door, password),
    files: fileSettingsSchema.parse({ ...before.files, ...files }),
    passVersion: before.passVersion + (closes ? 1 : 0),
  };
}
