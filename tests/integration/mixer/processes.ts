/** Looking at processes from outside: who runs, and who started whom. */
import { readFileSync, readdirSync } from 'node:fs';
import { expect, vi } from 'vitest';
import { type FfmpegProcess, type SpawnFfmpeg, createSpawner } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { isHeldUp } from '../../../src/ffmpeg/processor-time.ts';

/** A running process. */
export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** `T`: stopped. */
  readonly state: string;
  readonly command: string;
}

/** Every process that descends from this one, without those that are dead and only not yet collected. */
export function descendantsOf(pid: number): RunningProcess[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [...look(Number(name))] : []));
  const found: RunningProcess[] = [];
  const parents = new Set([pid]);
  for (let before = -1; before !== parents.size; ) {
    before = parents.size;
    for (const process of all) if (parents.has(process.parent)) parents.add(process.pid);
  }
  for (const process of all) if (process.pid !== pid && parents.has(process.pid)) found.push(process);
  return found;
}

/** Whether the process is there and not dead. */
export function isAlive(pid: number): boolean {
  return look(pid).length > 0;
}

/** Stops it. Resolves when it stands still: until then it may look like one that waits for a processor. */
export async function halt(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  await vi.waitFor(() => expect(look(pid).map(({ state }) => state)).toEqual(['T']), { timeout: 9000, interval: 5 });
  await vi.waitFor(() => expect(isHeldUp(pid)).toBe(false), { timeout: 9000, interval: 5 });
}

/** Resolves when none of them is there any more. */
export async function allGone(pids: readonly number[]): Promise<void> {
  await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 30_000, interval: 20 });
}

/** Remembers every FFmpeg it started, with little patience for those that do not want to end. */
export class TrackedSpawner {
  readonly started: Array<FfmpegProcess & { readonly args: readonly string[] }> = [];
  readonly spawn: SpawnFfmpeg;
  /** Sees each process at once, before it can have done anything. */
  onStart: (process: FfmpegProcess) => void = () => {};

  constructor(ffmpegPath: string) {
    const spawn = createSpawner(ffmpegPath);
    this.spawn = (args, options) => {
      const process = spawn(args, { graceMs: 100, ...options });
      this.started.push(Object.assign(process, { args }));
      this.onStart(process);
      return process;
    };
  }

  get pids(): number[] {
    return this.started.flatMap(({ pid }) => pid ?? []);
  }

  get alive(): number[] {
    return this.pids.filter(isAlive);
  }
}

function look(pid: number): RunningProcess[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in parentheses and may hold anything, spaces and parentheses too.
    const [state = '', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return [];
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ');
    return [{ pid, parent: Number(parent), state, command }];
  } catch {
    return [];
  }
}
