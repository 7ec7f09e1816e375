/**
 * When decoders are started: one after the other, the next once the one before has begun to work. A start costs a tenth of a
 * second of a processor, so twenty at once take everything away from the encoder of the program.
 */
import type { Clock, Disposer } from '../util/clock.ts';

/** From one start to the next at least: a frame of a usual program. */
const SPACING_MS = 33;
/** A start that has taken so long does not hold up the next any more: what was sent may never give a picture. */
const HOLD_MS = 250;
/** Whoever has waited so long comes before those who are more urgent. */
const PATIENCE_MS = 3000;

/** Starts something; `done` is to be called once it works, or is given up. */
export type Starter = (done: () => void) => void;

interface Request {
  readonly start: Starter;
  readonly urgent: boolean;
  readonly sinceMs: number;
}

/** One for a mixer. */
export class StartQueue {
  readonly #clock: Clock;
  /** Oldest first. */
  readonly #requests: Request[] = [];
  /** When the newest start may have a successor at the earliest, and at the latest. */
  #earliestMs = Number.NEGATIVE_INFINITY;
  #latestMs = Number.NEGATIVE_INFINITY;
  #timer: Disposer | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Calls `start` when its turn has come: at once if nothing else is being started. Urgent ones (a tile without a picture) come
   * first, the newest before the others; then those that can wait, the oldest first.
   * @returns takes the request back
   */
  request(urgent: boolean, start: Starter): Disposer {
    const request = { start, urgent, sinceMs: this.#clock.monotonicMs() };
    this.#requests.push(request);
    this.#next();
    return () => {
      const at = this.#requests.indexOf(request);
      if (at !== -1) this.#requests.splice(at, 1);
    };
  }

  /** Forgets everybody. */
  close(): void {
    this.#timer?.();
    this.#requests.length = 0;
  }

  #next(): void {
    this.#timer?.();
    this.#timer = undefined;
    const now = this.#clock.monotonicMs();
    if (now >= this.#latestMs) this.#start(now);
    if (this.#requests.length > 0) this.#timer = this.#clock.after(this.#latestMs - now, () => this.#next());
  }

  #start(nowMs: number): void {
    const request = this.#take(nowMs);
    if (!request) return;
    this.#earliestMs = nowMs + SPACING_MS;
    const latestMs = nowMs + HOLD_MS;
    this.#latestMs = latestMs;
    request.start(() => {
      // Of the newest start only, and once.
      if (this.#latestMs !== latestMs) return;
      this.#latestMs = this.#earliestMs;
      if (this.#timer) this.#next();
    });
  }

  #take(nowMs: number): Request | undefined {
    const [oldest] = this.#requests;
    if (!oldest) return undefined;
    const newest = this.#requests.findLast(({ urgent }) => urgent);
    const next = nowMs - oldest.sinceMs > PATIENCE_MS ? oldest : (newest ?? oldest);
    this.#requests.splice(this.#requests.indexOf(next), 1);
    return next;
  }
}
