/** A copy of a database that others are writing. */
import { rm, writeFile } from 'node:fs/promises';
import { backup, DatabaseSync } from 'node:sqlite';
import { UnavailableError, messageOf } from '../errors.ts';

// All in one step: a commit of somebody else between two steps begins the copy anew, on a busy server for ever. Writers do not wait
// for it, for the database has a write-ahead log.
const ALL_PAGES = 2 ** 31 - 1;

const OWNER_ONLY = 0o600;

/**
 * Writes all that is committed in `from` at one moment to the new file `to`; whoever writes meanwhile is neither stopped nor mixed in.
 * @throws UnavailableError `backup_failed` when either cannot be used; nothing is left at `to` then
 */
export async function snapshotDatabase(from: string, to: string): Promise<void> {
  let source: DatabaseSync | undefined;
  try {
    await rm(to, { force: true });
    source = new DatabaseSync(from, { readOnly: true, timeout: 5000 });
    // Secrets are in it, and the folder may be one that others read.
    await writeFile(to, '', { mode: OWNER_ONLY });
    await backup(source, to, { rate: ALL_PAGES });
    check(to);
  } catch (error) {
    await rm(to, { force: true });
    const message = `The database ${from} cannot be copied to ${to} (${messageOf(error)}).`;
    throw new UnavailableError('backup_failed', message, error);
  } finally {
    source?.close();
  }
}

function check(path: string): void {
  const copy = new DatabaseSync(path);
  try {
    // One file that stands for itself, without the log of a database that is open.
    copy.exec('pragma journal_mode = delete;');
    const verdict = copy.prepare('pragma integrity_check(1)').get()?.['integrity_check'];
    if (verdict !== 'ok') throw new Error(String(verdict));
  } finally {
    copy.close();
  }
}
