/** The most memory that processes ever held, from /proc. */
import { readFileSync } from 'node:fs';
import { treeOf } from './processes.ts';

/** Megabytes. */
export interface Peaks {
  /** The root's. */
  readonly own: number;
  /** The largest of its children, whichever that was. */
  readonly child: number;
}

/** Looks at a process and its children again and again; what a child held between two looks counts, too, but not what it held after the last. */
export class PeakWatch {
  readonly #pid: number;
  #own = 0;
  #child = 0;

  constructor(pid: number) {
    this.#pid = pid;
  }

  /** So far. */
  get peaks(): Peaks {
    return { own: this.#own, child: this.#child };
  }

  look(): void {
    for (const { pid } of treeOf([{ pid: this.#pid, kind: 'other' }])) {
      const megabytes = highWater(pid);
      if (pid === this.#pid) this.#own = Math.max(this.#own, megabytes);
      else this.#child = Math.max(this.#child, megabytes);
    }
  }
}

/** VmHWM: what the kernel saw at most. 0 when the process is gone. */
function highWater(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
