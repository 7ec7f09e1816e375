/** The SQL database: what must be true after a crash, except media. */
import { HandleEmptyInListsPlugin, Kysely, replaceWithNoncontingentExpression, sql } from 'kysely';
import type { Logger } from '../logger.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import { type Migration, migrate } from './migrations.ts';
import { connectPostgres, highestOfPostgres } from './postgres.ts';
import { PostgresDefinitions } from './postgres-definitions.ts';
import { SqliteDialect, highestOfSqlite } from './sqlite-driver.ts';
import { openFile } from './sqlite-file.ts';

/** Where a database is: `path`, a file whose folder is made when missing, or `postgres`, the address of one on a server. */
export type DatabasePlace = { readonly path: string } | { readonly postgres: string };

/** Options of `Database.open`. */
export type DatabaseOptions = DatabasePlace & {
  /** Every store's steps, in a fixed order. */
  readonly migrations: readonly Migration[];
  readonly log: Logger;
  readonly clock?: Clock;
  /** Called before the first table is made in a database that has none; what it throws ends the opening. */
  readonly onEmpty?: () => void;
};

/** One open database, checked and migrated. */
export class Database {
  readonly #kysely: Kysely<unknown>;
  readonly #isPostgres: boolean;
  #closing: Promise<void> | undefined;

  private constructor(kysely: Kysely<unknown>, isPostgres: boolean) {
    this.#kysely = kysely;
    this.#isPostgres = isPostgres;
  }

  /** @throws ConfigError when it cannot be opened, is damaged, is another server's, or cannot be migrated. */
  static async open(options: DatabaseOptions): Promise<Database> {
    const { clock = systemClock, log, migrations, onEmpty } = options;
    const isPostgres = 'postgres' in options;
    const dialect = isPostgres
      ? await connectPostgres(options.postgres, log)
      : new SqliteDialect(openFile(options.path));
    // Postgres refuses an empty list; to both it stands for nothing.
    const emptyLists = new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression });
    const kysely = new Kysely<unknown>({ dialect, plugins: [emptyLists] });
    try {
      const defining = isPostgres ? kysely.withPlugin(new PostgresDefinitions()) : kysely;
      const appliedAt = new Date(clock.wallMs()).toISOString();
      await migrate(defining, { migrations, appliedAt, log, ...(onEmpty && { onEmpty }) });
    } catch (error) {
      await kysely.destroy();
      throw error;
    }
    return new Database(kysely, isPostgres);
  }

  /** Queries over the tables of one store. */
  tables<T>(): Kysely<T> {
    return this.#kysely as Kysely<T>;
  }

  /** The highest number that a column which numbers its rows has ever given, also to rows that are gone; 0 before the first. */
  highestGiven(table: string, column: string): Promise<number> {
    const highest = this.#isPostgres ? highestOfPostgres : highestOfSqlite;
    return highest(this.#kysely, table, column);
  }

  /** Rejects when it does not answer. */
  async ping(): Promise<void> {
    await sql`select 1`.execute(this.#kysely);
  }

  /** Closes it; repeated calls give the same promise. */
  close(): Promise<void> {
    this.#closing ??= this.#kysely.destroy();
    return this.#closing;
  }
}
