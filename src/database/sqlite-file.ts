/** Opening a file of SQLite. */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ConfigError, messageOf } from '../errors.ts';

/** How long a statement waits for another process's lock. */
const BUSY_TIMEOUT_MS = 5000;
const OWNER_ONLY = 0o600;
/** SQLite's name for one that is in no file. */
const IN_MEMORY = ':memory:';

/** Makes its folder when it is missing. @throws ConfigError when it cannot be opened, or is damaged */
export function openFile(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    // Secrets are in it, and a folder that somebody made beforehand may be open to all. SQLite gives the files beside it the same mode.
    if (path !== IN_MEMORY) closeSync(openSync(path, 'a', OWNER_ONLY));
    database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on;');
    // Each page, and not each entry of each index: of a million messages that took seconds of a start. A backup looks at those, too.
    const rows = database.prepare('pragma quick_check(1)').all();
    const verdict = rows[0]?.['quick_check'];
    if (verdict !== 'ok') throw new Error(String(verdict));
    return database;
  } catch (error) {
    if (database?.isOpen) database.close();
    throw new ConfigError(
      `The database ${path} cannot be used (${messageOf(error)}); check the folder's owner and free space, or restore a backup.`,
      error,
    );
  }
}
