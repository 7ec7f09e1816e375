/** Defaults, then the file, then the environment; checked once, as a whole. */
import { readFileSync } from 'node:fs';
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
import { keysAt, settingKeys } from './schema-keys.ts';
import { parseYaml, type YamlFile } from './yaml-file.ts';

/** Keys with dots, and who set them; what is not among them has its default. */
export type ConfigOrigins = ReadonlyMap<string, 'file' | 'environment'>;

/** A configuration, and where its values come from. */
export interface LoadedConfig {
  readonly config: Config;
  readonly origins: ConfigOrigins;
}

/** The configuration a start uses. @throws ConfigError as `loadWithOrigins` does */
export function loadConfig(env: NodeJS.ProcessEnv, readFile = readText): Config {
  return loadWithOrigins(env, readFile).config;
}

/**
 * The configuration a start uses, with where its values come from.
 * @param env the environment variables; `GRIDCAST_CONFIG` names the YAML file, if there is one
 * @param readFile the text of a file; throws when it cannot be read. Default: from the disk
 * @throws ConfigError with one sentence, on a line of its own, for each unknown key and each bad value
 */
export function loadWithOrigins(env: NodeJS.ProcessEnv, readFile = readText): LoadedConfig {
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
  return { config: result.data, origins: originsOf(file?.value, values) };
}

function readText(path: string): string {
  return readFileSync(path, 'utf8');
}

function originsOf(file: unknown, values: readonly EnvironmentValue[]): ConfigOrigins {
  const written = settingKeys().filter(({ path }) => path.reduce(inside, file) !== undefined);
  return new Map([
    ...written.map(({ path }) => [path.join('.'), 'file'] as const),
    ...values.map(({ path }) => [path.join('.'), 'environment'] as const),
  ]);
}

function inside(value: unknown, key: string): unknown {
  return isGroup(value) ? value[key] : undefined;
}

function openFile(path: string, readFile: typeof readText): YamlFile {
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
