/** The file of a database that lies elsewhere now. */
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { isCode } from '../../errors.ts';

/** What SQLite keeps beside a file that somebody else has open still. */
const COMPANIONS = ['-wal', '-shm'];

/**
 * Renames it to `FILE.moved-DAY`, beside those of other moves that day.
 * @returns its new path
 */
export async function putAway(file: string, wallMs: number): Promise<string> {
  const day = new Date(wallMs).toISOString().slice(0, 10);
  let to = `${file}.moved-${day}`;
  for (let more = 2; existsSync(to); more += 1) to = `${file}.moved-${day}-${more}`;
  await rename(file, to);
  for (const companion of COMPANIONS) {
    await rename(`${file}${companion}`, `${to}${companion}`).catch((error: unknown) => {
      if (!isCode(error, 'ENOENT')) throw error;
    });
  }
  return to;
}
