/** Which files of a finished archive are encrypted. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readManifest } from '../archive/archive-manifest.ts';
import { SHARED_PREFIX } from '../archive/shared-files.ts';
import { isSealed } from './sealed-file.ts';

/**
 * By how it begins. Whoever shares a file chooses that: one that begins as if it were encrypted is so only when it is not as long as it was
 * shared. @param folder of the archive
 */
export async function isSealedFile(folder: string, name: string): Promise<boolean> {
  const path = join(folder, name);
  if (!(await isSealed(path))) return false;
  if (!name.startsWith(SHARED_PREFIX)) return true;
  const shared = (await readManifest(folder))?.files.find((file) => file.name === name);
  return shared?.size !== (await stat(path)).size;
}
