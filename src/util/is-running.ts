/** Whether a process lives. */
import { isCode } from '../errors.ts';

/** Whether this machine has such a process, whoever's it is. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process lives, too.
    return isCode(error, 'EPERM');
  }
}
