/** The file of SQLite that is moved: nobody writes to it meanwhile, and it stays as it is. */
import type { DatabaseSync } from 'node:sqlite';
import { ConfigError, messageOf } from '../../errors.ts';
import { openFile } from '../sqlite-file.ts';
import { hashOf, type Told } from './row-digest.ts';

/** One value of a row; whole numbers are big ones, for they have eight bytes. */
export type Value = string | number | bigint | Uint8Array | null;

/** A table with the names of its columns in their order. */
export interface SourceTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** Those of `columns` that tell its rows apart. */
  readonly key: readonly string[];
}

/** Whoever opens it closes it. */
export class SqliteSource {
  readonly #database: DatabaseSync;
  /** Those that others refer to first. */
  readonly tables: readonly SourceTable[];
  /** Names of the steps that made it what it is. */
  readonly steps: ReadonlySet<string>;

  private constructor(database: DatabaseSync) {
    this.#database = database;
    this.tables = this.#tablesInOrder();
    if (!this.tables.some(({ name }) => name === 'migrations')) throw new Error('it is none of Gridcast’s');
    this.steps = new Set(this.#names('select name from migrations'));
  }

  /** @throws ConfigError when it cannot be used, is damaged, or is none of ours */
  static open(path: string): SqliteSource {
    const database = openFile(path);
    try {
      // Whoever does not look at our locks cannot write now, either.
      database.exec('begin immediate');
      return new SqliteSource(database);
    } catch (error) {
      database.close();
      const remedy = 'name the right file, and end whoever else uses it';
      throw new ConfigError(`The database ${path} cannot be moved (${messageOf(error)}); ${remedy}.`, error);
    }
  }

  count({ name }: SourceTable): number {
    return Number(this.#database.prepare(`select count(*) as n from ${quoted(name)}`).get()?.['n']);
  }

  /** One after the other: there is never more than one in memory. */
  *rows({ name, columns }: SourceTable): IterableIterator<readonly Value[]> {
    const statement = this.#database.prepare(`select ${columns.map(quoted).join(', ')} from ${quoted(name)}`);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    yield* statement.iterate() as Iterable<unknown> as Iterable<readonly Value[]>;
  }

  /** The highest number that the column has given, also to rows that are gone; 0 before the first. */
  highestGiven(table: string, column: string): number {
    const held = this.#number(`select max(${quoted(column)}) as n from ${quoted(table)}`);
    const counted = this.#names("select name from sqlite_schema where name = 'sqlite_sequence'").length > 0;
    const given = counted ? this.#number('select seq as n from sqlite_sequence where name = ?', table) : 0;
    return Math.max(held, given);
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #tablesInOrder(): SourceTable[] {
    const seen = new Set<string>();
    const tables: SourceTable[] = [];
    const take = (name: string): void => {
      if (seen.has(name)) return;
      seen.add(name);
      for (const other of this.#names('select "table" as name from pragma_foreign_key_list(?)', name)) take(other);
      const key = this.#names('select name from pragma_table_info(?) where pk > 0 order by pk', name);
      tables.push({ name, columns: this.#names('select name from pragma_table_info(?)', name), key });
    };
    const all = "select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\'";
    // First of all the steps: two databases that were not made the same differ there at once.
    for (const name of this.#names(`${all} order by name <> 'migrations', rowid`)) take(name);
    return tables;
  }

  #names(query: string, ...values: readonly string[]): string[] {
    const rows = this.#database.prepare(query).all(...values);
    return rows.map(({ name }) => String(name));
  }

  #number(query: string, ...values: readonly string[]): number {
    return Number(this.#database.prepare(query).get(...values)?.['n'] ?? 0);
  }
}

/** For comparing. */
export function told(value: Value): Told {
  if (value === null) return null;
  return value instanceof Uint8Array ? hashOf(value) : String(value);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
