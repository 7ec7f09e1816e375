/** Every process of one series of kills, whoever its parent is by now: told by its environment, or by the folder it works in. */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** Name of the variable that all of them inherit. */
export const TAG_VARIABLE = 'KILL_SERIES';

/** What a process is there for. */
export type Role = 'server' | 'mixer' | 'encoder' | 'worker' | 'redis' | 'other';

/** One of them. */
export interface TaggedProcess {
  readonly pid: number;
  readonly parent: number;
  readonly role: Role;
  readonly command: string;
}

/**
 * All that live; a zombie has no environment any more and holds nothing.
 * @param tag value of the variable, and a folder: Redis writes its title over its environment, but works in there
 */
export function taggedProcesses(tag: string): readonly TaggedProcess[] {
  const found = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const environment = readFileSync(`/proc/${name}/environ`, 'latin1').split('\0');
      const ours = environment.includes(`${TAG_VARIABLE}=${tag}`) || readlinkSync(`/proc/${name}/cwd`).startsWith(tag);
      if (!ours) return [];
      const args = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      // The name stands in parentheses and may hold anything; the parent is the second field behind it.
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      return [{ pid: Number(name), parent, role: roleOf(args), command: args.join(' ').trim() }];
    } catch {
      // It ended while we looked, or is not ours to look at.
      return [];
    }
  });
  const mixers = new Set(found.filter(({ role }) => role === 'mixer').map(({ pid }) => pid));
  // An archive encodes, too, for its pauses; the program's encoder belongs to a mixer.
  return found.map((one) => (one.role === 'encoder' && !mixers.has(one.parent) ? { ...one, role: 'other' } : one));
}

/** Those that do not descend from `root`: what a process left behind. */
export function orphansOf(tag: string, root: number | undefined): readonly TaggedProcess[] {
  const all = taggedProcesses(tag);
  const family = new Set(root === undefined ? [] : [root]);
  for (let before = -1; before !== family.size; ) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all.filter(({ pid }) => !family.has(pid));
}

function roleOf(args: readonly string[]): Role {
  if (args.some((arg) => arg.includes('mixer-process'))) return 'mixer';
  if (args.some((arg) => arg.includes('redis-server'))) return 'redis';
  if (args.includes('libx264')) return 'encoder';
  if (args.includes('worker')) return 'worker';
  return args.includes('serve') ? 'server' : 'other';
}
