/** `gridcast backup FOLDER`: a copy of everything that is kept, while the server runs. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../../config/load.ts';
import type { Config } from '../../config/schema.ts';
import {
  AppError,
  BadRequestError,
  isDiskFull,
  LimitError,
  messageOf,
  NotFoundError,
  UnavailableError,
} from '../../errors.ts';
import { inWords } from '../../files/file-limits.ts';
import { databasePlace } from '../../server/database-place.ts';
import { packageVersion } from '../../server/package-root.ts';
import { type Clock, systemClock } from '../../util/clock.ts';
import { isRunning } from '../../util/is-running.ts';
import { showTransfer } from '../files/transfer-line.ts';
import { BackupFolder } from './backup-folder.ts';
import { type BackupReport, makeBackup } from './make-backup.ts';

/** Printed by `gridcast backup --help`. */
export const BACKUP_HELP = `gridcast backup FOLDER [options]

Copies everything that is kept into FOLDER, while the server runs or not: the database as it is at one moment, the keys,
and recordings, sessions, clips, renders and shared files. Done again with the same folder, it copies only what is new or
has changed. What was deleted since stays in the copy unless you say --prune.

  --prune          deletes from the copy what the data folder does not have any more
  --without-media  copies the database and the keys only
  --quiet          shows no progress

To go back: stop the server, and start it with a copy of FOLDER as its data folder. A database on a Postgres server is copied
with its pg_dump, to gridcast.dump; bring that back with pg_restore. Reads the same configuration file and
environment as "gridcast serve".

Exit code: 0 when all of it is copied, 1 when not, 2 for wrong use.
`;

const OPTIONS = {
  prune: { type: 'boolean', default: false },
  'without-media': { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
} as const;

/** @returns the exit code. @throws AppError with one sentence */
export async function backupCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  print: (text: string) => void = (text) => process.stdout.write(text),
  clock: Clock = systemClock,
): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [target, ...rest] = positionals;
  if (target === undefined || rest.length > 0) {
    throw new BadRequestError('usage', 'Name one folder: gridcast backup FOLDER.');
  }
  const config = loadConfig(env);
  const database = databasePlace(config);
  if ('path' in database && !existsSync(database.path)) {
    throw new NotFoundError(
      'database_not_found',
      `There is no database ${database.path} yet: nothing is to be copied.`,
    );
  }
  const dataDir = resolve(config.server.data);
  const folder = await BackupFolder.take(resolve(target), dataDir, isRunning);
  try {
    const made = new Date(clock.wallMs()).toISOString();
    const report = await makeBackup({
      database,
      env,
      dataDir,
      to: folder.path,
      media: !values['without-media'],
      prune: values.prune,
      progress: (read) => (values.quiet ? () => {} : showTransfer(read, process.stderr, clock)),
    });
    await folder.mark({ made, version: packageVersion() });
    print(summary(report, made, values.prune));
    print([...notesOn(config), ...report.links.map((path) => `${path}, which is a link`)].map(asNote).join(''));
    print(`\nThe copy is in ${folder.path}.\n`);
    return 0;
  } catch (error) {
    throw error instanceof AppError ? error : unfinished(folder.path, error);
  } finally {
    await folder.release();
  }
}

function summary(
  { databaseBytes, copied, copiedBytes, present, pruned }: BackupReport,
  made: string,
  pruning: boolean,
): string {
  const lines = [
    `Database   ${inWords(databaseBytes)}, as it was at ${made}`,
    `Files      ${copied} copied (${inWords(copiedBytes)}), ${present} were there already`,
  ];
  if (pruning) lines.push(`           ${pruned} deleted from the copy, for they are gone`);
  return `${lines.join('\n')}\n`;
}

/** What a person has to look after by themselves. */
function notesOn({ recordings, storage }: Config): string[] {
  const notes: string[] = [];
  if (recordings.keyFile !== undefined) notes.push(`the key of the recordings' keys, ${recordings.keyFile}`);
  if (storage.kind === 's3') notes.push(`what is in the bucket ${storage.bucket ?? ''} alone`);
  return notes;
}

function asNote(text: string): string {
  return `Not in it  ${text}\n`;
}

function unfinished(folder: string, error: unknown): AppError {
  const again = 'Run it again afterwards: what is copied already stays.';
  if (isDiskFull(error))
    return new LimitError('disk_full', `The disk of ${folder} is full; make room there. ${again}`, 507);
  return new UnavailableError('backup_failed', `The copy is not whole (${messageOf(error)}). ${again}`, error);
}
