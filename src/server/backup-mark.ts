/** The mark that distinguishes a backup from a data folder in use. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Written by `gridcast backup` into the copy, which writes over nothing that has it not. */
export const BACKUP_FILE = 'backup.json';

/** Removes the mark when a server starts on a backup: it is a data folder now, which no later backup may overwrite. */
export async function takeAsData(dataDir: string): Promise<void> {
  await rm(join(dataDir, BACKUP_FILE), { force: true });
}
