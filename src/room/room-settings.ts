/** A room's settings as stored: program, viewing, layout and annotation. */
import { type ZodType, z } from 'zod';
import {
  type ProgramOrder,
  programOrderSchema,
  type RecordingOrder,
  recordingOrderSchema,
  type ViewingOrder,
  viewingOrderSchema,
} from '../config/schema.ts';
import { type Annotation, annotationSchema } from '../layout/annotation.ts';
import { type Layout, layoutSchema } from '../layout/layout.ts';
import { type ChatSettings, chatSettingsSchema } from './chat-settings.ts';
import { type DoorSettings, doorSettingsSchema } from './door-settings.ts';
import { type FileSettings, fileSettingsSchema } from './file-settings.ts';

/** Everything that can be set of a room beside its title and pictures. */
export interface RoomSettings {
  /** Only what differs from the configuration. */
  readonly program: ProgramOrder;
  readonly layout: Layout;
  readonly annotation: Annotation;
  /** Only what differs from the configuration. */
  readonly viewing: ViewingOrder;
  /** Only what differs from the configuration. */
  readonly recording: RecordingOrder;
  readonly chat: ChatSettings;
  readonly door: DoorSettings;
  readonly files: FileSettings;
  /** How often the room was made private: viewers' passes of another count do not hold. */
  readonly passVersion: number;
}

/** Why a stored part was not taken. */
export interface SettingsFault {
  readonly part: keyof RoomSettings | 'all';
  readonly reason: string;
}

const stored = z.record(z.string(), z.unknown());
const count = z.int().min(0);
// Nobody knows that a room was public whose own settings cannot be read.
const CLOSED: ViewingOrder = { access: 'private' };
// Nor that nobody wanted to be asked.
const ASKED: RecordingOrder = { consent: 'ask' };
// Nor that viewers could read along, or people write in private.
const QUIET: ChatSettings = chatSettingsSchema.parse({ viewers: 'off', private: false });
// Nor that its door stood open.
const LOCKED: DoorSettings = doorSettingsSchema.parse({ locked: true });
// Nor that files could be shared.
const FILES_OFF: FileSettings = { enabled: false };

/** A room that nobody has set anything of. */
export function defaultSettings(): RoomSettings {
  return {
    program: {},
    layout: layoutSchema.parse({}),
    annotation: annotationSchema.parse({}),
    viewing: {},
    recording: {},
    chat: chatSettingsSchema.parse({}),
    door: doorSettingsSchema.parse({}),
    files: fileSettingsSchema.parse({}),
    passVersion: 0,
  };
}

/**
 * Reads JSON text of the database. Each part that does not fit (another version wrote it, or a hand) falls back to its
 * defaults and is told to `onFault`: a room must never be lost over its colours. But it never becomes public that way,
 * nor keeps whom it had to ask, nor opens its door.
 */
export function parseSettings(text: string, onFault: (fault: SettingsFault) => void): RoomSettings {
  const whole = read(
    stored,
    'all',
    { viewing: CLOSED, recording: ASKED, chat: QUIET, door: LOCKED, files: FILES_OFF },
    parseJson(text),
    onFault,
  );
  const defaults = defaultSettings();
  return {
    program: read(programOrderSchema, 'program', defaults.program, whole['program'] ?? {}, onFault),
    layout: read(layoutSchema, 'layout', defaults.layout, whole['layout'] ?? {}, onFault),
    annotation: read(annotationSchema, 'annotation', defaults.annotation, whole['annotation'] ?? {}, onFault),
    viewing: read(viewingOrderSchema, 'viewing', CLOSED, whole['viewing'] ?? {}, onFault),
    recording: read(recordingOrderSchema, 'recording', ASKED, whole['recording'] ?? {}, onFault),
    chat: read(chatSettingsSchema, 'chat', QUIET, whole['chat'] ?? {}, onFault),
    door: read(doorSettingsSchema, 'door', LOCKED, whole['door'] ?? {}, onFault),
    files: read(fileSettingsSchema, 'files', FILES_OFF, whole['files'] ?? {}, onFault),
    passVersion: read(count, 'passVersion', defaults.passVersion, whole['passVersion'] ?? 0, onFault),
  };
}

function read<T>(
  schema: ZodType<T>,
  part: SettingsFault['part'],
  fallback: T,
  value: unknown,
  onFault: (fault: SettingsFault) => void,
): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  onFault({ part, reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'does not fit'}` });
  return fallback;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
