/** The database on a server that gets the rows: all of it inside one transaction. */
import { type RawBuilder, sql, type Transaction } from 'kysely';
import { createMigrationTable, type Migration } from '../migrations.ts';
import { highestOfPostgres } from '../postgres.ts';
import { PostgresDefinitions } from '../postgres-definitions.ts';
import type { Told } from './row-digest.ts';
import type { Value } from './sqlite-source.ts';

/** A column, as the server has it. */
export interface TargetColumn {
  readonly name: string;
  /** As the standard names it, for example `double precision`. */
  readonly type: string;
  /** Whether it numbers its rows by itself. */
  readonly numbered: boolean;
}

/** By the names of tables and columns. */
export type TargetTables = ReadonlyMap<string, ReadonlyMap<string, TargetColumn>>;

/** So many rows are read at a time. */
const FETCHED = 200;

/** Lives as long as its transaction. */
export class PostgresTarget {
  readonly #transaction: Transaction<unknown>;

  constructor(transaction: Transaction<unknown>) {
    this.#transaction = transaction;
  }

  /** What there is in the schema in which tables are made. */
  async tables(): Promise<TargetTables> {
    const { rows } = await sql<{ table: string; name: string; type: string; numbered: boolean }>`
      select table_name::text as "table", column_name::text as name, data_type::text as type, is_identity = 'YES' as numbered
      from information_schema.columns where table_schema = current_schema() order by table_name, ordinal_position
    `.execute(this.#transaction);
    const tables = new Map<string, Map<string, TargetColumn>>();
    for (const { table, ...column } of rows) {
      const columns = tables.get(table) ?? new Map<string, TargetColumn>();
      tables.set(table, columns.set(column.name, column));
    }
    return tables;
  }

  async hasRows(table: string): Promise<boolean> {
    const { rows } = await sql`select 1 from ${sql.id(table)} limit 1`.execute(this.#transaction);
    return rows.length > 0;
  }

  /** Makes the tables as these steps do; which steps they were is among the rows. */
  async build(steps: readonly Migration[]): Promise<void> {
    const defining = this.#transaction.withPlugin(new PostgresDefinitions());
    await createMigrationTable(defining);
    for (const step of steps) await step.up(defining);
  }

  /** Values stand in the order of `columns`. */
  async insert(table: string, columns: readonly TargetColumn[], rows: ReadonlyArray<readonly Value[]>): Promise<void> {
    // A list for each column: a parameter for each value would be too many of them.
    const lists = columns.map(({ type }, at) => sql`${rows.map((row) => row[at])}::${sql.raw(type)}[]`);
    const names = sql.join(columns.map(({ name }) => sql.id(name)));
    await sql`insert into ${sql.id(table)} (${names}) select * from unnest(${sql.join(lists)})`.execute(
      this.#transaction,
    );
  }

  /** Rows in no order, some at a time, for comparing. */
  async *rows(table: string, columns: readonly TargetColumn[]): AsyncIterableIterator<ReadonlyArray<readonly Told[]>> {
    const wanted = sql.join(columns.map(toldBy));
    await sql`declare moved no scroll cursor for select ${wanted} from ${sql.id(table)}`.execute(this.#transaction);
    for (;;) {
      const fetch = sql<Record<string, string | number | null>>`fetch forward ${sql.lit(FETCHED)} from moved`;
      const { rows } = await fetch.execute(this.#transaction);
      if (rows.length === 0) break;
      yield rows.map((row) => columns.map(({ name }) => textOf(row[name] ?? null)));
    }
    await sql`close moved`.execute(this.#transaction);
  }

  /** The next row gets a higher number than this one. @param number 0: none has been given */
  async countFrom(table: string, column: string, number: number): Promise<void> {
    if (number === 0) return;
    await sql`select setval(pg_get_serial_sequence(${table}, ${column}), ${number})`.execute(this.#transaction);
  }

  /** The highest number that was given. */
  highestGiven(table: string, column: string): Promise<number> {
    return highestOfPostgres(this.#transaction, table, column);
  }
}

/** Numbers of eight bytes whole, pictures by their hashes: they may be large. */
function toldBy({ name, type }: TargetColumn): RawBuilder<unknown> {
  const column = sql.id(name);
  if (type === 'bigint') return sql`${column}::text as ${column}`;
  if (type === 'bytea') return sql`encode(sha256(${column}), 'hex') as ${column}`;
  return sql`${column}`;
}

function textOf(value: string | number | null): Told {
  return value === null ? null : String(value);
}
