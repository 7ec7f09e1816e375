/** Where the database lies. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { databaseFileOf } from '../config/database-url.ts';
import type { Config } from '../config/schema.ts';
import type { DatabasePlace } from '../database/database.ts';
import { ConfigError } from '../errors.ts';

/** In the data folder, unless the configuration names another place. */
export const DATABASE_FILE = 'gridcast.db';

/** The server that is named, or the absolute path of the file, which may not exist yet. */
export function databasePlace({ database: { url }, server: { data } }: Config): DatabasePlace {
  const named = url === undefined ? undefined : databaseFileOf(url);
  if (url !== undefined && named === undefined) return { postgres: url };
  return { path: resolve(named ?? join(data, DATABASE_FILE)) };
}

/**
 * Whoever names another file while the data folder has a database would begin anew without a word.
 * @throws ConfigError when that is so.
 */
export function checkDatabaseFile(config: Config, path: string): void {
  const usual = usualFile(config);
  if (path === usual || existsSync(path) || !existsSync(usual)) return;
  throw new ConfigError(
    `DATABASE_URL names ${path}, which does not exist, while the data folder has a database: move ${usual} there, ` +
      'or leave DATABASE_URL out.',
  );
}

/**
 * The same for a database on a server, which is known to be empty only once it is connected.
 * @throws ConfigError when the data folder has a database.
 */
export function checkNothingForgotten(config: Config): void {
  const usual = usualFile(config);
  if (!existsSync(usual)) return;
  throw new ConfigError(
    'DATABASE_URL names a database that is empty, while the data folder has one: move that there with "gridcast move-database", ' +
      `leave DATABASE_URL out, or move ${usual} away to begin anew.`,
  );
}

/** The absolute path of the file in the data folder, which may not exist. */
export function usualFile({ server: { data } }: Config): string {
  return resolve(data, DATABASE_FILE);
}
