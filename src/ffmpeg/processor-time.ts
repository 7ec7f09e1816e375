/** How much of a processor a child has used. */
import { readFileSync } from 'node:fs';

/** USER_HZ, which Linux shows to programs on every machine. */
const TICKS_PER_SECOND = 100;
/** Fields of proc(5), counted from behind the name. */
const USER = 14 - 3;
const SYSTEM = 15 - 3;

/** Milliseconds so far, user and system, in steps of ten; undefined on other systems than Linux, and once it is gone. */
export function processorMs(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name stands in parentheses and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return ((Number(fields[USER]) + Number(fields[SYSTEM])) * 1000) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}
