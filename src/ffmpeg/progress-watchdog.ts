/** Notices an FFmpeg that runs but does no work. */
import type { Clock, Disposer } from '../util/clock.ts';
import { LineSplitter } from './line-splitter.ts';

/** Checks per time-out: a hang is noticed at most a quarter late. */
const CHECKS_PER_TIMEOUT = 4;

/**
 * Reads what `-progress` prints; calls `onHung` once, when neither frames nor output time have grown for `timeoutMs`. Time in
 * which this process stood still itself (a machine that is paused, or has no time for it) says nothing about another one.
 */
export class ProgressWatchdog {
  readonly #splitter = new LineSplitter((line) => this.#read(line));
  readonly #clock: Clock;
  readonly #best = new Map<string, number>();
  readonly #stopChecks: Disposer;
  #grownAtMs: number;

  constructor(options: { readonly clock: Clock; readonly timeoutMs: number; readonly onHung: () => void }) {
    const { clock, timeoutMs, onHung } = options;
    this.#clock = clock;
    this.#grownAtMs = clock.monotonicMs();
    const periodMs = timeoutMs / CHECKS_PER_TIMEOUT;
    let lookedAtMs = this.#grownAtMs;
    this.#stopChecks = clock.every(periodMs, () => {
      const now = clock.monotonicMs();
      this.#grownAtMs += Math.max(0, now - lookedAtMs - periodMs);
      lookedAtMs = now;
      if (now - this.#grownAtMs < timeoutMs) return;
      this.close();
      onHung();
    });
  }

  push(chunk: Uint8Array): void {
    this.#splitter.push(chunk);
  }

  /** Ends the watch; repeated calls do nothing. */
  close(): void {
    this.#stopChecks();
  }

  #read(line: string): void {
    const [key, text] = line.split('=', 2);
    if (key !== 'frame' && key !== 'out_time_us') return;
    const value = Number(text);
    // The time is "N/A" until something was written.
    if (!(value > (this.#best.get(key) ?? 0))) return;
    this.#best.set(key, value);
    this.#grownAtMs = this.#clock.monotonicMs();
  }
}
