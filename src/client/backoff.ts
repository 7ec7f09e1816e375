/** Trying again after a cut: later and later, and never all clients at once. */
import { GridcastError } from './gridcast-error.ts';
import { type Pause, timerPause } from './timer.ts';

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** Failures in a row of one thing that goes on for ever. */
export class Backoff {
  readonly #pause: Pause;
  #failures = 0;

  constructor(pause: Pause = timerPause) {
    this.#pause = pause;
  }

  /** Whether the last try failed. */
  get failed(): boolean {
    return this.#failures > 0;
  }

  /** It worked: the next failure is the first again. */
  worked(): void {
    this.#failures = 0;
  }

  /** Waits before another try. @throws `error` itself when another try would fail just so. */
  async after(error: unknown, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted || !(error instanceof GridcastError) || !error.temporary) throw error;
    const ms = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#failures) * (0.5 + Math.random() / 2);
    this.#failures += 1;
    await this.#pause(Math.max(ms, Math.min(LONGEST_MS, (error.retryAfter ?? 0) * 1000)), signal);
  }
}
