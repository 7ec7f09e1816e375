/** One backup: what is copied, in which order. */
import { rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabasePlace } from '../../database/database.ts';
import { dumpPostgres } from '../../database/postgres-dump.ts';
import { snapshotDatabase } from '../../database/snapshot.ts';
import { LimitError } from '../../errors.ts';
import { inWords } from '../../files/file-limits.ts';
import { DATABASE_FILE } from '../../server/database-place.ts';
import type { Disposer } from '../../util/clock.ts';
import type { TransferProgress } from '../files/transfer-line.ts';
import { copyOne, isCopied, type KeptFile, listFiles, removeOne } from './copied-files.ts';

/** What cannot be made anew and is small. */
const KEYS = ['admin-token', 'secret', 'recording-key', 'recording-keys', 'tls'];
/** Redis is left out: its jobs are ordered again. */
const MEDIA = ['recordings', 'sessions', 'clips', 'renders', 'files'];

/** For `pg_restore`. */
const DUMP_FILE = 'gridcast.dump';

/** Paths are absolute. */
export interface BackupOrder {
  readonly database: DatabasePlace;
  /** For the programs that copy a database on a server. */
  readonly env: NodeJS.ProcessEnv;
  readonly dataDir: string;
  /** Where the copy goes. */
  readonly to: string;
  /** Whether recordings and files are copied, too. */
  readonly media: boolean;
  /** Whether the copy loses what the data folder has not any more. */
  readonly prune: boolean;
  /** Begins to show how far it is. */
  readonly progress: (read: () => TransferProgress) => Disposer;
}

/** What was done. */
export interface BackupReport {
  readonly databaseBytes: number;
  readonly copied: number;
  readonly copiedBytes: number;
  /** Files that were in the copy already. */
  readonly present: number;
  readonly pruned: number;
  /** Links below the data folder's own folders, which are not followed. */
  readonly links: readonly string[];
}

/**
 * The database comes first: what is recorded after it lies in the copy as files that nobody lists, while a list that is newer than
 * its files would promise what is not there.
 * @throws LimitError `disk_full` when it does not fit; UnavailableError `backup_failed`; errors of the file system
 */
export async function makeBackup({
  database,
  env,
  dataDir,
  to,
  media,
  prune,
  progress,
}: BackupOrder): Promise<BackupReport> {
  const copy = join(to, 'path' in database ? DATABASE_FILE : DUMP_FILE);
  const draft = `${copy}.copying`;
  const names = media ? [...KEYS, ...MEDIA] : KEYS;
  try {
    if ('path' in database) await snapshotDatabase(database.path, draft);
    else await dumpPostgres(database.postgres, draft, env);
    const { files, links } = await listFiles(dataDir, names);
    const wanted: KeptFile[] = [];
    for (const file of files) if (!(await isCopied(dataDir, to, file))) wanted.push(file);
    await checkSpace(dataDir, to, sumOf(wanted));
    const copied = await copyAll(dataDir, to, wanted, progress);
    // Last, so that an interrupted backup leaves the list of the one before beside its files.
    await rename(draft, copy);
    const pruned = prune ? await removeOthers(to, names, files) : 0;
    const { size } = await stat(copy);
    const present = files.length - wanted.length;
    return { databaseBytes: size, copied: copied.length, copiedBytes: sumOf(copied), present, pruned, links };
  } finally {
    await rm(draft, { force: true });
  }
}

/** Gives those that were still there when their turn came. */
async function copyAll(
  from: string,
  to: string,
  files: readonly KeptFile[],
  progress: BackupOrder['progress'],
): Promise<KeptFile[]> {
  const total = sumOf(files);
  const copied: KeptFile[] = [];
  let done = 0;
  const stopProgress = progress(() => ({ done, total }));
  try {
    for (const file of files) {
      if (await copyOne(from, to, file)) copied.push(file);
      done += file.bytes;
    }
  } finally {
    stopProgress();
  }
  return copied;
}

/** Deletes what the copy has and `kept` has not; gives how many. */
async function removeOthers(root: string, names: readonly string[], kept: readonly KeptFile[]): Promise<number> {
  const wanted = new Set(kept.map(({ path }) => path));
  const { files } = await listFiles(root, names);
  const gone = files.filter(({ path }) => !wanted.has(path));
  for (const file of gone) await removeOne(root, file);
  return gone.length;
}

/** Two folders of one disk may share blocks, so only other disks are asked. */
async function checkSpace(from: string, to: string, needed: number): Promise<void> {
  const [here, there] = await Promise.all([stat(from), stat(to)]);
  if (here.dev === there.dev) return;
  const { bavail, bsize } = await statfs(to);
  const free = bavail * bsize;
  if (needed <= free) return;
  const message = `The copy needs ${inWords(needed)} more, and the disk of ${to} has ${inWords(free)} left`;
  throw new LimitError('disk_full', `${message}; make room there, or name another folder.`, 507);
}

function sumOf(files: readonly KeptFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
