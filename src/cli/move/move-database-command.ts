/** `gridcast move-database`: what a file of SQLite holds, to the Postgres server that takes its place. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { postgresName } from '../../config/database-url.ts';
import { loadConfig } from '../../config/load.ts';
import { type MoveProgress, type MoveReport, moveToPostgres } from '../../database/move/move-to-postgres.ts';
import { BadRequestError, ConfigError, messageOf, NotFoundError, UnavailableError } from '../../errors.ts';
import { DataLock } from '../../server/data-lock.ts';
import { databasePlace, usualFile } from '../../server/database-place.ts';
import { refuseOtherMachine } from '../../server/machine-mark.ts';
import { serverMigrations } from '../../server/server-migrations.ts';
import { type Clock, systemClock } from '../../util/clock.ts';
import { CloseStack } from '../../util/close-stack.ts';
import { INTERRUPTED } from '../files/room-option.ts';
import { onInterrupt } from '../interrupt.ts';
import { showMove } from './move-line.ts';
import { putAway } from './put-away.ts';

/** Printed by `gridcast move-database --help`. */
export const MOVE_DATABASE_HELP = `gridcast move-database [FILE] [options]

Moves rooms, accounts and lists from a file of SQLite to the empty database on a Postgres server that DATABASE_URL names:
all of them, or, if anything is in the way, none. Every row is read back and compared before it counts. Stop the server
first, and start it with the same DATABASE_URL afterwards.

  FILE     the file (default: gridcast.db in the data folder)
  --quiet  shows no progress

The file stays, as FILE.moved-DAY. Recordings and files are not in it, and stay in the data folder. There is no way back
but to start without DATABASE_URL, with that file under its old name, as it was then. Reads the same configuration file
and environment as "gridcast serve".

Exit codes: 0 moved, 1 not, 2 wrong use, 130 interrupted.
`;

const OPTIONS = { quiet: { type: 'boolean', default: false } } as const;

/** Where the command reports; all of it can be left out. */
export interface MoveDatabaseOutput {
  readonly print?: (text: string) => void;
  readonly clock?: Clock;
}

/** @returns the exit code. @throws AppError with one sentence */
export async function moveDatabaseCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { print = (text) => process.stdout.write(text), clock = systemClock }: MoveDatabaseOutput = {},
): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [named, ...rest] = positionals;
  if (rest.length > 0) throw new BadRequestError('usage', 'Name one file: gridcast move-database [FILE].');
  const config = loadConfig(env);
  const place = databasePlace(config);
  if (!('postgres' in place)) {
    throw new ConfigError(
      'DATABASE_URL names no Postgres server to move to; set it to postgres://USER:PASSWORD@HOST/NAME.',
    );
  }
  const file = named === undefined ? usualFile(config) : resolve(named);
  if (!existsSync(file)) {
    throw new NotFoundError(
      'database_not_found',
      `There is no database ${file}: nothing is to be moved, unless it lies elsewhere and you name it.`,
    );
  }
  const stack = new CloseStack();
  const interrupt = new AbortController();
  stack.defer(onInterrupt(() => interrupt.abort()));
  try {
    await takeAlone(file, stack);
    let progress: MoveProgress = { phase: 'copying', done: 0, total: 0 };
    const stopProgress = values.quiet ? () => {} : showMove(() => progress, process.stderr, clock);
    stack.defer(stopProgress);
    const { signal } = interrupt;
    const report = await moveToPostgres({
      file,
      postgres: place.postgres,
      migrations: serverMigrations,
      signal,
      onProgress: (now) => (progress = now),
    });
    stopProgress();
    const kept = await keep(file, place.postgres, clock);
    print(summary(report, place.postgres, kept));
    return 0;
  } catch (error) {
    if (error !== interrupt.signal.reason) throw error;
    await stack.close();
    process.stderr.write('Interrupted; nothing was changed.\n');
    return INTERRUPTED;
  } finally {
    await stack.close();
  }
}

/** A server holds the lock of its data folder and that of its database, one of older versions the first alone. */
async function takeAlone(file: string, stack: CloseStack): Promise<void> {
  await refuseOtherMachine({ dataDir: dirname(file), clock: systemClock });
  const folder = await DataLock.take(dirname(file));
  stack.defer(() => folder.close());
  const database = await DataLock.takeDatabase(file);
  stack.defer(() => database.close());
}

async function keep(file: string, postgres: string, clock: Clock): Promise<string> {
  try {
    return await putAway(file, clock.wallMs());
  } catch (error) {
    const state = `All of ${file} is in ${postgresName(postgres)} now, but the file cannot be renamed`;
    throw new UnavailableError('move_failed', `${state} (${messageOf(error)}); move it away yourself.`, error);
  }
}

function summary({ tables, foreign, wasThere }: MoveReport, postgres: string, kept: string): string {
  // Which steps made the tables is nobody's data.
  const filled = tables.filter(({ name, rows }) => rows > 0 && name !== 'migrations');
  const width = Math.max(...filled.map(({ name }) => name.length));
  const lines = filled.map(({ name, rows }) => `${name.padEnd(width)}  ${rows}\n`);
  const rows = filled.reduce((sum, table) => sum + table.rows, 0);
  const [name, compared] = [postgresName(postgres), "each compared with the file's"];
  const done = wasThere ? `They were there already: ${rows} rows in` : `Moved: ${rows} rows to`;
  const others = foreign.map((table) => `Not moved: the table ${table}, which is not Gridcast's.\n`);
  const next = `The file is kept as ${kept}. Start the server with the same DATABASE_URL.\n`;
  return `${lines.join('')}\n${done} ${name}, ${compared}.\n${others.join('')}${next}`;
}
