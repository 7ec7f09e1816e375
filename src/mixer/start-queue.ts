/**
 * When decoders are started: one after the other. Each costs the machine a tenth of a second of a processor, and the
 * thread that makes the pictures some milliseconds, so twenty at once would be seen by everybody.
 */
import type { Clock, Disposer } from '../util/clock.ts';

/** Between two starts: a frame of a usual program. */
const SPACING_MS = 33;
/** Whoever has waited so long comes before those who are more urgent. */
const PATIENCE_MS = 1000;

interface Request {
  readonly start: () => void;
  readonly urgent: boolean;
  readonly sinceMs: number;
}

/** One for a mixer. */
export class StartQueue {
  readonly #clock: Clock;
  /** Oldest first. */
  readonly #requests: Request[] = [];
  #startedMs = Number.NEGATIVE_INFINITY;
  #timer: Disposer | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Calls `start` when its turn has come, at once if nobody waits and nothing was started a moment ago. Urgent ones (a tile
   * without a picture) come first, the newest before the others; then those that can wait, the oldest first.
   * @returns takes the request back
   */
  request(urgent: boolean, start: () => void): Disposer {
    const request = { start, urgent, sinceMs: this.#clock.monotonicMs() };
    this.#requests.push(request);
    if (!this.#timer) this.#next();
    return () => {
      const at = this.#requests.indexOf(request);
      if (at !== -1) this.#requests.splice(at, 1);
    };
  }

  /** Forgets everybody. */
  close(): void {
    this.#timer?.();
    this.#timer = undefined;
    this.#requests.length = 0;
  }

  #next(): void {
    this.#timer = undefined;
    const now = this.#clock.monotonicMs();
    const waitMs = this.#startedMs + SPACING_MS - now;
    if (waitMs <= 0) this.#take(now)?.start();
    if (this.#requests.length > 0 && !this.#timer) {
      this.#timer = this.#clock.after(waitMs > 0 ? waitMs : SPACING_MS, () => this.#next());
    }
  }

  #take(nowMs: number): Request | undefined {
    const [oldest] = this.#requests;
    if (!oldest) return undefined;
    const newest = this.#requests.findLast(({ urgent }) => urgent);
    const next = nowMs - oldest.sinceMs > PATIENCE_MS ? oldest : (newest ?? oldest);
    this.#requests.splice(this.#requests.indexOf(next), 1);
    this.#startedMs = nowMs;
    return next;
  }
}
