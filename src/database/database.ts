/** The SQL database: what must be true after a crash, except media. */
import {
  type Dialect,
  HandleEmptyInListsPlugin,
  Kysely,
  type KyselyPlugin,
  replaceWithNoncontingentExpression,
  sql,
} from 'kysely';
import type { Logger } from '../logger.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import { type Migration, migrate } from './migrations.ts';
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

type HighestGiven = (db: Kysely<unknown>, table: string, column: string) => Promise<number>;

/** What differs between the two kinds. */
interface Kind {
  readonly dialect: Dialect;
  readonly highestGiven: HighestGiven;
  /** Translates the definitions of tables. */
  readonly definitions?: KyselyPlugin;
}

/** One open database, checked and migrated. */
export class Database {
  readonly #kysely: Kysely<unknown>;
  readonly #highestGiven: HighestGiven;
  #closing: Promise<void> | undefined;

  private constructor(kysely: Kysely<unknown>, highestGiven: HighestGiven) {
    this.#kysely = kysely;
    this.#highestGiven = highestGiven;
  }

  /** @throws ConfigError when it cannot be opened, is damaged, is another server's, or cannot be migrated. */
  static async open(options: DatabaseOptions): Promise<Database> {
    const { clock = systemClock, log, migrations, onEmpty } = options;
    const { dialect, highestGiven, definitions } =
      'postgres' in options ? await openServer(options.postgres, log) : openPath(options.path);
    // Postgres refuses an empty list; to both it stands for nothing.
    const emptyLists = new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression });
    const kysely = new Kysely<unknown>({ dialect, plugins: [emptyLists] });
    try {
      const defining = definitions ? kysely.withPlugin(definitions) : kysely;
      const appliedAt = new Date(clock.wallMs()).toISOString();
      await migrate(defining, { migrations, appliedAt, log, ...(onEmpty && { onEmpty }) });
    } catch (error) {
      await kysely.destroy();
      throw error;
    }
    return new Database(kysely, highestGiven);
  }

  /** Queries over the tables of one store. */
  tables<T>(): Kysely<T> {
    return this.#kysely as Kysely<T>;
  }

  /** The highest number that a column which numbers its rows has ever given, also to rows that are gone; 0 before the first. */
  highestGiven(table: string, column: string): Promise<number> {
    return this.#highestGiven(this.#kysely, table, column);
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

function openPath(path: string): Kind {
  return { dialect: new SqliteDialect(openFile(path)), highestGiven: highestOfSqlite };
}

async function openServer(url: string, log: Logger): Promise<Kind> {
  // Whoever has a file needs no driver for servers, which takes some 40 ms of a start to load.
  const { connectPostgres, highestOfPostgres } = await import('./postgres.ts');
  const dialect = await connectPostgres(url, log);
  return { dialect, highestGiven: highestOfPostgres, definitions: new PostgresDefinitions() };
}
