/** What a room is set to, as stored: its order for the program, its layout and what is drawn over it. */
import { type ZodType, z } from 'zod';
import { type ProgramOrder, programOrderSchema } from '../config/schema.ts';
import { type Annotation, annotationSchema } from '../layout/annotation.ts';
import { type Layout, layoutSchema } from '../layout/layout.ts';

/** Everything that can be set of a room beside its title and pictures. */
export interface RoomSettings {
  /** Only what differs from the configuration. */
  readonly program: ProgramOrder;
  readonly layout: Layout;
  readonly annotation: Annotation;
}

/** Why a stored part was not taken. */
export interface SettingsFault {
  readonly part: keyof RoomSettings | 'all';
  readonly reason: string;
}

const stored = z.record(z.string(), z.unknown());

/** A room that nobody has set anything of. */
export function defaultSettings(): RoomSettings {
  return { program: {}, layout: layoutSchema.parse({}), annotation: annotationSchema.parse({}) };
}

/**
 * Reads JSON text of the database. Each part that does not fit (another version wrote it, or a hand) falls back to its
 * defaults and is told to `onFault`: a room must never be lost over its colours.
 */
export function parseSettings(text: string, onFault: (fault: SettingsFault) => void): RoomSettings {
  const whole = read(stored, 'all', {}, parseJson(text), onFault);
  const defaults = defaultSettings();
  return {
    program: read(programOrderSchema, 'program', defaults.program, whole['program'] ?? {}, onFault),
    layout: read(layoutSchema, 'layout', defaults.layout, whole['layout'] ?? {}, onFault),
    annotation: read(annotationSchema, 'annotation', defaults.annotation, whole['annotation'] ?? {}, onFault),
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
