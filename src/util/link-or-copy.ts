/** A second name for a file that nobody changes any more. */
import { constants } from 'node:fs';
import { copyFile, link, open } from 'node:fs/promises';

/** Where the filesystem, or its limits, do not let one file have two names. */
const NO_LINK = new Set(['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Costs no space where the filesystem can; else it is a copy, and on the disk. Rejects when `to` exists. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!NO_LINK.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    const copy = await open(to);
    try {
      await copy.sync();
    } finally {
      await copy.close();
    }
  }
}
