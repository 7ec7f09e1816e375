/** How much of a processor a child has used, and whether it waits for one. */
import { readFileSync, readdirSync } from 'node:fs';

/** USER_HZ, which Linux shows to programs on every machine. */
const TICKS_PER_SECOND = 100;
/** Fields of proc(5), counted from behind the name. */
const STATE = 3 - 3;
const USER = 14 - 3;
const SYSTEM = 15 - 3;

/** Milliseconds so far, user and system, in steps of ten; undefined on other systems than Linux, and once it is gone. */
export function processorMs(pid: number): number | undefined {
  const fields = fieldsOf(`/proc/${pid}`);
  return fields && ((Number(fields[USER]) + Number(fields[SYSTEM])) * 1000) / TICKS_PER_SECOND;
}

/** Whether one of its threads would work if only it got a processor, or its pages from a disk; false where nobody can tell. */
export function isHeldUp(pid: number): boolean {
  const threads = `/proc/${pid}/task`;
  return namesIn(threads).some((thread) => {
    const state = fieldsOf(`${threads}/${thread}`)?.[STATE];
    return state === 'R' || state === 'D';
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function fieldsOf(folder: string): readonly string[] | undefined {
  try {
    const stat = readFileSync(`${folder}/stat`, 'latin1');
    // The name stands in parentheses and may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
