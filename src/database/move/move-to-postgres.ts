/** Moves what a file of SQLite holds to a database on a Postgres server: all of it, or nothing. */
import { Kysely, type Transaction } from 'kysely';
import { postgresName } from '../../config/database-url.ts';
import { AppError, ConfigError, ConflictError, UnavailableError, messageOf } from '../../errors.ts';
import { nullLogger } from '../../logger.ts';
import { type Migration, unknownStep } from '../migrations.ts';
import { connectPostgres } from '../postgres.ts';
import { PostgresTarget, type TargetColumn, type TargetTables } from './postgres-target.ts';
import { RowDigest } from './row-digest.ts';
import { type SourceTable, SqliteSource, told, type Value } from './sqlite-source.ts';

/** How far it is, in rows. */
export interface MoveProgress {
  readonly phase: 'copying' | 'checking';
  readonly done: number;
  readonly total: number;
}

/** What is moved, and where. */
export interface MoveOrder {
  /** The file's path; nobody else may use it meanwhile. */
  readonly file: string;
  /** The database's address. */
  readonly postgres: string;
  /** Every store's steps. */
  readonly migrations: readonly Migration[];
  /** Once it is aborted nothing is changed, and its reason is thrown; too late when the last step has begun. */
  readonly signal: AbortSignal;
  /** Called for every few hundred rows. */
  readonly onProgress: (progress: MoveProgress) => void;
}

/** What was moved. */
export interface MoveReport {
  readonly tables: ReadonlyArray<{ readonly name: string; readonly rows: number }>;
  /** Tables of the file that are not Gridcast's. */
  readonly foreign: readonly string[];
  /** All of it was there: it was moved before. */
  readonly wasThere: boolean;
}

/** A batch ends with so many rows, or so many bytes, about. */
const BATCH_ROWS = 500;
const BATCH_BYTES = 1_000_000;

/**
 * The tables are made by the steps that made the file's, so that an older file is moved as it is and brought up to date by the next
 * start. The file is only read. Afterwards both hold the same; which of them counts is for the caller to say.
 * @throws ConfigError when either cannot be used, or a server uses the database; ConflictError `database_not_empty`;
 * UnavailableError `move_failed`; the signal's reason
 */
export async function moveToPostgres(order: MoveOrder): Promise<MoveReport> {
  const source = SqliteSource.open(order.file);
  try {
    const unknown = unknownStep(source.steps, order.migrations);
    if (unknown !== undefined) {
      throw new ConfigError(
        `The database ${order.file} was written by a newer version (it has step "${unknown}"); move it with that version.`,
      );
    }
    const kysely = new Kysely<unknown>({ dialect: await connectPostgres(order.postgres, nullLogger) });
    try {
      return await moveRows(order, source, kysely);
    } finally {
      await kysely.destroy();
    }
  } finally {
    source.close();
  }
}

async function moveRows(order: MoveOrder, source: SqliteSource, kysely: Kysely<unknown>): Promise<MoveReport> {
  let cause: unknown;
  let committing = false;
  try {
    return await kysely.transaction().execute(async (transaction) => {
      try {
        const report = await new Move(order, source, transaction).run();
        order.signal.throwIfAborted();
        committing = true;
        return report;
      } catch (error) {
        cause = error;
        throw error;
      }
    });
  } catch (error) {
    // Where the connection is lost, going back fails, too, and says less.
    throw failure(order, cause ?? error, committing);
  }
}

function failure({ file, postgres, signal }: MoveOrder, thrown: unknown, committing: boolean): unknown {
  // What a server says while its database is away is not enough here: what has become of the move counts.
  const error = thrown instanceof AppError && thrown.code === 'database_unavailable' ? thrown.cause : thrown;
  if (error instanceof AppError || (signal.aborted && error === signal.reason)) return error;
  const { detail } = error as { detail?: unknown };
  const reason = typeof detail === 'string' ? `${messageOf(error)}: ${detail}` : messageOf(error);
  const what = `The database ${file} could not be moved to ${postgresName(postgres)} (${reason})`;
  const state = committing
    ? 'whether it is there is not known: run the command again, which finds out'
    : 'nothing was changed: mend that and run it again';
  return new UnavailableError('move_failed', `${what}; ${state}.`, error);
}

/** One move, inside one transaction. */
class Move {
  readonly #order: MoveOrder;
  readonly #source: SqliteSource;
  readonly #target: PostgresTarget;
  #done = 0;
  #total = 0;

  constructor(order: MoveOrder, source: SqliteSource, transaction: Transaction<unknown>) {
    this.#order = order;
    this.#source = source;
    this.#target = new PostgresTarget(transaction);
  }

  async run(): Promise<MoveReport> {
    const { migrations } = this.#order;
    const { steps } = this.#source;
    const before = await this.#target.tables();
    const occupied = await this.#occupied(before);
    if (occupied !== undefined) return this.#compareAll(before, occupied);
    await this.#target.build(migrations.filter(({ name }) => steps.has(name)));
    const made = await this.#target.tables();
    const tables = this.#source.tables.filter(({ name }) => made.has(name));
    this.#total = tables.reduce((sum, table) => sum + this.#source.count(table), 0);
    for (const table of tables) await this.#copy(table, columnsOf(table, made));
    const report = await this.#check(tables, made);
    if (typeof report !== 'string') return report;
    throw new UnavailableError(
      'move_failed',
      `The table ${report} came out of Postgres with other rows than ${this.#order.file} has; nothing was changed: run it ` +
        'again, with a database that is made anew.',
    );
  }

  /** A table that is in the way; a start that was refused has left an empty one of the steps. */
  async #occupied(before: TargetTables): Promise<string | undefined> {
    for (const { name } of this.#source.tables) {
      if (before.has(name) && (name !== 'migrations' || (await this.#target.hasRows(name)))) return name;
    }
    return undefined;
  }

  /** What was moved before is there, unless somebody has changed it since. */
  async #compareAll(there: TargetTables, occupied: string): Promise<MoveReport> {
    const tables = this.#source.tables.filter(({ name }) => there.has(name));
    if (occupied === 'migrations') {
      this.#total = tables.reduce((sum, table) => sum + this.#source.count(table), 0);
      const report = await this.#check(tables, there);
      if (typeof report !== 'string') return { ...report, wasThere: true };
    }
    const { file, postgres } = this.#order;
    throw new ConflictError(
      'database_not_empty',
      `The database ${postgresName(postgres)} is not empty (it has a table "${occupied}"): name an empty one with ` +
        `DATABASE_URL; or, if ${file} was moved there before, move that file away yourself.`,
    );
  }

  async #copy(table: SourceTable, columns: readonly TargetColumn[]): Promise<void> {
    let batch: Array<readonly Value[]> = [];
    let bytes = 0;
    const flush = async (): Promise<void> => {
      if (batch.length > 0) await this.#target.insert(table.name, columns, batch);
      this.#step('copying', batch.length);
      batch = [];
      bytes = 0;
    };
    for (const row of this.#source.rows(table)) {
      refuseNull(table, row);
      batch.push(row);
      bytes += row.reduce<number>((sum, value) => sum + sizeOf(value), 0);
      if (batch.length >= BATCH_ROWS || bytes >= BATCH_BYTES) await flush();
    }
    await flush();
    for (const { name } of columns.filter(({ numbered }) => numbered)) {
      await this.#target.countFrom(table.name, name, this.#source.highestGiven(table.name, name));
    }
  }

  /** The report, or the first table that differs. */
  async #check(tables: readonly SourceTable[], there: TargetTables): Promise<MoveReport | string> {
    this.#done = 0;
    const counts: Array<{ name: string; rows: number }> = [];
    for (const table of tables) {
      const columns = columnsOf(table, there);
      const rows = await this.#compare(table, columns);
      if (rows === undefined) return table.name;
      for (const { name } of columns.filter(({ numbered }) => numbered)) {
        const given = this.#source.highestGiven(table.name, name);
        if (given !== (await this.#target.highestGiven(table.name, name))) return table.name;
      }
      counts.push({ name: table.name, rows });
    }
    const foreign = this.#source.tables.map(({ name }) => name).filter((name) => !there.has(name));
    return { tables: counts, foreign, wasThere: false };
  }

  /** How many rows a table has, or undefined where the two differ. */
  async #compare(table: SourceTable, columns: readonly TargetColumn[]): Promise<number | undefined> {
    const [here, there] = [new RowDigest(), new RowDigest()];
    const rows = this.#source.rows(table);
    for await (const moved of this.#target.rows(table.name, columns)) {
      for (const row of moved) {
        there.add(row);
        const next = rows.next();
        if (!next.done) here.add(next.value.map(told));
      }
      this.#step('checking', moved.length);
    }
    for (const row of rows) here.add(row.map(told));
    return here.equals(there) ? here.count : undefined;
  }

  #step(phase: MoveProgress['phase'], rows: number): void {
    this.#done += rows;
    this.#order.onProgress({ phase, done: this.#done, total: this.#total });
    this.#order.signal.throwIfAborted();
  }
}

/** In the order of the file's. @throws ConfigError for one that the steps do not make */
function columnsOf({ name, columns }: SourceTable, there: TargetTables): TargetColumn[] {
  return columns.map((column) => {
    const found = there.get(name)?.get(column);
    if (found) return found;
    throw new ConfigError(
      `The table ${name} has a column "${column}" that is not Gridcast's; drop it and run it again.`,
    );
  });
}

/** @throws ConfigError for a text that Postgres cannot hold */
function refuseNull({ name, columns, key }: SourceTable, row: readonly Value[]): void {
  const at = row.findIndex((value) => typeof value === 'string' && value.includes('\0'));
  if (at < 0) return;
  const named = key.map((column) => `${column} ${JSON.stringify(told(row[columns.indexOf(column)] ?? null))}`);
  throw new ConfigError(
    `The column ${columns[at] ?? ''} of the row with ${named.join(', ')} in the table ${name} has a character U+0000, which ` +
      'Postgres cannot hold; nothing was changed: change that text in the file and run it again.',
  );
}

function sizeOf(value: Value): number {
  return typeof value === 'string' || value instanceof Uint8Array ? value.length : 8;
}
