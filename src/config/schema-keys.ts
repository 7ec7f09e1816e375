/** Looks into the schema of the configuration: which keys there are, and what each may hold. */
import type { z } from 'zod';
import type { KeyPath } from './environment.ts';
import { configSchema } from './schema.ts';

/** One key that holds a value, not a group of keys. */
export interface SettingKey {
  /** From the root. */
  readonly path: readonly string[];
  /** The value is a number, yes or no, or one of some words; else it is a text that somebody made up. */
  readonly closed: boolean;
}

const CLOSED = new Set(['number', 'int', 'boolean', 'enum', 'literal']);

/** The keys that the schema knows below `path`. */
export function keysAt(path: KeyPath): readonly string[] {
  let schema: unknown = configSchema;
  for (const part of path) schema = shapeOf(schema)[String(part)];
  return Object.keys(shapeOf(schema));
}

/** Every key that holds a value, in the order of the schema. */
export function settingKeys(): readonly SettingKey[] {
  return below([], configSchema);
}

function below(path: readonly string[], schema: unknown): readonly SettingKey[] {
  const inner = Object.entries(shapeOf(schema));
  if (inner.length === 0) return [{ path, closed: CLOSED.has(unwrapped(schema)?._zod.def.type ?? '') }];
  return inner.flatMap(([key, value]) => below([...path, key], value));
}

function shapeOf(schema: unknown): Readonly<Record<string, unknown>> {
  const inner = unwrapped(schema);
  return inner && 'shape' in inner._zod.def ? (inner._zod.def.shape as Record<string, unknown>) : {};
}

/** What stands behind defaults and being optional. */
function unwrapped(schema: unknown): z.core.$ZodType | undefined {
  let inner = schema as z.core.$ZodType | undefined;
  while (inner && 'innerType' in inner._zod.def) inner = inner._zod.def.innerType as z.core.$ZodType;
  return inner;
}
