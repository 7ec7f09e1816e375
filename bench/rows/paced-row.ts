/** Rows of independent processes that pace themselves. */
import { systemClock } from '../../src/util/clock.ts';
import { BenchChild } from '../measure/child.ts';
import type { Kind, RootProcess } from '../measure/processes.ts';
import type { Quality, RunningRow } from './row.ts';

/** One process of a row. */
export interface PacedProcess {
  readonly command: string;
  readonly args: readonly string[];
  readonly kind: Kind;
  /** Seconds of program so far, read from what it writes to its standard output; of one process of the row. */
  readonly position?: (text: string) => number | undefined;
}

/** Runs until it is stopped. */
export class PacedRow implements RunningRow {
  readonly roots: readonly RootProcess[];
  readonly #children: readonly BenchChild[];
  #position = 0;
  #positionMs = 0;
  #from = { position: 0, ms: 0 };

  constructor(processes: readonly PacedProcess[]) {
    this.#children = processes.map(({ command, args, position }) => {
      if (!position) return new BenchChild({ command, args });
      const onOutput = (text: string): void => {
        const seconds = position(text);
        if (seconds === undefined) return;
        this.#position = seconds;
        this.#positionMs = systemClock.monotonicMs();
      };
      return new BenchChild({ command, args, onOutput });
    });
    this.roots = this.#children.map(({ pid }, index) => ({ pid, kind: processes[index]?.kind ?? 'other' }));
  }

  begin(): Promise<void> {
    this.#from = { position: this.#position, ms: this.#positionMs };
    return Promise.resolve();
  }

  end(): Promise<Quality> {
    for (const child of this.#children) child.check();
    const seconds = (this.#positionMs - this.#from.ms) / 1000;
    return Promise.resolve(seconds > 0 ? { speed: (this.#position - this.#from.position) / seconds } : {});
  }

  async stop(): Promise<void> {
    await Promise.all(this.#children.map((child) => child.stop()));
  }
}

/** Position that FFmpeg's `-progress pipe:1` tells. */
export function ffmpegPosition(text: string): number | undefined {
  const match = [...text.matchAll(/^out_time_us=(\d+)/gm)].at(-1);
  return match ? Number(match[1]) / 1e6 : undefined;
}
