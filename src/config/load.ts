/** Defaults, then the file, then the environment; checked once, as a whole. */
import type { z } from 'zod';
import { ConfigError, messageOf } from '../errors.ts';
import {
  CONFIG_FILE_VARIABLE,
  type EnvironmentValue,
  type KeyPath,
  readEnvironment,
  unknownVariables,
} from './environment.ts';
import { explain } from './explain.ts';
import { type Config, configSchema } from './schema.ts';
import { parseYaml, type YamlFile } from './yaml-file.ts';

/**
 * The configuration a start uses.
 * @param env the environment variables; `GRIDCAST_CONFIG` names the YAML file, if there is one
 * @param readFile the text of a file; throws when it cannot be read
 * @throws ConfigError with one sentence, on a line of its own, for each unknown key and each bad value
 */
export function loadConfig(env: NodeJS.ProcessEnv, readFile: (path: string) => string): Config {
  const faults = [...unknownVariables(env)];
  const path = env[CONFIG_FILE_VARIABLE];
  const file = path ? openFile(path, readFile) : undefined;
  if (file && file.mistakes.length > 0) throw new ConfigError([...faults, ...file.mistakes].join('\n'));

  const values = readEnvironment(env);
  const input = merge(file?.value ?? {}, values);
  const result = configSchema.safeParse(input);
  if (!result.success) {
    const nameOf = (key: KeyPath): string => nameKey(key, values, file, path);
    for (const issue of result.error.issues) faults.push(...explain(issue, input, nameOf, keysAt));
  }
  if (faults.length > 0 || !result.success) throw new ConfigError(faults.join('\n'));
  return result.data;
}

function openFile(path: string, readFile: (path: string) => string): YamlFile {
  try {
    return parseYaml(readFile(path), path);
  } catch (error) {
    throw new ConfigError(
      `${CONFIG_FILE_VARIABLE} names ${path}, which cannot be read (${messageOf(error)}): copy config.example.yml there, or unset the variable.`,
      error,
    );
  }
}

/** The file's values with those of the environment over them. */
function merge(file: unknown, values: readonly EnvironmentValue[]): unknown {
  if (!isGroup(file)) return file;
  const merged: Record<PropertyKey, unknown> = { ...file };
  for (const { path, value } of values) {
    const [group, key] = path;
    if (group === undefined || key === undefined) continue;
    const inner = merged[group];
    // A group that is no group is a fault of the file, and the schema says so.
    if (inner === undefined || isGroup(inner)) merged[group] = { ...inner, [key]: value };
  }
  return merged;
}

function isGroup(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameKey(
  key: KeyPath,
  values: readonly EnvironmentValue[],
  file: YamlFile | undefined,
  path: string | undefined,
): string {
  const fromEnvironment = values.find((value) => value.path.join('.') === key.join('.'));
  if (fromEnvironment) return fromEnvironment.variable;
  const line = file?.lineOf(key);
  const where = line === undefined ? path : `${path}, line ${line}`;
  return key.length === 0 ? `The whole of ${path}` : `"${key.join('.')}"${where ? ` in ${where},` : ''}`;
}

/** The keys that the schema knows below `path`. */
function keysAt(path: KeyPath): readonly string[] {
  let schema: unknown = configSchema;
  for (const part of path) schema = shapeOf(schema)[String(part)];
  return Object.keys(shapeOf(schema));
}

function shapeOf(schema: unknown): Readonly<Record<string, unknown>> {
  let inner = schema as z.core.$ZodType | undefined;
  while (inner && 'innerType' in inner._zod.def) inner = inner._zod.def.innerType as z.core.$ZodType;
  return inner && 'shape' in inner._zod.def ? (inner._zod.def.shape as Record<string, unknown>) : {};
}
