/** Where the database lies. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { databaseFileOf } from '../config/database-url.ts';
import type { Config } from '../config/schema.ts';
import { ConfigError } from '../errors.ts';

/** In the data folder, unless the configuration names another place. */
export const DATABASE_FILE = 'gridcast.db';

/** Absolute path of the file, which may not exist yet. */
export function databasePath(config: Config): string {
  const { url } = config.database;
  const named = url === undefined ? undefined : databaseFileOf(url);
  return resolve(named ?? join(config.server.data, DATABASE_FILE));
}

/**
 * Whoever names a place while the data folder has a database would begin anew without a word.
 * @throws ConfigError when that is so.
 */
export function checkDatabasePlace(config: Config): void {
  const [path, usual] = [databasePath(config), resolve(config.server.data, DATABASE_FILE)];
  if (path === usual || existsSync(path) || !existsSync(usual)) return;
  throw new ConfigError(
    `DATABASE_URL names ${path}, which does not exist, while the data folder has a database: move ${usual} there, ` +
      'or leave DATABASE_URL out.',
  );
}
