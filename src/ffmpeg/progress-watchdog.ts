/** Notices an FFmpeg that runs but does no work. */
import type { Clock, Disposer } from '../util/clock.ts';
import { outwait } from '../util/patience.ts';
import { LineSplitter } from './line-splitter.ts';

/** Options of a watch. */
export interface ProgressWatchdogOptions {
  readonly clock: Clock;
  /** Milliseconds in which it could have worked. */
  readonly timeoutMs: number;
  /** Whether it would go on if only the machine let it; default: nobody can tell. */
  readonly isHeldUp?: () => boolean;
  readonly onHung: () => void;
}

/** One that only lacks a processor is waited for so many times as long: it may as well spin. */
const HELD_UP_TIMES = 3;
/** Progress is told twice a second: whoever told some so recently is not asked about, as looking has its price. */
const RECENT_MS = 750;

/**
 * Reads what `-progress` prints; calls `onHung` once, when neither frames nor output time have grown for `timeoutMs`. Time in
 * which it was held up is not held against it, up to a bound; nor is any in which this process stood still itself.
 */
export class ProgressWatchdog {
  readonly #splitter = new LineSplitter((line) => this.#read(line));
  readonly #options: ProgressWatchdogOptions;
  readonly #best = new Map<string, number>();
  #stop: Disposer = () => {};
  #closed = false;

  constructor(options: ProgressWatchdogOptions) {
    this.#options = options;
    this.#wait();
  }

  push(chunk: Uint8Array): void {
    this.#splitter.push(chunk);
  }

  /** Ends the watch; repeated calls do nothing. */
  close(): void {
    this.#closed = true;
    this.#stop();
  }

  #read(line: string): void {
    const [key, text] = line.split('=', 2);
    if (key !== 'frame' && key !== 'out_time_us') return;
    const value = Number(text);
    // The time is "N/A" until something was written.
    if (!(value > (this.#best.get(key) ?? 0))) return;
    this.#best.set(key, value);
    if (!this.#closed) this.#wait();
  }

  #wait(): void {
    this.#stop();
    const { clock, timeoutMs, isHeldUp, onHung } = this.#options;
    const patience = { ms: timeoutMs, mostMs: HELD_UP_TIMES * timeoutMs };
    const fromMs = clock.monotonicMs();
    const isRecent = (): boolean => clock.monotonicMs() - fromMs < Math.min(RECENT_MS, timeoutMs / 2);
    const onOver = (): void => {
      this.close();
      onHung();
    };
    this.#stop = outwait(clock, patience, onOver, () => !isRecent() && (isHeldUp?.() ?? false));
  }
}
