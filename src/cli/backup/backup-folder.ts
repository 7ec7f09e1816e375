/** Where a copy goes: a folder of its own, which no other backup writes to at the same time. */
import { mkdir, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { BadRequestError, ConflictError, isCode, messageOf } from '../../errors.ts';
import { BACKUP_FILE } from '../../server/backup-mark.ts';

const LOCK_FILE = 'backup.running';
const OWNER_ONLY = 0o700;

/** Held until `release`. */
export class BackupFolder {
  /** Absolute, without links. */
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * Makes the folder when it is missing.
   * @param isRunning whether a process lives
   * @throws BadRequestError `usage` for a folder that holds something else, or is the data folder, or one in the other;
   * ConflictError `backup_running` when another backup writes to it
   */
  static async take(folder: string, dataDir: string, isRunning: (pid: number) => boolean): Promise<BackupFolder> {
    const path = await made(folder);
    const data = await realpath(dataDir).catch((error: unknown) => {
      throw new BadRequestError(
        'usage',
        `There is no data folder ${dataDir} (${messageOf(error)}); set GRIDCAST_DATA.`,
      );
    });
    if (isIn(path, data) || isIn(data, path)) {
      throw new BadRequestError('usage', `${path} and the data folder ${data} must not be in one another.`);
    }
    const present = await readdir(path);
    if (present.length > 0 && !present.includes(BACKUP_FILE)) {
      throw new BadRequestError(
        'usage',
        `${path} is neither empty nor the copy of an earlier backup; name a folder of its own.`,
      );
    }
    await hold(path, isRunning);
    const held = new BackupFolder(path);
    // The first one may be interrupted, and goes on the next time.
    if (!present.includes(BACKUP_FILE)) await held.mark({ made: null, version: null });
    return held;
  }

  /** @param about when the copy became whole, and by which version; null as long as it never was */
  async mark(about: { readonly made: string | null; readonly version: string | null }): Promise<void> {
    await writeFile(join(this.path, BACKUP_FILE), `${JSON.stringify(about, null, 2)}\n`);
  }

  release(): Promise<void> {
    return rm(join(this.path, LOCK_FILE), { force: true });
  }
}

async function made(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: OWNER_ONLY });
    return await realpath(folder);
  } catch (error) {
    throw new BadRequestError('usage', `The folder ${folder} cannot be made (${messageOf(error)}).`, error);
  }
}

/** A lock of a process that has ended is taken over. */
async function hold(path: string, isRunning: (pid: number) => boolean): Promise<void> {
  const file = join(path, LOCK_FILE);
  const owner = Number(await readFile(file, 'utf8').catch(() => ''));
  if (owner > 0 && !isRunning(owner)) await rm(file, { force: true });
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (!isCode(error, 'EEXIST')) {
      throw new BadRequestError('usage', `The folder ${path} cannot be written (${messageOf(error)}).`, error);
    }
    throw new ConflictError(
      'backup_running',
      `Another backup writes to ${path} (process ${owner}); wait for it, or delete ${file} if there is none.`,
    );
  }
}

function isIn(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);
}
