/** A database on a Postgres server. */
import { type Dialect, type Kysely, PostgresDialect, type PostgresPoolClient, sql } from 'kysely';
import {
  Client,
  type ClientBase,
  type ClientConfig,
  DatabaseError,
  Pool,
  type PoolClient,
  type PoolConfig,
  types,
} from 'pg';
import { postgresName } from '../config/database-url.ts';
import { AppError, ConfigError, UnavailableError, messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';

/** "grid": of a server for its database. The other half of the key is the schema, which may be one of several. */
const LOCK = 0x67_72_69_64;
/** A server that was ended hard a moment ago may still be held for alive. */
const LOCK_WAIT_MS = 5000;
/** Bounds for a server that does not answer: whoever waits is told. */
const CONNECT_TIMEOUT_MS = 10_000;
/** The server ends a statement before nobody waits for it any more, so that what is told to have failed has no effect later. */
const TIMES: StatementTimes = { serverMs: 25_000, answerMs: 30_000 };
/** How the driver calls an answer that did not come. */
const UNANSWERED = 'Query read timeout';
/** The server notices within a minute that nobody is at the other end, and lets go of the lock. */
const NOTICE_ABSENCE = 'set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3';
/** `lock_not_available`, https://www.postgresql.org/docs/current/errcodes-appendix.html */
const LOCK_NOT_AVAILABLE = '55P03';
/**
 * Codes that tell of the server, not of what it was asked: connections, what it lacks (but space on its disk, which has its own answer),
 * what its operator does, a statement that took too long, and that it only lets read.
 */
const SERVER_AWAY = /^(?:08|53(?!100)|57|25006)/;
/** int8 and numeric, which counts and sums are: texts otherwise. All of ours are below 2^53. */
const NUMBERS: ReadonlySet<number> = new Set([types.builtins.INT8, types.builtins.NUMERIC]);

/** How long a statement may take, milliseconds. */
export interface StatementTimes {
  /** On the server. */
  readonly serverMs: number;
  /** Until its answer is here. */
  readonly answerMs: number;
}

/** The pool waits for the promise; its types do not tell. */
type AloneConfig = PoolConfig & { readonly onConnect: (client: ClientBase) => Promise<void> };

/**
 * Connects, and makes sure that this server is the only one: whoever has the connection has the lock, also after it was lost and made
 * anew, so that no second server ever writes. There is one connection, as a file of SQLite has one writer: what a store does takes
 * effect in the order in which it was asked for.
 * @throws ConfigError when the server cannot be used, or another Gridcast uses the database
 */
export async function connectPostgres(url: string, log: Logger, times = TIMES): Promise<Dialect> {
  const name = postgresName(url);
  const options: AloneConfig = {
    ...connection(url),
    query_timeout: times.answerMs,
    max: 1,
    // It goes when it is closed, or lost.
    idleTimeoutMillis: 0,
    onConnect: async (client) => {
      await takeAlone(client, name);
      await client.query(`${NOTICE_ABSENCE}; set statement_timeout = ${times.serverMs}`);
    },
  };
  const pool = new Pool(options);
  pool.on('error', (error) => log.warn('the connection to the database was lost', { reason: error.message }));
  try {
    const { rows } = await pool.query<{ server_encoding: string }>('show server_encoding');
    if (rows[0]?.server_encoding !== 'UTF8') {
      throw new ConfigError(`The database ${name} is not in UTF8; make one with "create database … encoding 'UTF8'".`);
    }
    const connect = async () => lent(await pool.connect().catch(tellUnavailable));
    return new PostgresDialect({ pool: { options: pool.options, connect, end: () => pool.end() } });
  } catch (error) {
    await pool.end();
    throw error instanceof AppError ? error : unusable(name, error);
  }
}

/** What is told of a database without using it. */
export interface PostgresState {
  /** Version of the database's server, such as `15.14`. */
  readonly version: string;
  /** Whether a Gridcast has had it. */
  readonly used: boolean;
}

/** Looks at the database at an address; a Gridcast that uses it is not disturbed. @throws ConfigError */
export async function lookAtPostgres(url: string): Promise<PostgresState> {
  const client = new Client(connection(url));
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; makes: boolean | null; steps: boolean }>(
      `select current_setting('server_version') as version, has_schema_privilege(current_schema(), 'create') as makes,
        to_regclass('migrations') is not null as steps`,
    );
    if (rows[0]?.makes !== true) throw new Error('its user may not make tables');
    const { version, steps } = rows[0];
    const used = steps && (await client.query('select 1 from migrations limit 1')).rows.length > 0;
    return { version: version.split(' ')[0] ?? '', used };
  } catch (error) {
    throw unusable(postgresName(url), error);
  } finally {
    await client.end().catch(() => {});
  }
}

/** The highest number that an identity column has given; 0 before the first. */
export async function highestOfPostgres(db: Kysely<unknown>, table: string, column: string): Promise<number> {
  const given = await sql<{ highest: number }>`
    select coalesce(pg_sequence_last_value(pg_get_serial_sequence(${table}, ${column})::regclass), 0) as highest
  `.execute(db);
  return given.rows[0]?.highest ?? 0;
}

function connection(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'gridcast',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: TIMES.answerMs,
    keepAlive: true,
    types: {
      getTypeParser: (type, format) => (NUMBERS.has(type) ? Number : types.getTypeParser(type, format)),
    },
  };
}

async function takeAlone(client: ClientBase, name: string): Promise<void> {
  // The pool listens only while nobody has it; lost between two queries of a transaction, it would end the process. The next says so.
  client.on('error', () => {});
  try {
    await client.query(`set lock_timeout = ${LOCK_WAIT_MS}`);
    await client.query("select pg_advisory_lock($1, hashtext(coalesce(current_schema(), '')))", [LOCK]);
    await client.query('set lock_timeout = 0');
  } catch (error) {
    if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
    throw new ConfigError(
      `Gridcast runs on the database ${name} already; stop that one, or give this one another with DATABASE_URL.`,
      error,
    );
  }
}

/**
 * A connection on which an answer did not come is given up, for what was asked may still take effect: behind the beginning of a
 * transaction that nobody knows of, everything that follows would be taken, and kept by nobody.
 */
function lent(client: PoolClient): PostgresPoolClient {
  let inDoubt = false;
  const query = async (text: string, values: readonly unknown[]): Promise<unknown> => {
    if (inDoubt) tellUnavailable(new Error('An answer of the database did not come; its connection is given up'));
    try {
      return await client.query(text, [...values]);
    } catch (error) {
      inDoubt = messageOf(error) === UNANSWERED;
      if (isAway(error)) tellUnavailable(error);
      throw error;
    }
  };
  return {
    query: query as PostgresPoolClient['query'],
    release: (destroy) => client.release(inDoubt || destroy),
  };
}

/** What the server has not said itself, the driver says of the connection. */
function isAway(error: unknown): boolean {
  return !(error instanceof DatabaseError) || SERVER_AWAY.test(error.code ?? '');
}

function tellUnavailable(error: unknown): never {
  throw new UnavailableError('database_unavailable', 'The database does not answer; try again in a moment.', error);
}

/** Which parts of an address could not be reached is in the causes, one for each; the whole has no words then. */
function unusable(name: string, error: unknown): ConfigError {
  const causes: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  const reason = [...new Set(causes.map(messageOf))].join(', ');
  return new ConfigError(
    `The database ${name} cannot be used (${reason}); check that the server runs, and user, password and name in DATABASE_URL.`,
    error,
  );
}
