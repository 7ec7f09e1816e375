/** Deletes folders into which somebody may still be writing. */
import { rm } from 'node:fs/promises';

/** Between two tries, each of which waits so much longer than the one before it: together most of a second. */
const RETRY = { maxRetries: 8, retryDelay: 20 };

/**
 * Deletes a folder with all that is in it; does nothing when it is not there. What another process makes in it meanwhile, as an encoder
 * that is about to be ended, goes too. Rejects when that does not end soon.
 */
export function removeFolder(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, ...RETRY });
}
