/** The environment variables that set a key of the configuration. */
import { didYouMean } from './did-you-mean.ts';

/** A key as its path from the root. */
export type KeyPath = readonly PropertyKey[];

/** Names the configuration file. */
export const CONFIG_FILE_VARIABLE = 'GRIDCAST_CONFIG';

const PREFIX = 'GRIDCAST_';

/** Every variable, and the key it sets. An empty variable counts as unset. */
export const VARIABLES: Readonly<Record<string, KeyPath>> = {
  GRIDCAST_PORT: ['server', 'port'],
  GRIDCAST_HOST: ['server', 'host'],
  GRIDCAST_DATA: ['server', 'data'],
  GRIDCAST_ADMIN_TOKEN: ['server', 'adminToken'],
  REDIS_URL: ['redis', 'url'],
  DATABASE_URL: ['database', 'url'],
  FFMPEG_PATH: ['ffmpeg', 'path'],
};

/** What one variable says. */
export interface EnvironmentValue {
  readonly variable: string;
  readonly path: KeyPath;
  readonly value: string | number;
}

/** The variables that are set; digits alone are a number. */
export function readEnvironment(env: NodeJS.ProcessEnv): readonly EnvironmentValue[] {
  return Object.entries(VARIABLES).flatMap(([variable, path]) => {
    const text = env[variable];
    if (text === undefined || text === '') return [];
    return [{ variable, path, value: path.at(-1) === 'port' && /^\d+$/.test(text) ? Number(text) : text }];
  });
}

/** One sentence for each variable that carries our prefix and is none of ours. */
export function unknownVariables(env: NodeJS.ProcessEnv): readonly string[] {
  const known = [...Object.keys(VARIABLES), CONFIG_FILE_VARIABLE];
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && !known.includes(name))
    .sort()
    .map((name) => {
      const meant = didYouMean(name, known);
      const remedy = meant
        ? `did you mean ${meant}?`
        : `known are ${known.filter((other) => other.startsWith(PREFIX)).join(', ')}.`;
      return `Unknown environment variable ${name}: ${remedy}`;
    });
}
