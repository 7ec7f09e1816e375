/** What tells a copy of a data folder from a data folder. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Written by `gridcast backup` into the copy, which writes over nothing that has it not. */
export const BACKUP_FILE = 'backup.json';

/** Once a server runs on a copy it is one no more, and no backup may write over what is new in it. */
export async function takeAsData(dataDir: string): Promise<void> {
  await rm(join(dataDir, BACKUP_FILE), { force: true });
}
