/** Processor time of a tree of processes, from /proc: what the kernel counted, children that ended included. */
import { readFileSync, readdirSync } from 'node:fs';

/** What a process is there for. */
export type Kind = 'feeder' | 'mixer' | 'decoders' | 'x264' | 'AAC' | 'FFmpeg' | 'GStreamer' | 'ended' | 'other';

/** Seconds. */
export interface CpuTime {
  readonly user: number;
  readonly system: number;
}

/** A process that a row started itself. */
export interface RootProcess {
  readonly pid: number;
  readonly kind: Kind;
}

/** The times of every process of a tree at one moment. */
export type TreeTimes = ReadonlyMap<string, { readonly kind: Kind; readonly own: CpuTime; readonly ended: CpuTime }>;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  /** Ticks of the kernel since it booted: tells two processes of one pid apart. */
  readonly started: string;
  readonly own: CpuTime;
  readonly ended: CpuTime;
}

/** USER_HZ, which Linux shows to programs on every machine. */
const TICKS = 100;

/** Every process of these trees. */
export function treeOf(roots: readonly RootProcess[]): readonly (RootProcess & { readonly command: string })[] {
  const stats = allStats();
  const kinds = new Map<number, Kind>(roots.map(({ pid, kind }) => [pid, kind]));
  const found: (RootProcess & { readonly command: string })[] = [];
  // Parents may have larger numbers than their children, once the kernel has begun again at the lowest.
  for (let before = -1; before !== kinds.size; ) {
    before = kinds.size;
    for (const { pid, parent } of stats) {
      const above = kinds.get(parent);
      if (above !== undefined && !kinds.has(pid)) kinds.set(pid, kindOf(commandOf(pid), above));
    }
  }
  for (const { pid } of stats) {
    const kind = kinds.get(pid);
    if (kind !== undefined) found.push({ pid, kind, command: commandOf(pid) });
  }
  return found;
}

/** What the processes of these trees have used so far. */
export function timesOf(roots: readonly RootProcess[]): TreeTimes {
  const tree = new Map(treeOf(roots).map(({ pid, kind }) => [pid, kind]));
  return new Map(
    allStats().flatMap(({ pid, started, own, ended }) => {
      const kind = tree.get(pid);
      return kind === undefined ? [] : [[`${pid} ${started}`, { kind, own, ended }] as const];
    }),
  );
}

/** What was used between two moments, by kind. Processes that ended in between are `ended`, in their parents' books. */
export function usedBetween(from: TreeTimes, to: TreeTimes): ReadonlyMap<Kind, CpuTime> {
  const used = new Map<Kind, { user: number; system: number }>();
  const add = (kind: Kind, time: CpuTime, sign: 1 | -1): void => {
    const sum = used.get(kind) ?? { user: 0, system: 0 };
    used.set(kind, { user: sum.user + sign * time.user, system: sum.system + sign * time.system });
  };
  for (const [key, { kind, own, ended }] of to) {
    add(kind, own, 1);
    add('ended', ended, 1);
    const before = from.get(key);
    if (before) {
      add(kind, before.own, -1);
      add('ended', before.ended, -1);
    }
  }
  // What a process had used before the window is part of what its parent now counts for it.
  for (const [key, { own, ended }] of from) {
    if (to.has(key)) continue;
    add('ended', own, -1);
    add('ended', ended, -1);
  }
  return used;
}

/** What one process has used so far, its threads included and its children not; zeros when it is gone. */
export function ownTimeOf(pid: number): CpuTime {
  return allStats().find((stat) => stat.pid === pid)?.own ?? { user: 0, system: 0 };
}

/** Proportional set size, kilobytes: pages that several processes share count for each with its share. */
export function pssOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function kindOf(command: string, above: Kind): Kind {
  if (command.includes('mixer-process') || command.includes('forker-process')) return 'mixer';
  if (command.includes('libx264')) return 'x264';
  if (command.includes('-c:a aac')) return 'AAC';
  if (command.includes('-c:v rawvideo')) return 'decoders';
  return above === 'mixer' || above === 'feeder' ? 'other' : above;
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ');
  } catch {
    return '';
  }
}

function allStats(): readonly Stat[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name stands in parentheses and may hold anything; behind it begins field 3 of proc(5).
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      const seconds = (field: number): number => Number(fields[field - 3]) / TICKS;
      return [
        {
          pid: Number(name),
          parent: Number(fields[1]),
          started: fields[22 - 3] ?? '',
          own: { user: seconds(14), system: seconds(15) },
          ended: { user: seconds(16), system: seconds(17) },
        },
      ];
    } catch {
      // It ended while we looked.
      return [];
    }
  });
}
