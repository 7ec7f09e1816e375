/** Where a command says how far it is: in one place of a terminal, or as lines of a log. */
import type { Clock, Disposer } from '../util/clock.ts';

/** Where it is written. */
export interface ProgressTarget {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A log file needs fewer lines. */
const LOG_MS = 10_000;

/** Calls `show` every `terminalMs` milliseconds on a terminal, and every ten seconds elsewhere. */
export function everyProgress(target: ProgressTarget, terminalMs: number, clock: Clock, show: () => void): Disposer {
  return clock.every(target.isTTY ? terminalMs : LOG_MS, show);
}

/** Writes over the line before on a terminal, and below it elsewhere. */
export function writeProgress(target: ProgressTarget, line: string): void {
  // \x1b[K clears what a longer line left behind.
  target.write(target.isTTY ? `\r${line}\x1b[K` : `${line}\n`);
}
