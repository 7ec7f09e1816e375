/** How much space a disk has left. */
import { statfs } from 'node:fs/promises';

/** Percent of the file system of `path` that may still be written, 0 to 100. @throws Error of the file system. */
export async function freePercent(path: string): Promise<number> {
  const { bavail, blocks } = await statfs(path);
  // Some file systems do not tell; they are not full as far as anybody knows.
  return blocks > 0 ? (bavail / blocks) * 100 : 100;
}
