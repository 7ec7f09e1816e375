/** The SQL database: what must be true after a crash, except media. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { ConfigError, messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import { type Migration, migrate } from './migrations.ts';
import { SqliteDialect } from './sqlite-driver.ts';

/** How long a statement waits for another process's lock. */
const BUSY_TIMEOUT_MS = 5000;

/** Options of `Database.open`. */
export interface DatabaseOptions {
  /** File of the database; its folder is made when missing. */
  readonly path: string;
  /** Every store's steps, in a fixed order. */
  readonly migrations: readonly Migration[];
  readonly log: Logger;
  readonly clock?: Clock;
}

/** One open SQLite file, checked and migrated. */
export class Database {
  readonly #kysely: Kysely<unknown>;
  #closing: Promise<void> | undefined;

  private constructor(kysely: Kysely<unknown>) {
    this.#kysely = kysely;
  }

  /** @throws ConfigError when the file cannot be opened, is damaged, or cannot be migrated. */
  static async open(options: DatabaseOptions): Promise<Database> {
    const clock = options.clock ?? systemClock;
    const kysely = new Kysely<unknown>({ dialect: new SqliteDialect(openFile(options.path)) });
    try {
      await migrate(kysely, options.migrations, new Date(clock.wallMs()).toISOString(), options.log);
    } catch (error) {
      await kysely.destroy();
      throw error;
    }
    return new Database(kysely);
  }

  /** Queries over the tables of one store. */
  tables<T>(): Kysely<T> {
    return this.#kysely as Kysely<T>;
  }

  /** Closes the file; repeated calls give the same promise. */
  close(): Promise<void> {
    this.#closing ??= this.#kysely.destroy();
    return this.#closing;
  }
}

function openFile(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on;');
    const rows = database.prepare('pragma integrity_check(1)').all();
    const verdict = rows[0]?.['integrity_check'];
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
