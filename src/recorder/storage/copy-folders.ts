/** Folders for copies of archives, which are in clear, and what killed processes left of them. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../util/clock.ts';
import { isRunning } from '../../util/is-running.ts';
import { removeFolder } from '../../util/remove-folder.ts';

const PREFIX = 'gridcast-archive-';

/** A new one of this process in `root`. */
export function makeCopyFolder(root: string): Promise<string> {
  return mkdtemp(join(root, `${PREFIX}${machine()}-${process.pid}-`));
}

/**
 * Deletes those of processes that are gone; in containers the one before had the same number. Never rejects: what is another user's
 * stays.
 */
export async function removeDeadCopies(root: string, clock: Clock): Promise<void> {
  const beganMs = clock.wallMs() - process.uptime() * 1000;
  const own = new RegExp(`^${PREFIX}${machine()}-(\\d+)-`);
  for (const name of await readdir(root).catch(() => [])) {
    const pid = Number(own.exec(name)?.[1]);
    if (Number.isNaN(pid)) continue;
    const folder = join(root, name);
    const lives = pid === process.pid ? await isNewer(folder, beganMs) : isRunning(pid);
    if (!lives) await removeFolder(folder).catch(() => {});
  }
}

/** Processes of other containers have numbers of their own, and may share the folder. */
function machine(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

function isNewer(folder: string, thanMs: number): Promise<boolean> {
  return stat(folder).then(
    ({ mtimeMs }) => mtimeMs >= thanMs,
    () => false,
  );
}
